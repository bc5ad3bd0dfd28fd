"""How many of our own written cases come out right: attributions that are hard, and who speaks.

    python bench/cases.py

Reads tests/cases/attribution.jsonl and speakers.jsonl: invented accounts of one to four sentences. A case
of attribution is right where source, content, kind, speaker and parent are those written down and nothing
stands that must not; a speaker where name, or reason to leave it open, is the one written down.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable

from report import ROOT, machine, section

from variorum.annotate.attribution import find_attributions, no_tagger
from variorum.annotate.document import load_pipeline, parse
from variorum.annotate.entities import find_entities
from variorum.annotate.quotations import find_quotations
from variorum.model import Article, Attribution

sys.path.insert(0, str(ROOT / "tests" / "annotate"))
import attribution_cases
import speaker_cases

Find = Callable[[str], tuple[Attribution, ...]]


def with_rules(text: str) -> tuple[Attribution, ...]:
    document = parse(Article(text), load_pipeline())
    return find_attributions(document, find_quotations(document), find_entities(document), no_tagger)


def with_both(text: str) -> tuple[Attribution, ...]:
    document = parse(Article(text), load_pipeline())
    return find_attributions(document, find_quotations(document), find_entities(document))


def attributions(find: Find) -> Counter[str]:
    """Right cases by kind."""
    return Counter(c.category for c in attribution_cases.load() if not attribution_cases.failures(c, find))


def speakers(find: Find) -> Counter[str]:
    """Right speakers by kind."""
    right: Counter[str] = Counter()
    for case in speaker_cases.load():
        right[case.kind] += len(case.said) - len(speaker_cases.wrong(case, find))
    return right


def main() -> None:
    cases = Counter(c.category for c in attribution_cases.load())
    said = Counter(c.kind for c in speaker_cases.load() for _ in c.said)
    rules, both = attributions(with_rules), attributions(with_both)
    header = ("kind", "cases", "rules alone", "rules and tagger")
    rows = [("all", cases.total(), rules.total() / cases.total(), both.total() / cases.total())]
    rows += [(kind, n, rules[kind] / n, both[kind] / n) for kind, n in cases.items()]
    claim = f"Written by us, with what must come out; the share that is wholly right. {machine()}."
    print(section("Hard cases of attribution", claim, header, rows))
    rules, both = speakers(with_rules), speakers(with_both)
    rows = [("all", said.total(), rules.total() / said.total(), both.total() / said.total())]
    rows += [(kind, n, rules[kind] / n, both[kind] / n) for kind, n in said.items()]
    claim = (
        "Statements in accounts written by us; the share with the right name, or the right reason for none."
    )
    print(section("Speakers", claim, ("kind", "statements", *header[2:]), rows))


if __name__ == "__main__":
    main()
