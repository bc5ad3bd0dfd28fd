"""Parts of speech, features and lemmas by the pipeline's own rules, each kind of word looked at once.

A rule of spaCy's attribute ruler asks for a tag, a relation or one of a few words; all words that no rule
names are alike to it. So the rules that apply are remembered for each such kind of word, and a lemma for each
form, part of speech and features.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

_ASKED: list[int | str] = ["LOWER", "DEP", "TAG", "IS_SPACE"]
_SET: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
_MOST = 1 << 17  # words remembered: a bound on memory, beyond it all are forgotten


@dataclass(frozen=True, slots=True)
class Named:
    """The words and relations that rules name, and patterns of words."""

    words: frozenset[str]
    relations: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def names(self, word: str) -> bool:
        """Whether a word in lower case is named."""
        return word in self.words or any(p.search(word) for p in self.patterns)


@dataclass(slots=True)
class Morphology:
    """A component that stands for spaCy's attribute ruler and lemmatizer and finds the same.

    `named` is what rules for one word name. `sequences` holds the rules for more, up to `longest` words, and
    `first` what they name for the first of them.
    """

    ruler: Any
    lemmatizer: Any
    named: Named
    sequences: Matcher
    first: Named
    longest: int
    _relations: frozenset[int] = field(init=False)
    _first_relations: frozenset[int] = field(init=False)
    _columns: dict[int, int] = field(init=False)
    _words: dict[int, tuple[int, bool]] = field(default_factory=dict)
    _rules: dict[tuple[int, ...], tuple[int, ...]] = field(default_factory=dict)
    _lemmas: dict[tuple[int, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from spacy.attrs import IDS

        strings = self.ruler.vocab.strings
        self._relations, self._first_relations = (
            frozenset(strings[name] if name else 0 for name in named.relations)
            for named in (self.named, self.first)
        )
        self._columns = {IDS[name]: k for k, name in enumerate(_SET)}

    def __call__(self, doc: Doc) -> Doc:
        """Set parts of speech, features and lemmas of a tagged and parsed document."""
        if not len(doc):
            return doc
        if len(self._words) > _MOST or len(self._lemmas) > _MOST:
            self._words, self._lemmas = {}, {}
        values: Any = doc.to_array(_SET)
        words, first = self._words, self._first_relations
        rules, starts = [], []
        for i, (lower, relation, tag, space) in enumerate(doc.to_array(_ASKED).tolist()):
            word, begins = words.get(lower) or self._new_word(doc, lower)
            rules.append(self._rules_of(doc, i, word, relation, tag, space))
            if begins or relation in first:
                starts.append(i)
        for start in starts:
            self._add_sequences(doc, start, rules)
        columns, attributes = self._columns, self.ruler.attrs
        for row, numbers in zip(values, rules, strict=True):
            for number in numbers:
                for attribute, value in attributes[number].items():
                    row[columns[attribute]] = value
        doc.from_array(_SET, values)
        return self._lemmatize(doc, values)

    def _new_word(self, doc: Doc, lower: int) -> tuple[int, bool]:
        text = doc.vocab.strings[lower]
        word = lower if self.named.names(text) else 0, self.first.names(text)
        self._words[lower] = word
        return word

    def _rules_of(self, doc: Doc, i: int, word: int, relation: int, tag: int, space: int) -> tuple[int, ...]:
        kind = (word, relation if relation in self._relations else -1, tag, space)
        rules = self._rules.get(kind)
        if rules is None:
            matches = self.ruler.matcher(doc[i : i + 1], allow_missing=True)
            rules = self._rules[kind] = tuple(sorted(int(doc.vocab.strings[m]) for m, _, _ in matches))
        return rules

    def _add_sequences(self, doc: Doc, start: int, rules: list[tuple[int, ...]]) -> None:
        for match, offset, _ in self.sequences(doc[start : start + self.longest], allow_missing=True):
            if not offset:
                rule = int(doc.vocab.strings[match])
                target = start + self.ruler.indices[rule]
                rules[target] = tuple(sorted((*rules[target], rule)))

    def _lemmatize(self, doc: Doc, values: Any) -> Doc:
        strings = doc.vocab.strings
        lemmas: Any = values[:, 4].tolist()
        keys = zip(doc.to_array("ORTH").tolist(), values[:, 2].tolist(), values[:, 3].tolist(), strict=True)
        for i, key in enumerate(keys):
            if lemmas[i]:
                continue
            lemma = self._lemmas.get(key)
            if lemma is None:
                lemma = self._lemmas[key] = strings.add(self.lemmatizer.lemmatize(doc[i])[0])
            lemmas[i] = lemma
        column: Any = np.array(lemmas, np.uint64)
        return doc.from_array(["LEMMA"], column)


def can_read(component: Any) -> bool:
    """Whether `read_morphology` knows all that this attribute ruler or lemmatizer does."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.pipeline import AttributeRuler

    if type(component) is AttributeRuler:
        rules: list[Any] = component.patterns
        patterns = [pattern for rule in rules for pattern in rule["patterns"]]
        return (
            all(set(rule["attrs"]) <= set(_SET) and rule["index"] >= 0 for rule in rules)
            and all("OP" not in word for pattern in patterns for word in pattern)
            and all(_is_known(pattern[0], first=len(pattern) > 1) for pattern in patterns)
        )
    return type(component) is EnglishLemmatizer and component.mode == "rule" and not component.overwrite


def read_morphology(ruler: Any, lemmatizer: Any) -> Morphology:
    """What stands for spaCy's components of these names, if `can_read` both."""
    from spacy.matcher import Matcher

    _make_sets(lemmatizer.lookups)
    sequences = Matcher(ruler.vocab)
    alone, first = [], []
    longest = 1
    for number, rule in enumerate(ruler.patterns):
        long = [pattern for pattern in rule["patterns"] if len(pattern) > 1]
        if long:
            sequences.add(str(number), long)
        first += [pattern[0] for pattern in long]
        alone += [pattern[0] for pattern in rule["patterns"] if len(pattern) == 1]
        longest = max(longest, *map(len, rule["patterns"]))
    return Morphology(ruler, lemmatizer, _named(alone), sequences, _named(first), longest)


def _named(words: list[Mapping[str, Any]]) -> Named:
    found: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for word in words:
        for attribute, operator, value in _conditions(word):
            found[attribute, operator == "REGEX"].add(value)
    return Named(
        frozenset(found["LOWER", False]),
        frozenset(found["DEP", False]),
        tuple(re.compile(p) for p in sorted(found["LOWER", True])),
    )


def _make_sets(lookups: Any) -> None:
    """Hold the known lemmas as sets: each form that is tried is looked for in lists of ten thousands."""
    index = lookups.get_table("lemma_index", {})
    for part_of_speech, forms in list(index.items()):
        index[part_of_speech] = frozenset(forms)


def _is_known(word: Mapping[str, Any], first: bool) -> bool:
    """Whether conditions on a word are of known kinds, and on the `first` of several, that they name it."""
    conditions = list(_conditions(word))
    named = any(a in ("LOWER", "DEP") and operator != "NOT_IN" for a, operator, _ in conditions)
    return (named or not first) and all(
        attribute in _ASKED
        and (operator in ("==", "IN", "NOT_IN") or (operator == "REGEX" and attribute == "LOWER"))
        for attribute, operator, _ in conditions
    )


def _conditions(word: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """The conditions on one word: attribute, operator, value."""
    for attribute, condition in word.items():
        if not isinstance(condition, dict):
            yield attribute, "==", condition
            continue
        for operator, value in condition.items():
            for item in value if isinstance(value, list) else [value]:
                yield attribute, operator, item
