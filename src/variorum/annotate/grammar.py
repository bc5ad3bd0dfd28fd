r"""Rules over tokens, written as regular expressions whose letters are whole words.

Every word that a rule or a word list knows becomes one character, so that a text becomes a short string and a
rule one compiled expression over it. A rule is written with

    month            the word itself (lower case; the text may have capitals)
    <month>          a word of that class, kept under the class's name
    <m:month>        the same, kept under the name m
    ~month           a word of that class, not kept
    { … }            the extent of the expression, where it is less than the whole match
    . , : / ' - $    the mark itself
    ( | ) ? * + [ ]  and look-around and \Z, as in `re`; a literal bracket is written \( or \)

Blanks mean nothing. Quantifiers are bounded or range over disjoint classes, so that matching stays linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from variorum.annotate.lexicon import Lexicon, spellings
from variorum.annotate.tokens import (
    DAY_NUMBER,
    DECADE_NUMBER,
    DECIMAL,
    FOUR_DIGITS,
    INTEGER,
    LARGE_ORDINAL,
    LINE_END,
    NUMBER_WORD,
    ORDINAL,
    OTHER,
    TWO_DIGITS,
    YEAR_NUMBER,
    Tokens,
)

_INTEGERS = DAY_NUMBER + TWO_DIGITS + YEAR_NUMBER + FOUR_DIGITS + INTEGER
_KINDS = {
    "dd": DAY_NUMBER,
    "two": DAY_NUMBER + TWO_DIGITS,
    "yyyy": YEAR_NUMBER,
    "four": YEAR_NUMBER + FOUR_DIGITS,
    "int": _INTEGERS,
    "num": _INTEGERS + DECIMAL + NUMBER_WORD,
    "numword": NUMBER_WORD,
    "decimal": DECIMAL,
    "nth": ORDINAL + LARGE_ORDINAL,
    "day": DAY_NUMBER + ORDINAL,
    "hour": DAY_NUMBER + TWO_DIGITS + DECIMAL + NUMBER_WORD,
    "decades": DECADE_NUMBER,
    "eol": LINE_END,
    "other": OTHER,
}
_PIECE = re.compile(
    r"(?P<look>\(\?<?[=!:]|\\Z)|(?P<kept><(?:(?P<name>\w+):)?(?P<kind>\w+)>)|~(?P<free>\w+)"
    r"|(?P<word>'s|[a-z]+)|(?P<mark>\\[()]|[.,:/'$£€%\";&@#!])|(?P<open>\{)|(?P<close>\})|(?P<syntax>[()|?*+\[\]^-]|\d)"
    r"|(?P<blank>\s+)"
)
_REACH = 7  # tokens that a rule may look at before and after its triggers
_MARKS = ".,:/'$£€%\"()-;&@#!+"
_FIRST = 0xE000  # private use: no text's own characters stand in a code string


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled rule.

    `kept` maps the name of a kept word to the groups that may hold it, each with its class: a name may stand
    in several branches of a rule. A text that lacks all characters of one of
    the sets in `required` cannot match: most rules need not be tried on most texts.
    """

    regex: re.Pattern[str]
    kept: Mapping[str, tuple[tuple[str, str], ...]]
    extent: str | int
    required: tuple[frozenset[str], ...]

    def finditer(self, codes: str, present: frozenset[str]) -> Iterator[re.Match[str]]:
        """The matches in an encoded text, of whose characters `present` is the set."""
        if any(needed.isdisjoint(present) for needed in self.required):
            return iter(())
        return self.regex.finditer(codes)


@dataclass(frozen=True, slots=True)
class Grammar:
    """A lexicon with the words of a set of rules, able to encode texts and to compile those rules."""

    lexicon: Lexicon
    _codes: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, lexicon: Lexicon, rules: Iterable[str]) -> Grammar:
        """The grammar whose alphabet is the lexicon's words and all the words that the rules name."""
        cased = set(lexicon.classes.get("cased", {}))
        words = {w for members in lexicon.classes.values() for w in members}
        for rule in rules:
            words |= {m["word"] for m in _PIECE.finditer(rule) if m["word"]}
        codes: dict[str, str] = {}
        for number, word in enumerate(sorted(words)):
            for form in spellings(word)[1 if word in cased else 0 :]:
                codes[form] = chr(_FIRST + number)
        codes |= {mark: mark for mark in _MARKS}
        return cls(lexicon, codes)

    def encode(self, tokens: Tokens) -> str:
        """One character a token."""
        get = self._codes.get
        return "".join(
            [get(w, k) if k == OTHER else k for w, k in zip(tokens.words, tokens.kinds, strict=True)]
        )

    def condense(self, codes: str, triggers: re.Pattern[str]) -> tuple[str, list[int]]:
        """Only the parts of an encoded text that lie near a trigger, and the index of each one's token.

        Rules run over some fifth of a news text this way. Parts are kept apart by a line end.
        """
        parts: list[str] = []
        places: list[int] = []
        start = end = 0
        for match in triggers.finditer(codes):
            if match.start() - _REACH > end:
                parts.append(codes[start:end] + LINE_END)
                places.extend(range(start, end + 1))
                start = match.start() - _REACH
            end = min(match.end() + _REACH, len(codes))
        parts.append(codes[start:end])
        places.extend(range(start, end))
        return "".join(parts), places

    def triggers(self, kinds: Iterable[str]) -> re.Pattern[str]:
        """Finds the words of some classes, one or several in a row."""
        return re.compile("[" + "".join(self._charset(kind)[1:-1] for kind in kinds) + "]+")

    def compile(self, rule: str) -> Pattern:
        """Compile one rule.

        Raises:
            ValueError: if the rule names a class that does not exist, or is not well formed.
        """
        parts: list[str] = []
        kept: dict[str, tuple[tuple[str, str], ...]] = {}
        required: list[frozenset[str]] = []
        position = depth = 0
        while position < len(rule):
            piece = _PIECE.match(rule, position)
            if piece is None:
                raise ValueError(f"cannot read {rule[position:]!r} in rule {rule!r}")
            position = piece.end()
            part = self._compiled(piece, kept)
            depth += part.startswith("(?") - part.count(")") if piece["look"] or piece["syntax"] else 0
            depth += part == "("
            parts.append(part)
            if depth == 0 and self._is_required(piece, rule[position:]):
                required.append(self._characters(piece))
        try:
            regex = re.compile("".join(parts))
        except re.error as e:
            raise ValueError(f"{e} in rule {rule!r}") from e
        extent = "extent" if "extent" in regex.groupindex else 0
        return Pattern(regex, kept, extent, tuple(required) if _alternatives_are_inside(rule) else ())

    @staticmethod
    def _is_required(piece: re.Match[str], rest: str) -> bool:
        word = piece["kept"] or piece["free"] or piece["word"] or piece["mark"]
        return bool(word) and rest.lstrip()[:1] not in ("?", "*")

    def _characters(self, piece: re.Match[str]) -> frozenset[str]:
        """The characters that a word, class or mark of a rule can be."""
        kind = piece["kind"] or piece["free"]
        if kind:
            return frozenset(self._members(kind))
        return frozenset(piece["mark"].lstrip("\\") if piece["mark"] else self._codes[piece["word"].upper()])

    def _compiled(self, piece: re.Match[str], kept: dict[str, tuple[tuple[str, str], ...]]) -> str:
        if piece["kept"]:
            name = piece["name"] or piece["kind"]
            group = f"{name}_{len(kept.get(name, ()))}"
            kept[name] = (*kept.get(name, ()), (group, piece["kind"]))
            return f"(?P<{group}>{self._charset(piece['kind'])})"
        if piece["free"]:
            return self._charset(piece["free"])
        if piece["word"]:
            return self._codes[piece["word"].upper()]
        if piece["mark"]:
            return re.escape(piece["mark"].lstrip("\\"))
        if piece["open"]:
            return "(?P<extent>"
        if piece["close"]:
            return ")"
        return "" if piece["blank"] else piece.group()

    def _charset(self, kind: str) -> str:
        return "[" + "".join(sorted(re.escape(character) for character in self._members(kind))) + "]"

    def _members(self, kind: str) -> set[str]:
        """The characters of a class of words or tokens."""
        if kind in _KINDS:
            return set(_KINDS[kind])
        members = self.lexicon.classes.get(kind)
        if members is None:
            raise ValueError(f"no class of words is called {kind!r}")
        return {self._codes[word.upper()] for word in members}


def _alternatives_are_inside(rule: str) -> bool:
    """Whether every "|" of a rule stands in brackets."""
    depth = 0
    for character in rule.replace("\\(", "").replace("\\)", ""):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule matched."""

    match: re.Match[str]
    pattern: Pattern
    tokens: Tokens
    lexicon: Lexicon
    places: Sequence[int]

    @property
    def first(self) -> int:
        """Index of the first token of the expression."""
        return self.places[self._extent()[0]]

    @property
    def last(self) -> int:
        """Index of the last token of the expression."""
        return self.places[self._extent()[1] - 1]

    @property
    def start(self) -> int:
        """Offset of the expression's first character."""
        return self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Offset after the expression's last character."""
        return self.tokens.ends[self.last]

    def _extent(self) -> tuple[int, int]:
        return self.match.span(self.pattern.extent)

    def _kept(self, name: str) -> tuple[int, str] | None:
        """Index and class of the token kept under a name."""
        for group, kind in self.pattern.kept.get(name, ()):
            if (at := self.match.start(group)) >= 0:
                return self.places[at], kind
        return None

    def has(self, name: str) -> bool:
        """Whether a kept word of that name was matched."""
        return self._kept(name) is not None

    def index(self, name: str) -> int:
        """Index of the token kept under a name; -1 where there is none."""
        kept = self._kept(name)
        return kept[0] if kept else -1

    def word(self, name: str) -> str:
        """The kept word in lower case; empty where there is none."""
        kept = self._kept(name)
        return self.tokens.words[kept[0]].lower() if kept else ""

    def value(self, name: str) -> str:
        """The lexicon's value of a kept word; empty where there is none."""
        kept = self._kept(name)
        return self.lexicon.value(kept[1], self.tokens.words[kept[0]].lower()) if kept else ""

    def number(self, name: str) -> float | None:
        """The value of a kept number; None where there is none."""
        kept = self._kept(name)
        return self.tokens.numbers[kept[0]] if kept else None
