"""What two claims have in common, as numbers: for all claims of two accounts at once."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from variorum.compare.encoder import load_encoder
from variorum.compare.views import View
from variorum.lexicon import table, words
from variorum.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_STEM = 5  # letters by which two forms of one word count as the same
_TINY = np.float32(1e-6)
_FEW = 3  # neighbours that say how crowded a claim's surroundings are


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
    """One account's claims as matrices, a row a claim.

    `vectors` are those of the claims' own words, `context` those of their sentences. `keys` holds, for each
    group of keys, the rows' weights over the keys that some other account has too; `held` says which of them
    any claim has; `weight` is the sum over all keys. `near` says, for the words, which of the keys each two
    sentences in a row have, [sentences, keys]. `sentence` is the number of each claim's sentence.
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
    sentence = np.array([v.sentence for v in views], np.int_)
    return Side(
        vectors=vectors,
        context=_context(sentence, vectors),
        keys=keys,
        held={group: np.logical_or.reduce(matrix > 0, axis=0) for group, matrix in keys.items()},
        weight=weight,
        near={group: _near(sentence, keys[group] > 0) for group in BY_SENTENCES},
        sentence=sentence,
        place=np.array([v.place_in_text for v in views], np.float32),
        length=np.array([math.log(1 + len(v.words)) for v in views], np.float32),
        attributed=np.array([v.attribution is not None for v in views], np.float32),
        negative=np.array([v.claim.polarity == "negative" for v in views], np.float32),
        quoted=np.array([bool(v.quotes) for v in views], np.float32),
    )


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


def features(a: Side, b: Side) -> Iterator[tuple[str, Matrix]]:
    """What each two claims have in common: names and values, float32 [claims of a, claims of b].

    One at a time, for all of them together would fill the memory where accounts are long. Swapping the sides
    transposes every one.
    """
    cosine, context = a.vectors @ b.vectors.T, a.context @ b.context.T
    yield from (("cosine", cosine), ("context", context))
    terms = np.zeros_like(cosine)
    for group in GROUPS:
        common = a.held[group] & b.held[group]
        shared: Matrix = np.sqrt(a.keys[group][:, common]) @ np.sqrt(b.keys[group][:, common]).T
        weight = a.weight[group][:, None] + b.weight[group][None, :]
        dice: Matrix = np.divide(2 * shared, np.maximum(weight, _TINY), dtype=np.float32)
        yield f"{group} dice", dice
        yield f"{group} shared", shared
        if group == "terms":
            terms = dice
    yield from _joint(cosine, context, terms)
    yield from _relative(cosine, context, terms)
    yield "place", np.abs(a.place[:, None] - b.place[None, :])
    yield "length ratio", np.abs(a.length[:, None] - b.length[None, :])
    yield "length least", np.minimum(a.length[:, None], b.length[None, :])
    yield "polarity differs", np.abs(a.negative[:, None] - b.negative[None, :])
    yield "both quoted", a.quoted[:, None] * b.quoted[None, :]


def _joint(cosine: Matrix, context: Matrix, terms: Matrix) -> Iterator[tuple[str, Matrix]]:
    """Likenesses that count for more where another one backs them."""
    yield "cosine by context", cosine * context
    yield "cosine by terms", cosine * terms
    for name, likeness in (("cosine", cosine), ("context", context)):
        yield f"{name} squared", likeness**2
        yield f"{name} to the fourth", likeness**4


def _relative(cosine: Matrix, context: Matrix, terms: Matrix) -> Iterator[tuple[str, Matrix]]:
    """How a pair stands among the other pairs of its two claims."""
    for name, likeness in (("cosine", cosine), ("context", context), ("terms", terms)):
        yield f"{name} local", 2 * likeness - _top_mean(likeness) - _top_mean(likeness.T).T
    for name, likeness in (("cosine", cosine), ("context", context)):
        row, column = _rank(likeness), _rank(likeness.T).T
        yield f"{name} rank most", np.maximum(row, column)
        yield f"{name} rank least", np.minimum(row, column)


def _top_mean(likeness: Matrix) -> Matrix:
    """The mean of each row's best few (cross-domain similarity local scaling, Conneau et al. 2018)."""
    mean: Matrix = top(likeness, _FEW).mean(axis=1, keepdims=True)
    return mean


def top(values: Matrix, count: int) -> Matrix:
    """Each row's greatest values, ascending, so that their sum has one order; of a shorter row all."""
    few = min(count, values.shape[1])
    greatest: Matrix = np.sort(np.partition(values, -few, axis=1)[:, -few:], axis=1)
    return greatest


def _rank(likeness: Matrix) -> Matrix:
    """One over the place of each pair in its row: 1 for the best, 1/2 for the next; equals share a place."""
    order = np.argsort(-likeness, axis=1)  # in whichever order equals come
    ranked = np.take_along_axis(likeness, order, axis=1)
    fresh = np.ones(likeness.shape, bool)
    fresh[:, 1:] = ranked[:, 1:] < ranked[:, :-1]
    place = np.maximum.accumulate(np.where(fresh, np.arange(likeness.shape[1]), 0), axis=1)
    rank = np.empty_like(likeness)
    np.put_along_axis(rank, order, (1 / (1 + place)).astype(np.float32), axis=1)
    return rank
