"""How well attributions are found by the rules, by the tagger and by both, and what each costs.

    python bench/attribution.py [--data FOLDER]

Reads data/attribution/polnear_dev.jsonl (PolNeAR; Newell, Margolin and Ruths 2018). Speed is articles a
second of wall time on two threads, the parse excluded, the models loaded.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from attribution_peers import Textacy, dependency_rule, has_textacy
from report import data_folder, machine, section
from scorers import AttributionScore, RolesOf, roles_of

from variorum.annotate.attribution import find_attributions, no_tagger
from variorum.annotate.document import Document, load_pipeline, parse
from variorum.annotate.entities import find_entities
from variorum.annotate.quotations import find_quotations
from variorum.annotate.tagger import load_tagger
from variorum.model import Article, Attribution, Span

FILE = "data/attribution/polnear_dev.jsonl"
THREADS = 2
HEADER = (
    "system",
    "relation P",
    "relation R",
    "relation F1",
    "exact F1",
    "source F1",
    "cue F1",
    "content F1",
    "direct quotations R",
    "articles/s",
)


def ranges(a: Attribution) -> RolesOf:
    def pairs(spans: tuple[Span, ...]) -> tuple[tuple[int, int], ...]:
        return tuple((s.start, s.end) for s in spans)

    return RolesOf(pairs(a.source), pairs(a.cue), pairs(a.content))


def rules(document: Document) -> tuple[Attribution, ...]:
    return find_attributions(document, find_quotations(document), find_entities(document), no_tagger)


def tagger(document: Document) -> tuple[Attribution, ...]:
    return load_tagger(THREADS).tag(document.article.text)


def both(document: Document) -> tuple[Attribution, ...]:
    quotations, entities = find_quotations(document), find_entities(document)
    return find_attributions(document, quotations, entities, load_tagger(THREADS).tag_scored)


SYSTEMS: dict[str, Callable[[Document], tuple[Attribution, ...]]] = {
    "a dependency rule (verb, subject, clause)": dependency_rule,
    "rules alone": rules,
    "tagger alone": tagger,
    "rules and tagger": both,
}


def flat(document: Document) -> tuple[Attribution, ...]:
    return tuple(a for a in both(document) if a.parent is None)


def report(folder: Path) -> str:
    labelled = [json.loads(line) for line in (folder / FILE).read_text("utf-8").splitlines()]
    documents = [parse(Article(text=row["text"], id=row["id"]), load_pipeline()) for row in labelled]
    rows = []
    peer = Textacy()
    systems = {**SYSTEMS, "the same, without nested ones": flat}
    if has_textacy():
        systems = {f"textacy {version('textacy')}, direct quotations": peer, **systems}
    for name, find in systems.items():
        if find is not peer:
            find(documents[0])
        start = time.perf_counter()
        found = [find(document) for document in documents]
        speed = len(documents) / (time.perf_counter() - start)
        score = AttributionScore()
        for row, attributions in zip(labelled, found, strict=True):
            score.add(
                row["text"], [roles_of(a) for a in row["attributions"]], [ranges(a) for a in attributions]
            )
        figures = score.figures()
        rows.append((name, *(figures[key] for key in HEADER[1:-1]), speed))
    claim = (
        f"PolNeAR dev, {len(labelled)} articles. A relation is found where contents overlap by half of their "
        f"union and the sources overlap, or neither has one; source, cue and content count "
        f"characters. In the corpus a word belongs to one attribution at most, so that those inside others "
        f"mostly count as wrong. {_about(peer)}{machine()}."
    )
    return section("Attribution", claim, HEADER, rows)


def _about(peer: Textacy) -> str:
    if not has_textacy():
        return "textacy is not installed. "
    return f"textacy raises on {peer.raised} of them, for an odd number of quotation marks. "


if __name__ == "__main__":
    print(report(data_folder(__doc__ or "")))
