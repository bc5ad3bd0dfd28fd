"""The claims of accounts as matrices: their vectors, and what they speak of."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from variorum.compare.encoder import load_encoder
from variorum.compare.views import View
from variorum.lexicon import table, words
from variorum.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_Number = TypeVar("_Number", np.float32, np.bool_)
_STEM = 5  # letters by which two forms of one word count as the same


def stem(word: str) -> str:
    """The word's beginning: "shooting" and "shoots" agree in it; numbers stay whole."""
    return word if any(c.isdigit() for c in word) else word[:_STEM]


def _terms(view: View) -> Iterable[str]:
    empty = words("empty-words.txt")
    source = view.claim.terms or view.words
    return {stem(t) for t in source if t not in empty and any(c.isalnum() for c in t)}


def _names(view: View) -> Iterable[str]:
    empty = words("empty-words.txt")
    named = (e for e in view.entities if e.label not in ("DATE", "TIME", "CARDINAL", "ORDINAL"))
    return {w.lower() for e in named for w in e.name.split() if w.lower() not in empty}


def _numbers(view: View) -> Iterable[str]:
    bounds = {b for q in view.quantities for b in (q.min, q.max) if b is not None}
    return {f"{b:g}" for b in bounds}


def _times(view: View) -> Iterable[str]:
    return {t.value for t in view.times}


def _places(view: View) -> Iterable[str]:
    return {str(p.geonameid or p.name.lower()) for p in view.places}


def _bigrams(view: View) -> Iterable[str]:
    return {f"{a} {b}" for a, b in pairwise(view.words)}


def _fates(view: View) -> Iterable[str]:
    """What befell people, and whether their number is told: "77 died" and "60 were killed" meet."""
    fates = {told[0] for word in view.words if (told := table("fates.txt").get(word))}
    counted = any(q.unit is None for q in view.quantities)
    return fates | ({f"{fate} counted" for fate in fates} if counted else set())


def _roles(view: View) -> Iterable[str]:
    roles = (("v", view.predicate), ("a", view.agent), ("p", view.patient))
    return {f"{role}:{stem(word)}" for role, word in roles if word}


GROUPS: dict[str, Callable[[View], Iterable[str]]] = {
    "terms": _terms,
    "names": _names,
    "numbers": _numbers,
    "times": _times,
    "places": _places,
    "bigrams": _bigrams,
    "fates": _fates,
    "roles": _roles,
}


BY_SENTENCES = ("terms", "bigrams")
"""The groups of keys that `Side.near` looks at."""


@dataclass(frozen=True, slots=True)
class Side:
    """The claims of an account, or of several in a row, as matrices, a row a claim.

    `vectors` are those of the claims' own words, `context` those of their sentences. `keys` holds, for each
    group of keys, the rows' weights over the keys that some other account has too; `weight` is the sum over
    all keys. `held` says which of these keys an account has, [accounts, keys], and `near`, for the words,
    which of them each two sentences in a row have, [sentences, keys]. `sentence` is the number of each
    claim's sentence among these. `first` are the rows with which accounts begin, `first_sentence` the
    sentences.
    """

    vectors: Matrix
    context: Matrix
    keys: dict[str, Matrix]
    held: dict[str, NDArray[np.bool_]]
    weight: dict[str, Matrix]
    near: dict[str, NDArray[np.bool_]]
    sentence: NDArray[np.int_]
    place: Matrix
    length: Matrix
    attributed: Matrix
    negative: Matrix
    quoted: Matrix
    first: NDArray[np.int_]
    first_sentence: NDArray[np.int_]

    def __len__(self) -> int:
        return len(self.place)

    @property
    def sentences(self) -> int:
        """How many sentences there are, counted to each account's last that makes a claim."""
        return len(next(iter(self.near.values())))


def in_a_row(sides: Sequence[Side]) -> Side:
    """Several accounts as one side, for one another account is set against all of them at once."""
    if len(sides) == 1:
        return sides[0]
    claims = np.cumsum([0, *map(len, sides)])
    sentences = np.cumsum([0, *(s.sentences for s in sides)])
    return Side(
        vectors=np.concatenate([s.vectors for s in sides]),
        context=np.concatenate([s.context for s in sides]),
        keys=_joined([s.keys for s in sides]),
        held=_joined([s.held for s in sides]),
        weight=_joined([s.weight for s in sides]),
        near=_joined([s.near for s in sides]),
        sentence=np.concatenate([s.sentence + n for s, n in zip(sides, sentences[:-1], strict=True)]),
        place=np.concatenate([s.place for s in sides]),
        length=np.concatenate([s.length for s in sides]),
        attributed=np.concatenate([s.attributed for s in sides]),
        negative=np.concatenate([s.negative for s in sides]),
        quoted=np.concatenate([s.quoted for s in sides]),
        first=claims[:-1],
        first_sentence=sentences[:-1],
    )


def _joined(groups: Sequence[dict[str, NDArray[_Number]]]) -> dict[str, NDArray[_Number]]:
    return {name: np.concatenate([g[name] for g in groups]) for name in groups[0]}


def sides_of(accounts: Sequence[Sequence[View]]) -> tuple[Side, ...]:
    """The matrices of all accounts of one story; rare keys of the story weigh more than common ones."""
    found = {group: [[sorted(of(v)) for v in views] for views in accounts] for group, of in GROUPS.items()}
    keyed = {group: _keyed(per_account) for group, per_account in found.items()}
    vectors = _vectors(accounts)
    return tuple(
        _side(views, vectors[n], {g: keyed[g][n][0] for g in GROUPS}, {g: keyed[g][n][1] for g in GROUPS})
        for n, views in enumerate(accounts)
    )


def _vectors(accounts: Sequence[Sequence[View]]) -> list[Matrix]:
    """Each account's claims as vectors, read within their sentences; what accounts share is encoded once."""
    parts: defaultdict[str, dict[Span, int]] = defaultdict(dict)
    for view in chain.from_iterable(accounts):
        held = parts[view.quote_of(view.around)]
        held.setdefault(_in_sentence(view), len(held))
    first = dict(zip(parts, accumulate(map(len, parts.values()), initial=0), strict=False))
    vectors = load_encoder().encode_parts(list(parts), [list(held) for held in parts.values()])

    def row(view: View) -> int:
        sentence = view.quote_of(view.around)
        return first[sentence] + parts[sentence][_in_sentence(view)]

    return [vectors[[row(v) for v in views]] for views in accounts]


def _in_sentence(view: View) -> Span:
    """Where a claim is in its sentence."""
    start = view.around.start
    return Span(view.ref.span.start - start, view.ref.span.end - start)


def _keyed(accounts: Sequence[Sequence[Sequence[str]]]) -> list[tuple[Matrix, Matrix]]:
    rows = sum(map(len, accounts))
    seen = Counter(k for views in accounts for keys in views for k in keys)
    spread = Counter(k for views in accounts for k in {k for keys in views for k in keys})
    column = {k: n for n, k in enumerate(sorted(k for k, n in spread.items() if n > 1))}
    rarity = {k: math.log((1 + rows) / (1 + n)) + 0.5 for k, n in seen.items()}
    matrices = []
    for views in accounts:
        weights = np.zeros((len(views), len(column)), np.float32)
        sums = np.zeros(len(views), np.float32)
        for row, keys in enumerate(views):
            for key in keys:
                sums[row] += rarity[key]
                if key in column:
                    weights[row, column[key]] = rarity[key]
        matrices.append((weights, sums))
    return matrices


def _side(views: Sequence[View], vectors: Matrix, keys: dict[str, Matrix], weight: dict[str, Matrix]) -> Side:
    sentence = _closed_up([v.sentence for v in views])
    return Side(
        vectors=vectors,
        context=_context(sentence, vectors),
        keys=keys,
        held={
            group: np.logical_or.reduce(matrix > 0, axis=0, keepdims=True) for group, matrix in keys.items()
        },
        weight=weight,
        near={group: _near(sentence, keys[group] > 0) for group in BY_SENTENCES},
        sentence=sentence,
        place=np.array([v.place_in_text for v in views], np.float32),
        length=np.array([math.log(1 + len(v.words)) for v in views], np.float32),
        attributed=np.array([v.attribution is not None for v in views], np.float32),
        negative=np.array([v.claim.polarity == "negative" for v in views], np.float32),
        quoted=np.array([bool(v.quotes) for v in views], np.float32),
        first=np.zeros(1, np.int_),
        first_sentence=np.zeros(1, np.int_),
    )


def _closed_up(numbers: Sequence[int]) -> NDArray[np.int_]:
    """The numbers of sentences in order, with one left out wherever sentences without a claim lie between.

    A page of headings has many, and what is kept by sentence would be as long.
    """
    held, at = np.unique(np.array(numbers, np.int_), return_inverse=True)
    closed: NDArray[np.int_] = np.cumsum(np.minimum(np.diff(held, prepend=held[:1]), 2))[at]
    return closed


def _near(sentence: NDArray[np.int_], held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    if not len(sentence):
        return held
    last = int(sentence.max())
    pairs = [held[(sentence == n) | (sentence == n + 1)].any(axis=0) for n in range(last + 1)]
    near: NDArray[np.bool_] = np.stack(pairs)
    return near


def _context(sentence: NDArray[np.int_], vectors: Matrix) -> Matrix:
    """For each claim the direction of all claims of its sentence together."""
    if not len(sentence):
        return vectors
    sums: Matrix = np.zeros((int(sentence.max()) + 1, vectors.shape[1]), np.float32)
    np.add.at(sums, sentence, vectors)
    whole: Matrix = sums[sentence]
    length: Matrix = np.linalg.norm(whole, axis=1, keepdims=True)
    length[length == 0] = 1
    unit: Matrix = whole / length
    return unit
