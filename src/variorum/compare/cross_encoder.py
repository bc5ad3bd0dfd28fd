"""A user's own cross-encoder: a model that reads two texts at once and says how one stands to the other.

Any model fitted for natural language inference and exported to ONNX will do, as public model hubs carry them:
a folder with `model.onnx` (or `onnx/model.onnx`), `tokenizer.json`, and `config.json` whose `id2label` names
entailment, neutral and contradiction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.compare.batches import of_equal_length
from variorum.errors import UsageError
from variorum.inference import open_session, open_tokenizer, without_surrogates
from variorum.model import Verdict
from variorum.threads import run_all

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

_LABELS = ("entailment", "neutral", "contradiction")
_LONGEST = 512  # tokens of both texts together, where the model's configuration allows no fewer
_BATCH = 16
_DIGITS = 4
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")

Pair = tuple[str, str]


class CrossEncoder:
    """Judges pairs of texts with a model of natural language inference.

    A judgement depends on its pair alone: the pairs of one batch have equal length, so nothing is padded, and
    each batch runs on one thread.

    Args:
        session: the model; it gives one row of logits a pair.
        tokenizer: the words that it reads.
        labels: what its logits mean, in their order: entailment, neutral, contradiction.
    """

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, labels: tuple[str, ...]) -> None:
        self._session, self._tokenizer = session, tokenizer
        self._inputs = [i.name for i in session.get_inputs()]
        self._order = [labels.index(label) for label in _LABELS]

    def verdicts(self, pairs: Sequence[Pair]) -> list[tuple[Verdict, float]]:
        """How the two texts of each pair stand to one another, with a probability, 0 to 1.

        Both directions are read. `agree` needs each text to follow from the other, `contradict` that each is
        the other's contradiction; the probability is that of the weaker direction. All else is `compatible`.
        """
        asked = list(dict.fromkeys(p for a, b in pairs for p in ((a, b), (b, a))))
        chances = dict(zip(asked, self._chances(asked), strict=True))
        return [_verdict(chances[a, b], chances[b, a]) for a, b in pairs]

    def _chances(self, pairs: Sequence[Pair]) -> list[tuple[float, ...]]:
        """The probabilities of entailment, neutral and contradiction of each pair, first text to second."""
        encodings = self._tokenizer.encode_batch([tuple(map(without_surrogates, pair)) for pair in pairs])
        batches = of_equal_length([len(e.ids) for e in encodings], _BATCH)
        found: list[tuple[float, ...]] = [()] * len(pairs)
        logits = run_all(self._logits, [[encodings[n] for n in batch] for batch in batches])
        for batch, rows in zip(batches, logits, strict=True):
            for n, row in zip(batch, _softmax(rows[:, self._order]), strict=True):
                found[n] = tuple(float(chance) for chance in row)
        return found

    def _logits(self, encodings: Sequence[Encoding]) -> NDArray[np.float32]:
        import numpy as np

        given = {
            "input_ids": [e.ids for e in encodings],
            "attention_mask": [e.attention_mask for e in encodings],
            "token_type_ids": [e.type_ids for e in encodings],
        }
        fed = {name: np.array(given[name], np.int64) for name in self._inputs}
        return np.asarray(self._session.run(None, fed)[0], np.float32)


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    import numpy as np

    raised = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _verdict(there: Sequence[float], back: Sequence[float]) -> tuple[Verdict, float]:
    weaker = [min(x, y) for x, y in zip(there, back, strict=True)]
    top = {max(range(3), key=direction.__getitem__) for direction in (there, back)}
    if top == {0}:
        return "agree", round(weaker[0], _DIGITS)
    if top == {2}:
        return "contradict", round(weaker[2], _DIGITS)
    return "compatible", round(1 - max(weaker[0], weaker[2]), _DIGITS)


def load(path: str | Path) -> CrossEncoder:
    """The cross-encoder of a folder.

    Args:
        path: a folder with `model.onnx` or `onnx/model.onnx`, `tokenizer.json` and `config.json`.

    Raises:
        UsageError: if a file is missing or damaged, or the model has other labels or inputs.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; give the one that holds the cross-encoder's model.onnx")
    model = next((m for m in (folder / "model.onnx", folder / "onnx" / "model.onnx") if m.is_file()), None)
    missing = [name for name in ("tokenizer.json", "config.json") if not (folder / name).is_file()]
    if model is None or missing:
        missing = [*(["model.onnx"] if model is None else []), *missing]
        raise UsageError(f"{folder}: the cross-encoder lacks {', '.join(missing)}")
    config = _json(folder / "config.json")
    labels = _labels(config, folder / "config.json")
    session = open_session(model)
    _check(session, labels, model)
    return CrossEncoder(session, _tokenizer(folder / "tokenizer.json", config), labels)


@lru_cache(maxsize=1)
def loaded(path: Path) -> CrossEncoder:
    """The cross-encoder of a folder as `load` gives it, read once a process."""
    return load(path)


def _json(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as e:
        raise UsageError(f"{path}: damaged: {e}") from e
    if not isinstance(found, dict):
        raise UsageError(f"{path}: damaged: no JSON object")
    return found


def _labels(config: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """What each logit means; labels are known by how they begin: "ENTAILMENT", "contradictory"."""
    given = config.get("id2label")
    names = [str(given.get(str(n), "")) for n in range(len(given))] if isinstance(given, dict) else []
    known = {label: [n for n in names if n.casefold().startswith(label[:9])] for label in _LABELS[1:]}
    known["entailment"] = [n for n in names if n.casefold().startswith("entail")]
    if len(names) != len(_LABELS) or any(len(found) != 1 for found in known.values()):
        told = ", ".join(names) or "none"
        raise UsageError(
            f"{path}: id2label must name entailment, neutral and contradiction, each once; it names {told}"
        )
    return tuple(next(label for label, found in known.items() if found == [name]) for name in names)


def _check(session: InferenceSession, labels: tuple[str, ...], model: Path) -> None:
    inputs = [i.name for i in session.get_inputs()]
    strange = [name for name in inputs if name not in _INPUTS]
    if strange or "input_ids" not in inputs:
        raise UsageError(f"{model}: its inputs are {', '.join(inputs)}; known are {', '.join(_INPUTS)}")
    shape = session.get_outputs()[0].shape
    if len(shape) != 2 or (isinstance(shape[1], int) and shape[1] != len(labels)):
        raise UsageError(
            f"{model}: its first output has the shape {shape}, not one of {len(labels)} logits a pair"
        )


def _tokenizer(path: Path, config: Mapping[str, Any]) -> Tokenizer:
    if not isinstance(_json(path).get("model"), dict):
        raise UsageError(f"{path}: damaged: it has no model")
    tokenizer = open_tokenizer(path)
    allowed = config.get("max_position_embeddings")
    # models of the RoBERTa family keep two positions to themselves
    longest = min(_LONGEST, allowed - 2) if isinstance(allowed, int) and allowed > 2 else _LONGEST
    tokenizer.enable_truncation(longest)
    tokenizer.no_padding()
    return tokenizer
