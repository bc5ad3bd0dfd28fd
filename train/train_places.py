"""Fit src/variorum/data/place_weights.json: which words name places, and which place they mean.

    python train/train_places.py DATA [CACHE]

DATA holds lgl.jsonl (Local-Global Lexicon, Lieberman et al. 2010) and geowebnews.jsonl (Gritta et al.
2019), a line an article with `text`, `outlet` and `toponyms` (`start`, `end`, `type`, `lat`, `lon`,
`geonameid`); CACHE keeps the parses. Tagging: ridge-penalised logistic regression by Newton's method, in
two rounds, the second with the held-out scores of the first. Resolution: a softmax over the readings of a
name, by Adam, in two rounds. Prints five-fold figures by article and those of training on one corpus for
the other; then fits on both and writes the weights.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from variorum.annotate.document import Document, load_pipeline, parse
from variorum.annotate.entities import find_entities
from variorum.annotate.gazetteer import DATA, gazetteer
from variorum.annotate.place_model import weights
from variorum.annotate.resolution import FEATURES, Board
from variorum.annotate.toponyms import Tagger, Toponym, find_toponyms
from variorum.model import Article, Entity

Array = NDArray[np.float64]
Named = list[tuple[str, float]]
CORPORA = ("lgl", "geowebnews")
FOLDS = 5
LEANING = 0.5
"""Added to the log odds of the second round: a missed place costs more than a doubtful one."""


@dataclass(slots=True)
class Item:
    """One article with what was found and what is right; `truth` is 1, 0 or, where nothing is known, -1."""

    fold: int
    gold: list[dict]
    known: list[tuple[int, int]]
    unknown: list[tuple[int, int]]
    document: Document
    entities: tuple[Entity, ...]
    tagger: Tagger
    truth: Array
    first: list[Named]
    second: list[Named] = field(default_factory=list)


def documents(folder: Path, name: str, cache: Path | None) -> Iterator[tuple[dict, Document]]:
    from spacy.tokens import DocBin

    rows = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").split("\n") if line]
    nlp = load_pipeline()
    kept = cache / f"{name}.spacy" if cache else None
    if kept is not None and kept.exists():
        docs = list(DocBin().from_disk(kept).get_docs(nlp.vocab))
    else:
        docs = list(nlp.pipe((r["text"] for r in rows), batch_size=24))
        if kept is not None:
            DocBin(docs=docs).to_disk(kept)
    for row, doc in zip(rows, docs, strict=True):
        article = Article(row["text"], id=row["id"], outlet=row["outlet"])
        yield row, parse(article, lambda _text, doc=doc: doc)  # the parse is made already


def overlaps(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])


def truth_of(c: Toponym, known: list[tuple[int, int]], unknown: list[tuple[int, int]]) -> int:
    span = (c.span.start, c.span.end)
    best = 0.0
    for k in known:
        if overlaps(span, k):
            best = max(
                best, (min(span[1], k[1]) - max(span[0], k[0])) / (max(span[1], k[1]) - min(span[0], k[0]))
            )
    if best >= 0.4:
        return 1
    return -1 if best or any(overlaps(span, u) for u in unknown) else 0


def items(folder: Path, name: str, cache: Path | None) -> list[Item]:
    found = []
    for number, (row, document) in enumerate(documents(folder, name, cache)):
        gold = row["toponyms"]
        # GeoWebNews also marks common nouns and places without coordinates, of which LGL says nothing
        sure = [t for t in gold if name == "lgl" or t["lat"] is not None]
        known = [(t["start"], t["end"]) for t in sure]
        unknown = [(t["start"], t["end"]) for t in gold if t not in sure and t["type"] != "Homonym"]
        entities = find_entities(document)
        tagger = Tagger(document, entities, gazetteer())
        candidates = tagger.candidates()
        truth = np.array([truth_of(c, known, unknown) for c in candidates], dtype=np.float64)
        first = [tagger.features(c) for c in candidates]
        found.append(Item(number % FOLDS, gold, known, unknown, document, entities, tagger, truth, first))
    return found


def matrix(rows: Sequence[Named], names: Sequence[str]) -> Array:
    at = {n: i for i, n in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    table[:, at["bias"]] = 1.0
    for i, row in enumerate(rows):
        for name, value in row:
            table[i, at[name]] += value
    return table


def logistic(x: Array, y: Array, ridge: float = 2.0) -> Array:
    b = np.zeros(x.shape[1])
    penalty = np.eye(x.shape[1]) * ridge
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty, x.T @ (p - y) + penalty @ b)
        b -= step
        if np.abs(step).max() < 1e-6:
            break
    return b


def tagging_round(corpora: dict[str, list[Item]], which: str) -> tuple[dict[str, float], dict[int, Array]]:
    """The fitted weights, and the held-out scores of each item's candidates by the item's id."""
    every = [i for c in corpora.values() for i in c]
    names = sorted({n for i in every for row in getattr(i, which) for n, _ in row} | {"bias"})
    tables = {id(i): matrix(getattr(i, which), names) for i in every}

    def fit(chosen: list[Item]) -> Array:
        x = np.vstack([tables[id(i)][i.truth >= 0] for i in chosen])
        return logistic(x, np.concatenate([i.truth[i.truth >= 0] for i in chosen]))

    held = {}
    for fold in range(FOLDS):
        b = fit([i for i in every if i.fold != fold])
        held |= {id(i): tables[id(i)] @ b for i in every if i.fold == fold}
    for name, other in zip(CORPORA, CORPORA[::-1], strict=True):
        b = fit(corpora[other])
        crossed = {id(i): tables[id(i)] @ b for i in corpora[name]}
        print(
            which,
            name,
            "held out",
            tagging_f1(corpora[name], held),
            "from",
            other,
            tagging_f1(corpora[name], crossed),
        )
    return dict(zip(names, map(float, fit(every)), strict=True)), held


def tagging_f1(chosen: list[Item], scores: dict[int, Array]) -> float:
    hits = found = gold = 0
    for i in chosen:
        pairs = zip(scores[id(i)] + LEANING, i.tagger.candidates(), strict=True)
        spans = sorted(((c.span.start, c.span.end) for s, c in pairs if s > 0), key=lambda s: s[0] - s[1])
        kept: list[tuple[int, int]] = []
        for s in spans:
            if not any(overlaps(s, k) for k in kept):
                kept.append(s)
        known = [k for k in kept if any(overlaps(k, g) for g in i.known)]
        found += len(known) + sum(not any(overlaps(k, u) for u in i.unknown) for k in kept if k not in known)
        gold += len(i.known)
        hits += sum(any(overlaps(k, g) for k in kept) for g in i.known)
    return round(2 * hits / (found + gold), 4)


def km(a: float, b: float, c: float, d: float) -> float:
    a, b, c, d = map(math.radians, (a, b, c, d))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


@dataclass(slots=True)
class Case:
    """One article's readings, which of them are right, and how often each name is asked for."""

    item: Item
    board: Board
    right: Array
    weight: Array


def case(item: Item) -> Case:
    board = Board(item.document, find_toponyms(item.document, item.entities))
    right, weight = np.zeros(len(board.entries)), np.zeros(len(board.groups))
    for g, group in enumerate(board.groups):
        spans = [board.toponyms[i].span for i in group.mentions]
        placed = [
            t
            for t in item.gold
            if t["lat"] is not None and any(overlaps((s.start, s.end), (t["start"], t["end"])) for s in spans)
        ]
        rows = np.flatnonzero(board.group_of == g)
        if not placed or not len(rows):
            continue
        t = placed[0]
        far = np.array([km(t["lat"], t["lon"], board.entries[r].lat, board.entries[r].lon) for r in rows])
        exact = [r for r in rows if t["geonameid"] and board.entries[r].geonameid == t["geonameid"]]
        good = exact or list(rows[far <= min(161, 2 * far.min() + 5)])
        right[good] = 1
        weight[g] = math.sqrt(len(placed)) if good else 0
    return Case(item, board, right, weight)


def softmax_fit(cases: list[Case], *, second: bool, l2: float = 0.5, steps: int = 300) -> Array:
    tables, groups, at = [], [], 0
    for c in cases:
        tables.append(c.board.features(second=second))
        groups.append(c.board.group_of + at)
        at += len(c.weight)
    x, g = np.vstack(tables), np.concatenate(groups)
    right, weight = np.concatenate([c.right for c in cases]), np.concatenate([c.weight for c in cases])
    b, mean, square = (np.zeros(x.shape[1]) for _ in range(3))

    def shares(values: Array) -> Array:
        total = np.zeros(at)
        np.add.at(total, g, values)
        return values / np.maximum(total, 1e-12)[g]

    for k in range(1, steps + 1):
        s = x @ b
        top = np.full(at, -np.inf)
        np.maximum.at(top, g, s)
        e = np.exp(s - top[g])
        gradient = x.T @ ((shares(e) - shares(e * right)) * weight[g]) + l2 * b
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        rate = 0.08 if k < 200 else 0.025
        b -= rate * (mean / (1 - 0.9**k)) / (np.sqrt(square / (1 - 0.99**k)) + 1e-8)
    return b


def resolution_fit(cases: list[Case]) -> tuple[Array, Array]:
    one = softmax_fit(cases, second=False)
    for c in cases:
        c.board.weigh(c.board.features(second=False) @ one)
    return one, softmax_fit(cases, second=True)


def within(cases: list[Case], one: Array, two: Array) -> tuple[int, int]:
    """How many gold toponyms with coordinates are placed within 161 km, and how many there are."""
    near = asked = 0
    for c in cases:
        c.board.weigh(c.board.features(second=False) @ one)
        c.board.weigh(c.board.features(second=True) @ two)
        decided = c.board.decide()
        for t in c.item.gold:
            if t["lat"] is None:
                continue
            asked += 1
            span = (t["start"], t["end"])
            hit = next(
                (d for d in decided if overlaps((d.toponym.span.start, d.toponym.span.end), span)), None
            )
            entry = (hit.entry or hit.within) if hit else None
            near += entry is not None and km(t["lat"], t["lon"], entry.lat, entry.lon) <= 161
    return near, asked


def resolution(corpora: dict[str, list[Item]]) -> dict[str, dict[str, float]]:
    cases = {n: [c for c in map(case, found) if len(c.board.entries)] for n, found in corpora.items()}
    every = [c for found in cases.values() for c in found]
    for name, other in zip(CORPORA, CORPORA[::-1], strict=True):
        near = asked = 0
        for fold in range(FOLDS):
            fitted = resolution_fit([c for c in every if c.item.fold != fold])
            n, a = within([c for c in cases[name] if c.item.fold == fold], *fitted)
            near, asked = near + n, asked + a
        n, a = within(cases[name], *resolution_fit(cases[other]))
        print("within 161 km", name, "held out", round(near / asked, 4), "from", other, round(n / a, 4))
    one, two = resolution_fit(every)
    return {
        "place": dict(zip(FEATURES, map(float, one), strict=True)),
        "place again": dict(zip(FEATURES, map(float, two), strict=True)),
    }


def save(models: dict[str, dict[str, float]]) -> None:
    rounded = {m: {n: round(v, 3) for n, v in fitted.items()} for m, fitted in models.items()}
    text = json.dumps(rounded, indent=1, sort_keys=True, ensure_ascii=False)
    (DATA / "place_weights.json").write_text(text + "\n", "utf-8")
    weights.cache_clear()


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder, cache = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None
    corpora = {name: items(folder, name, cache) for name in CORPORA}
    models = dict(weights()) if (DATA / "place_weights.json").exists() else {}
    models["tag"], held = tagging_round(corpora, "first")
    for i in (i for found in corpora.values() for i in found):
        more = i.tagger.second_look(list(map(float, held[id(i)])))
        i.second = [[*a, *b] for a, b in zip(i.first, more, strict=True)]
    models["tag again"], _ = tagging_round(corpora, "second")
    models["tag again"]["bias"] += LEANING
    save(models)  # the readings below are those of the places that these weights find
    save(models | resolution(corpora))


if __name__ == "__main__":
    main()
