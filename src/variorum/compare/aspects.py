"""What the relation of two claims turns on, as a multinomial regression sees it (models/align.md).

It weighs what the comparators found and what the two claims speak of: annotators call "they fled through the
woods" / "they escaped on foot" an action, though a comparator has seen a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, get_args

import numpy as np

from variorum.compare.comparators import COMPARATORS, Finding
from variorum.compare.comparators.finding import closeness, content
from variorum.compare.views import View
from variorum.model import Aspect, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_SHORT = 10.0  # words: the scale of lengths


def traits(a: View, b: View, found: Sequence[Finding | None], vectors: tuple[Vector, Vector]) -> Vector:
    """What the aspect is chosen by, float32 [traits]; the same when the claims are swapped.

    Args:
        a: a claim.
        b: a claim of another account.
        found: what each comparator says of them, in the order of `COMPARATORS`.
        vectors: both claims' vectors, see `compare.encoder`.
    """
    said = np.zeros((2, len(COMPARATORS), len(_VERDICTS)), np.float32)
    for n, finding in enumerate(found):
        if finding is not None:
            said[:, n, _VERDICTS.index(finding.verdict)] = finding.weight, 1
    held = [
        (bool(x), bool(y))
        for x, y in (
            (a.quantities, b.quantities),
            (a.times, b.times),
            (a.places, b.places),
            (a.entities, b.entities),
            (a.quotes, b.quotes),
        )
    ]
    differ = (
        (a.attribution is None) != (b.attribution is None),
        (a.claim.certainty == "certain") != (b.claim.certainty == "certain"),
        a.claim.polarity != b.claim.polarity,
    )
    lengths = len(a.words), len(b.words)
    whole = (
        closeness(content(a.words), content(b.words)),
        float(vectors[0] @ vectors[1]),
        min(lengths) / _SHORT,
        abs(lengths[0] - lengths[1]) / _SHORT,
    )
    parts = (said.ravel(), [x and y for x, y in held], [x != y for x, y in held], differ, whole)
    return np.concatenate([*(np.asarray(p, np.float32) for p in parts), vectors[0] + vectors[1]])


def likeliest(values: Vector) -> Aspect:
    """The aspect that the traits speak for most."""
    weights, constant = _weights()
    return ASPECTS[int(np.argmax(weights @ values + constant))]


@cache
def _weights() -> tuple[NDArray[np.float32], Vector]:
    """Weights [aspects, traits] and constants [aspects]."""
    with as_file(files("variorum").joinpath("models", "aspects.npz")) as path, np.load(path) as stored:
        return stored["weights"], stored["constant"]
