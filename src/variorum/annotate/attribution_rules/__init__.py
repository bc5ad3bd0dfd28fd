"""Attributions found by rule: words and their complements, quotations, fixed phrases, layout.

reading     the parse as lists                     quoted   gives every quotation to an attribution
frames      which complements a word has           phrases  "according to", "reportedly"
verbs       which of them the lexicon accepts      layout   transcripts and headlines
sources     whose words they are
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from variorum.annotate.attribution_rules.findings import Finding, to_attribution
from variorum.annotate.attribution_rules.inversion import by_inversion
from variorum.annotate.attribution_rules.layout import by_layout
from variorum.annotate.attribution_rules.phrases import by_phrase
from variorum.annotate.attribution_rules.quoted import with_quotations
from variorum.annotate.attribution_rules.reading import Reading, read
from variorum.annotate.attribution_rules.verbs import by_verb
from variorum.annotate.document import Document
from variorum.model import Attribution, Quotation

_MOST_CONTENT = 12
_LEAST_BUDGET = 20_000

__all__ = ["find_by_rule", "raw_findings"]


def raw_findings(reading: Reading) -> list[Finding]:
    """What phrases, words and layout say, before any quotation is looked at."""
    found: dict[int, Finding] = {}
    for f in (*by_phrase(reading), *by_inversion(reading), *by_verb(reading)):
        found.setdefault(f.cue_token, f)
    return [*_affordable(reading, found.values()), *by_layout(reading)]


def _affordable(reading: Reading, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings until their contents add up to many times the text, which only hostile nesting does."""
    left = _MOST_CONTENT * len(reading.text) + _LEAST_BUDGET
    for f in findings:
        left -= sum(map(len, f.content))
        if left < 0:
            return
        yield f


def find_by_rule(document: Document, quotations: tuple[Quotation, ...]) -> tuple[Attribution, ...]:
    """Every attribution that the rules find, in the order of their contents; speakers and parents are open.

    A pure function, linear in the length of the text. `by` is the rule's name: `verb`, `noun`, `adjective`,
    `inversion`, `quotation`, `phrase`, `adverb`, `transcript` or `headline`.
    """
    reading = read(document, quotations)
    findings = with_quotations(reading, raw_findings(reading))
    findings.sort(key=lambda f: (f.content[0].start, -f.content[-1].end, f.cue[0].start))
    return tuple(to_attribution(f, "indirect") for f in findings)
