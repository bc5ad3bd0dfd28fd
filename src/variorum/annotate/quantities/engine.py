"""Finds the amounts of a text: numbers, what modifies them, their unit, and what is counted."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from variorum.annotate.document import Document
from variorum.annotate.grammar import Grammar, Hit, Pattern
from variorum.annotate.lexicon import load_lexicon
from variorum.annotate.quantities import names
from variorum.annotate.quantities.bounds import AFTER, BEFORE, Bounds, Modifier, modified
from variorum.annotate.quantities.cores import CORE_RULES, CoreRule
from variorum.annotate.quantities.counted import counted, words_of
from variorum.annotate.quantities.units import Unit, Units
from variorum.annotate.tokens import Tokens, tokenize
from variorum.model import Quantity, Span, Time

_TRIGGERS = (
    "num",
    "nth",
    "many",
    "tens",
    "some_few",
    "a_few",
    "dozen",
    "fraction",
    "halfword",
    "nothing",
    "aged",
)
_IDIOMS = frozenset(("way", "thing", "hand", "side", "point", "reason", "time", "another"))
_LEFT = 7  # tokens that the longest modifier takes


@dataclass(frozen=True, slots=True)
class _Compiled:
    grammar: Grammar
    triggers: re.Pattern[str]
    cores: tuple[tuple[CoreRule, Pattern], ...]
    before: tuple[tuple[Modifier, Pattern], ...]
    after: tuple[tuple[Modifier, Pattern], ...]


@cache
def _compiled() -> _Compiled:
    rules = (*CORE_RULES, *BEFORE, *AFTER)
    grammar = Grammar.of(load_lexicon("quantity-words.txt"), (rule.pattern for rule in rules))
    return _Compiled(
        grammar,
        grammar.triggers(_TRIGGERS),
        tuple((rule, grammar.compile(rule.pattern)) for rule in CORE_RULES),
        tuple((rule, grammar.compile(rule.pattern + r" \Z")) for rule in BEFORE),
        tuple((rule, grammar.compile(rule.pattern)) for rule in AFTER),
    )


def find_quantities(document: Document, times: tuple[Time, ...]) -> tuple[Quantity, ...]:
    """The amounts of an article as the ranges they leave open, in order, none overlapping another.

    The span is the number with its modifiers and unit ("at least 12", "$1.2m", "12-year-old"), not the
    noun. Bounds are inclusive: of whole things "more than ten" is 11 or more; "about", "nearly" and the like
    leave a tenth on their side. Amounts in other than SI units are converted. Shares ("a third", "one in
    five") have the unit `share`, from 0 to 1; ages the unit `year`. Numbers inside `times` are left out, so
    lengths of time are times alone; years, ordinals, names, codes, addresses and scores are no amounts.

    Args:
        document: the parsed article.
        times: the time expressions of the same article, in order.
    """
    compiled = _compiled()
    tokens = tokenize(document.article.text)
    codes = compiled.grammar.encode(tokens)
    condensed, places = compiled.grammar.condense(codes, compiled.triggers)
    present = frozenset(condensed)
    hits: list[tuple[int, int, int, Hit]] = []
    for rank, (_, pattern) in enumerate(compiled.cores):
        for match in pattern.finditer(condensed, present):
            hit = Hit(match, pattern, tokens, compiled.grammar.lexicon, places)
            hits.append((hit.first, -hit.last, rank, hit))
    hits.sort(key=lambda h: h[:3])
    reader = _Reader(
        document,
        tokens,
        codes,
        compiled,
        Units(tokens, compiled.grammar.lexicon, "£" in document.article.text),
    )
    busy = _Busy.of(times)
    found: list[Quantity] = []
    taken = 0
    for _, _, rank, hit in hits:
        if hit.start < taken or busy.overlaps(hit.start, hit.end):
            continue
        quantity = reader.read(compiled.cores[rank][0], hit)
        if (
            quantity is not None
            and quantity.span.start >= taken
            and not busy.overlaps(quantity.span.start, quantity.span.end)
        ):
            found.append(quantity)
            taken = quantity.span.end
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Busy:
    """Stretches that time expressions take, in order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, times: tuple[Time, ...]) -> _Busy:
        spans = sorted(time.span for time in times)
        return cls(tuple(s.start for s in spans), tuple(s.end for s in spans))

    def overlaps(self, start: int, end: int) -> bool:
        before = bisect_left(self.starts, end)
        return before > 0 and self.ends[before - 1] > start


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one number with all that belongs to it."""

    document: Document
    tokens: Tokens
    codes: str
    compiled: _Compiled
    units: Units

    def read(self, rule: CoreRule, hit: Hit) -> Quantity | None:
        bounds = rule.read(hit)
        if bounds is None or self._is_no_amount(rule, hit):
            return None
        unit = self.units.of(hit.first, hit.last) if rule.kind in ("number", "vague") else None
        first, last = hit.first, hit.last
        if unit is not None:
            first, last = min(first, unit.first), max(last, unit.last)
        words = words_of(self.document.doc, self.tokens.starts[first], self.tokens.ends[last])
        number = words_of(self.document.doc, hit.start, hit.end)
        if words is None or number is None:
            return None
        of = self._hyphened(hit, unit) or counted(words, unit is not None and unit.currency)
        if rule.kind == "number" and unit is None and names.is_part_of_name(number):
            return None
        effect, start, end = self._modifier(first, last)
        if not self._is_amount(rule, hit, unit, of, effect):
            return None
        symbol = self._symbol(rule, hit, unit)
        bounds = self._bounds(rule, bounds, unit, effect)
        span = Span(self.tokens.starts[start], self.tokens.ends[end])
        return Quantity(span, bounds.min, bounds.max, symbol, of, bounds.approximate)

    def _is_no_amount(self, rule: CoreRule, hit: Hit) -> bool:
        signed = hit.first > 0 and bool(hit.lexicon.value("sign", self.tokens.words[hit.first - 1]))
        if rule.kind == "apposition":
            return not self._follows_person(hit)
        if rule.kind == "zero" or signed:
            return False
        return names.is_code(self.tokens, hit.first, hit.last) or names.is_label(
            self.tokens, hit.first, hit.last, hit.lexicon
        )

    def _follows_person(self, hit: Hit) -> bool:
        words = words_of(self.document.doc, hit.start, hit.end)
        if words is None or words.start < 2:
            return False
        name = words.doc[words.start - 2]
        return name.ent_type_ == "PERSON" or (name.pos_ == "PROPN" and not name.ent_type_)

    def _is_amount(self, rule: CoreRule, hit: Hit, unit: Unit | None, of: str | None, effect: str) -> bool:
        """Whether what stands around the number makes it an amount."""
        if rule.kind == "zero":
            return of is not None and self._plural_follows(hit)
        if rule.kind != "number" or unit is not None or effect:
            return True
        if of is not None:
            partitive = self.tokens.words[hit.last + 1].lower() == "of"
            return not (self.tokens.words[hit.first].lower() == "one" and (partitive or of in _IDIOMS))
        if hit.first == hit.last:
            bare_one = self.tokens.words[hit.first].lower() == "one"
            return not (bare_one or names.may_be_year(self.tokens, hit.first, hit.last))
        return "-" not in self.tokens.words[hit.first : hit.last + 1]

    def _hyphened(self, hit: Hit, unit: Unit | None) -> str | None:
        """The "member" of "12-member"."""
        words = self.tokens.words[hit.last + 1 : hit.last + 3]
        if unit is not None or len(words) < 2 or words[0] != "-" or not words[1].isalpha():
            return None
        touching = self.tokens.starts[hit.last + 1] == hit.end
        return (
            words[1].lower()
            if touching and self.tokens.ends[hit.last + 1] == self.tokens.starts[hit.last + 2]
            else None
        )

    def _plural_follows(self, hit: Hit) -> bool:
        words = words_of(self.document.doc, hit.start, hit.end)
        if words is None:
            return False
        return words[0].lower_ == "none" or (words[0].dep_ == "det" and words[0].head.tag_ == "NNS")

    def _modifier(self, first: int, last: int) -> tuple[str, int, int]:
        """The effect of the words before or after, and the tokens from and to which the amount then runs."""
        left = max(0, first - _LEFT)
        nearby = self.codes[left:first]
        for modifier, pattern in self.compiled.before:
            match = pattern.regex.search(nearby)
            if match is not None and not self._governs(left + match.start(), first):
                return modifier.effect, left + match.start(), last
        for modifier, pattern in self.compiled.after:
            match = pattern.regex.match(self.codes, last + 1)
            if match is not None:
                return modifier.effect, first, match.end() - 1
        return "", first, last

    def _governs(self, start: int, first: int) -> bool:
        """Whether the would-be modifier is a preposition with its own object."""
        doc, tokens = self.document.doc, self.tokens
        words = words_of(doc, tokens.starts[start], tokens.ends[first - 1])
        number = words_of(doc, tokens.starts[first], tokens.ends[first])
        return words is not None and number is not None and names.is_preposition(words, number)

    def _symbol(self, rule: CoreRule, hit: Hit, unit: Unit | None) -> str | None:
        if rule.kind in ("age", "apposition"):
            return hit.value("ageunit") or "year"
        if rule.kind == "share":
            return "share"
        return unit.symbol if unit is not None else None

    def _bounds(self, rule: CoreRule, said: Bounds, unit: Unit | None, effect: str) -> Bounds:
        """The range after modifier and unit. What "dozens" leaves open, modifiers leave open too."""
        bounds = said
        if effect and said.min is not None and said.max is not None:
            bounds = modified(effect, said.min, said.max, rule.kind == "number" and unit is None)
        if unit is None or (unit.factor == 1.0 and not unit.offset):
            return bounds
        low, high = (
            None if b is None else float(f"{b * unit.factor + unit.offset:.6g}")
            for b in (bounds.min, bounds.max)
        )
        return Bounds(low, high, bounds.approximate)
