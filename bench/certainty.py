"""Certainty and polarity of events on MEANTIME; how well claims match statements that people marked.

    python bench/certainty.py [--data FOLDER]

FOLDER/data/certainty/meantime_even.jsonl is scored as FOLDER/tools/score.py does: each event takes the
certainty and polarity of the smallest claim that holds it. The marked statements are the spans of
FOLDER/gold/relations, both sides of every relation and those that only one account has.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from claim_scores import Bounds, f1, overlap, same
from report import data_folder, machine, section

from variorum.annotate.attribution import find_attributions
from variorum.annotate.claims import find_claims
from variorum.annotate.document import Document, load_pipeline, parse
from variorum.annotate.entities import find_entities
from variorum.annotate.quotations import find_quotations
from variorum.model import Article, Claim

POLARITY = {"POS": "positive", "NEG": "negative", "UNDERSPECIFIED": "underspecified"}


def claims_of(text: str) -> tuple[Document, tuple[Claim, ...]]:
    document = parse(Article(text=text), load_pipeline())
    attributions = find_attributions(document, find_quotations(document), find_entities(document))
    return document, find_claims(document, attributions)


def certainty(path: Path) -> list[tuple[str, float]]:
    hedged: Counter[tuple[str, str]] = Counter()
    polarity: Counter[tuple[str, str]] = Counter()
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        _, claims = claims_of(row["text"])
        for event in row["events"]:
            holding = [c for c in claims if c.span.start <= event["start"] and event["end"] <= c.span.end]
            claim = min(holding, key=lambda c: len(c.span)) if holding else None
            gold = "certain" if event["certainty"] in ("CERTAIN", "") else "hedged"
            said = "none" if claim is None else "certain" if claim.certainty == "certain" else "hedged"
            hedged[gold, said] += 1
            polarity[POLARITY.get(event["polarity"], ""), claim.polarity if claim else "none"] += 1
    return [
        ("hedged or not, macro-F1", (f1(hedged, "certain") + f1(hedged, "hedged")) / 2),
        ("hedged, F1", f1(hedged, "hedged")),
        ("negative, F1", f1(polarity, "negative")),
    ]


def marked(folder: Path) -> list[tuple[str, set[Bounds]]]:
    """Each account of the annotated pairs with the spans that people marked in it."""
    found = []
    for path in sorted((folder / "gold" / "relations").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        pair = folder / "gold" / "pairs" / f"{path.stem}.jsonl"
        if pair.exists():
            texts = [
                json.loads(line)["text"] for line in pair.read_text("utf-8").splitlines() if line.strip()
            ]
        else:
            texts = [p.read_bytes().decode("utf-8") for p in sorted((folder / "seeds").glob("*.txt"))]
        for side, text in zip("ab", texts, strict=True):
            spans = {tuple(r[side]) for r in gold["relations"]} | {tuple(s) for s in gold[f"only_{side}"]}
            found.append((text, spans))
    return found


def granularity(folder: Path) -> list[tuple[str, float]]:
    spans = matched = sentences = claims_found = 0
    best = 0.0
    for text, gold in marked(folder):
        document, claims = claims_of(text)
        bounds = [(c.span.start, c.span.end) for c in claims]
        sentences += len(document.sentences)
        claims_found += len(bounds)
        spans += len(gold)
        matched += sum(any(same(b, s) for b in bounds) for s in gold)
        best += sum(max((overlap(b, s) for b in bounds), default=0.0) for s in gold)
    return [
        ("marked statements that a claim matches", matched / spans),
        ("intersection over union with the best claim, mean", best / spans),
        ("claims a sentence", claims_found / sentences),
    ]


def main() -> None:
    folder = data_folder(__doc__ or "")
    rows = certainty(folder / "data" / "certainty" / "meantime_even.jsonl") + granularity(folder)
    claim = f"60 articles of MEANTIME, {len(marked(folder))} accounts with marked statements; {machine()}."
    print(section("Claims and their certainty", claim, ("what", "figure"), rows))


if __name__ == "__main__":
    main()
