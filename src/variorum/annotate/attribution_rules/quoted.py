"""Gives every quotation to the attribution it belongs to, or finds one for it, or leaves it alone.

Scare quotes, titles and single quoted words stay without an attribution: a quotation counts as speech only
where it is long enough, ends as speech ends, or stands beside a reporting verb.
"""

from __future__ import annotations

from dataclasses import replace

from variorum.annotate.attribution_rules.cue_lexicon import frame_weights, reporting_verbs
from variorum.annotate.attribution_rules.findings import Finding
from variorum.annotate.attribution_rules.reading import Reading, quoted_tokens
from variorum.annotate.attribution_rules.sources import beside, reach, subject_of
from variorum.annotate.attribution_rules.verbs import cue_range
from variorum.model import Quotation, Span

_QUOTE_WEIGHT = 0.9
_SPEECH_WORDS = 4
_LONG_WORDS = 8
_CUE_WINDOW = 30  # tokens beside a quotation in which its cue is looked for
_SPEECH_ENDS = frozenset(",.!?…—-")
_MARKS = "\"“”„‟'‘’‚‛«»‹›`「」『』 \u00a0"
_REPORTING_WEIGHT = 0.5
# The tagger reads where a quoted content ends; the marks only mend the edges of what it found.
_MOSTLY = 0.8


def with_quotations(r: Reading, findings: list[Finding]) -> list[Finding]:
    """The findings with whole quotations as their content, and new ones for quotations that none holds."""
    book = _Book(r, [_fitted(r, f) for f in findings])
    for n in range(len(r.quotations)):
        if book.owner[n] < 0:
            book.place(n)
    return [*book.findings, *_inner(r, book)]


def _inner(r: Reading, book: _Book) -> list[Finding]:
    """Quotations inside quotations that a reporting verb introduces: “She said ‘never’ and left”."""
    inner = tuple(q for q in r.all_quotations if q.depth == 1)
    if not inner:
        return []
    within = replace(r, quotations=inner, quote=quoted_tokens(r.tree, inner))
    found = []
    for q in inner:
        cue = _cue_beside(within, q)
        if cue is not None and cue not in book.by_cue and (finding := _beside(within, q, cue)):
            found.append(finding)
    return found


def _fitted(r: Reading, f: Finding) -> Finding:
    """A content cut at the quotation its cue stands in, else grown over each quotation it touches."""
    home = r.quote[f.cue_token] if f.cue_token >= 0 else -1
    if home >= 0:
        pieces = [
            Span(max(c.start, p.start), min(c.end, p.end))
            for c in f.content
            for p in r.quotations[home].spans
            if c.overlaps(p)
        ]
        return replace(f, content=_joined(pieces)) if pieces else f
    if f.rule == "model":
        f = replace(f, content=_without_scraps(r, f))
    grown = [*f.content]
    for n in _touched(r, f.content):
        if f.rule != "model" or _mostly_held(f.content, r.quotations[n].spans):
            grown += r.quotations[n].spans
    blocked = [*f.source, *f.cue]
    return replace(f, content=_joined(grown)) if not _collide(grown, blocked) else f


def _without_scraps(r: Reading, f: Finding) -> tuple[Span, ...]:
    """The content without unquoted pieces behind a quotation that its cue follows, or in other sentences.

    “What a triumph,” she said [as the pump failed]: what follows such a cue is the outlet's.
    """
    if len(f.content) < 2 or f.cue_token < 0:
        return f.content
    quoted = [c for c in f.content if r.quote[r.tokens(c)[0]] >= 0]
    before = [c for c in quoted if c.end <= f.cue[0].start]
    closes = any(c.of(r.text).rstrip(_MARKS)[-1:] in (",", "?", "!") for c in before)
    home = r.sentence[f.cue_token]
    kept = tuple(
        c
        for c in f.content
        if c in quoted
        or not ((closes and c.start > f.cue[0].start) or (quoted and r.sentence[r.tokens(c)[0]] != home))
    )
    return kept or f.content


def _mostly_held(content: tuple[Span, ...], parts: tuple[Span, ...]) -> bool:
    """Whether a content lacks but the edges of a quotation."""
    held = sum(c.shared(p) for c in content for p in parts)
    return held >= _MOSTLY * sum(map(len, parts))


def _touched(r: Reading, content: tuple[Span, ...]) -> list[int]:
    out: list[int] = []
    for piece in content:
        start, end = r.tokens(piece)
        for i in range(start, end):
            n = r.quote[i]
            if n >= 0 and (not out or out[-1] != n):
                out.append(n)
    return out


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Sorted, overlapping ones merged."""
    out: list[Span] = []
    for s in sorted(spans):
        if out and s.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, s.end))
        else:
            out.append(s)
    return tuple(out)


def _collide(content: list[Span], others: list[Span]) -> bool:
    return any(c.overlaps(o) for c in content for o in others)


class _Book:
    """Which finding owns which outermost quotation."""

    def __init__(self, r: Reading, findings: list[Finding]) -> None:
        self.r, self.findings = r, findings
        self.owner = [-1] * len(r.quotations)
        self.by_cue = {f.cue_token: k for k, f in enumerate(findings) if f.cue_token >= 0}
        for k, f in enumerate(findings):
            if f.cue_token < 0 or r.quote[f.cue_token] < 0:
                for n in _touched(r, f.content):
                    self._claim(n, k)

    def _claim(self, n: int, k: int) -> None:
        """The nearer cue owns a quotation that two findings hold."""
        held = self.owner[n]
        if held < 0 or self._distance(n, k) < self._distance(n, held):
            self.owner[n] = k

    def _distance(self, n: int, k: int) -> int:
        cue, spans = self.findings[k].cue[0], self.r.quotations[n].spans
        return max(spans[0].start - cue.end, cue.start - spans[-1].end, 0)

    def place(self, n: int) -> None:
        """Find the attribution of a quotation that no verb's complement holds."""
        r = self.r
        quotation = r.quotations[n]
        cue = _cue_beside(r, quotation)
        if cue is not None and cue in self.by_cue:
            self._extend(self.by_cue[cue], n)
        elif cue is not None and (finding := _beside(r, quotation, cue)):
            self.by_cue[cue] = len(self.findings)
            self.owner[n] = len(self.findings)
            self.findings.append(finding)
        elif _is_speech(r, quotation) and (earlier := self._earlier(n)) is not None:
            self._extend(earlier, n)

    def _extend(self, k: int, n: int) -> None:
        f = self.findings[k]
        content = _joined([*f.content, *self.r.quotations[n].spans])
        if not _collide(list(self.r.quotations[n].spans), [*f.source, *f.cue]):
            self.findings[k] = replace(f, content=content)
            self.owner[n] = k

    def _earlier(self, n: int) -> int | None:
        """The attribution that a quotation carries on: the last one's, in its paragraph or just before it."""
        if n == 0 or self.owner[n - 1] < 0:
            return None
        r = self.r
        k = self.owner[n - 1]
        between = Span(r.quotations[n - 1].spans[-1].end, r.quotations[n].spans[0].start)
        gap = between.of(r.text)
        told = [s for s in (*self.findings[k].cue, *self.findings[k].source) if between.overlaps(s)]
        if "\n" in gap.strip(" \t") or "\r" in gap:
            lines = [line for line in gap.splitlines() if line.strip()]
            return k if not lines or (len(lines) == 1 and told) else None
        return k if told or not any(map(str.isalnum, gap)) or gap.count(".") <= 1 else None


def _is_speech(r: Reading, quotation: Quotation) -> bool:
    inner = quotation.spans[0].of(r.text).strip(_MARKS)
    words = sum(len(s.of(r.text).split()) for s in quotation.spans)
    before = (
        r.text[: quotation.spans[0].start].rstrip()[-1:]
        if quotation.spans[0].start < 200
        else _before(r, quotation)
    )
    sentence = inner[:1].isupper() or inner[:1] in "[…."
    ends = inner[-1:] in _SPEECH_ENDS
    return (words >= _SPEECH_WORDS and (ends or before in ":,")) or (
        ends and sentence and before in ".!?:\"”’'"
    )


def _before(r: Reading, quotation: Quotation) -> str:
    start = quotation.spans[0].start
    return r.text[max(0, start - 8) : start].rstrip()[-1:]


def _cue_beside(r: Reading, quotation: Quotation) -> int | None:
    """The reporting verb that stands outside a quotation and introduces or follows it."""
    text = r.text
    inner = quotation.spans[-1].of(text).strip(_MARKS)
    lead = _before(r, quotation)
    after, before = _verb_after(r, quotation), _verb_before(r, quotation)
    if lead in ":," and before is not None:
        return before
    if inner[-1:] in ",?!…—-" and after is not None:
        return after
    if before is not None and lead.isalpha():
        return before if _adjacent(r, before, quotation) else None
    return after if after is not None and inner[-1:] != "." else None


def _adjacent(r: Reading, verb: int, quotation: Quotation) -> bool:
    return r.text[r.tree.end[verb] : quotation.spans[0].start].strip() in ("", "that")


def _verb_after(r: Reading, quotation: Quotation) -> int | None:
    tree = r.tree
    first = r.tokens(quotation.spans[-1])[1]
    for i in range(first, min(len(tree), first + _CUE_WINDOW)):
        if r.quote[i] >= 0 or _ends_sentence(r, i):
            return None
        if tree.pos[i] == "VERB":
            return i if _reports(r, i) else None
    return None


def _verb_before(r: Reading, quotation: Quotation) -> int | None:
    tree = r.tree
    last = r.tokens(quotation.spans[0])[0] - 1
    colon_seen = _before(r, quotation) == ":"
    for i in range(last, max(-1, last - _CUE_WINDOW), -1):
        if r.quote[i] >= 0 or tree.lower[i] in (".", "!", "?"):
            return None
        if "\n" in r.text[tree.start[i] : tree.end[i]] and not colon_seen:
            return None
        if tree.pos[i] == "VERB" and _reports(r, i):
            return i
    return None


def _ends_sentence(r: Reading, i: int) -> bool:
    return r.tree.lower[i] in (".", "!", "?") or "\n" in r.text[r.tree.start[i] : r.tree.end[i]]


def _reports(r: Reading, i: int) -> bool:
    lemma = r.tree.lemma[i]
    return lemma in reporting_verbs() or frame_weights().get((lemma, "ccomp"), 0.0) >= _REPORTING_WEIGHT


def _beside(r: Reading, quotation: Quotation, cue: int) -> Finding | None:
    tokens = cue_range(r, cue)
    span = r.span(tokens)
    if span is None:
        return None
    subject = subject_of(r, cue)
    source = (
        reach(r, subject, (tokens,)) if subject is not None and r.quote[subject] == r.quote[cue] else None
    )
    source = source or beside(r, cue, tokens)
    if source is not None and any(source.overlaps(p) for p in quotation.spans):
        source = None
    return Finding((source,) if source else (), (span,), quotation.spans, "quotation", _QUOTE_WEIGHT, cue)
