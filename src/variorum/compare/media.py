"""Sources that pass on what others say: which are such, and whom they cite."""

from __future__ import annotations

import re
from collections.abc import Mapping

from variorum.compare.credits import agencies
from variorum.compare.parties import party_key
from variorum.lexicon import words
from variorum.model import Annotation, Attribution, Span

_NAMED = r"(?P<who>[^,;:.!?“”\"()\n]{2,90}?)"
_CITED = re.compile(
    rf"\b(?:citing|quoting)\s+{_NAMED}(?=\s*[,;:.()\n]|\s+(?:that|as)\b|\s*$)"
    rf"|\b(?:quoted|cited|quotes|cites)\s+{_NAMED.replace('who', 'whom')}"
    r"\s+as\s+(?:saying|reporting|telling)\b"
)
_OWN = re.compile(
    r"(?:our|this|the)\s+(?:own\s+)?(?:newspaper|paper|reporters?|correspondents?|journalists?|team|website)\b"
    r"|our\b.*\b(?:reporters?|correspondents?|journalists?|team|staff)$",
    re.I,
)


def passes_on(words_of_source: str) -> bool:
    """Whether a source is an agency, a paper or a broadcaster, by name or by kind."""
    plain = re.sub(r"^(?:the|a|an)\s+", "", words_of_source.strip(" ,"), flags=re.I).casefold()
    if plain in agencies() or plain in words("news_organisations.txt"):
        return True
    said = re.findall(r"\w+", plain)
    if not said or said[-1] in words("media-heads.txt"):
        return bool(said)
    holds_office = any(w in words("role-heads.txt") or w in words("spokespeople.txt") for w in said)
    return said[0] in words("media-heads.txt") and not holds_office  # "press secretary X" is no medium


def is_own(words_of_source: str, outlet: str | None) -> bool:
    """Whether a source is the account's outlet itself: "our reporter", "a Courier correspondent"."""
    if _OWN.match(words_of_source):
        return not re.match("the ", words_of_source, re.I)
    return outlet is not None and outlet_key(words_of_source) == outlet_key(outlet)


def outlet_key(name: str) -> frozenset[str]:
    """What the forms of an outlet's name have in common: "the newspaper X", "a reporter for the X"."""
    key = party_key(name, {})
    return (key - words("media-heads.txt")) or key


def cited_by(annotation: Annotation, attribution: Attribution) -> Span | None:
    """Whom a medium cites in the sentence of its cue, or None: "radio said, citing **the ministry**"."""
    anchor = next(iter((*attribution.cue, *attribution.source)), None)
    if anchor is None:
        return None
    sentence = next((s for s in annotation.sentences if s.holds(anchor)), None)
    if sentence is None:
        return None
    text = annotation.article.text
    quoted = [s for q in annotation.quotations for s in q.spans if s.overlaps(sentence)]
    for match in _CITED.finditer(text, sentence.start, sentence.end):
        group = "who" if match["who"] else "whom"
        span = Span(*match.span(group))
        if not any(q.overlaps(span) for q in quoted):
            return span
    return None


def outlets_of(names: Mapping[str, str]) -> dict[frozenset[str], str]:
    """The outlets of the accounts by the key of their names; a key that two share stands for neither."""
    found: dict[frozenset[str], str] = {}
    twice: set[frozenset[str]] = set()
    for name in dict.fromkeys(names.values()):
        key = outlet_key(name)
        if key in found:
            twice.add(key)
        found[key] = name
    return {key: name for key, name in found.items() if key not in twice}
