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

_ASKED = ["LOWER", "DEP", "TAG", "IS_SPACE"]
_SET = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
_MOST = 1 << 17  # words remembered: a bound on memory, beyond it all are forgotten


@dataclass(frozen=True, slots=True)
class Named:
    """The words and relations that single-word rules name, and patterns of words."""

    words: frozenset[str]
    relations: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]


@dataclass(slots=True)
class Morphology:
    """A component that stands for spaCy's attribute ruler and lemmatizer and finds the same.

    `sequences` holds the rules of more than one word; the ruler's others see one word alone.
    """

    ruler: Any
    lemmatizer: Any
    named: Named
    sequences: Matcher
    _relations: frozenset[int] = field(init=False)
    _columns: dict[int, int] = field(init=False)
    _words: dict[int, int] = field(default_factory=dict)
    _rules: dict[tuple[int, ...], tuple[int, ...]] = field(default_factory=dict)
    _lemmas: dict[tuple[int, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from spacy.attrs import IDS

        strings = self.ruler.vocab.strings
        self._relations = frozenset(strings[name] if name else 0 for name in self.named.relations)
        self._columns = {IDS[name]: k for k, name in enumerate(_SET)}

    def __call__(self, doc: Doc) -> Doc:
        """Set parts of speech, features and lemmas of a tagged and parsed document."""
        if not len(doc):
            return doc
        if len(self._words) > _MOST or len(self._lemmas) > _MOST:
            self._words, self._lemmas = {}, {}
        values = doc.to_array(_SET)
        rules = [self._rules_of(doc, i, *row) for i, row in enumerate(doc.to_array(_ASKED).tolist())]
        for match, start, _ in self.sequences(doc, allow_missing=True):
            rule = int(doc.vocab.strings[match])
            target = start + self.ruler.indices[rule]
            rules[target] = tuple(sorted((*rules[target], rule)))
        columns, attributes = self._columns, self.ruler.attrs
        for row, numbers in zip(values, rules, strict=True):
            for number in numbers:
                for attribute, value in attributes[number].items():
                    row[columns[attribute]] = value
        doc.from_array(_SET, values)
        return self._lemmatize(doc, values)

    def _rules_of(self, doc: Doc, i: int, lower: int, relation: int, tag: int, space: int) -> tuple[int, ...]:
        word = self._words.get(lower)
        if word is None:
            text = doc.vocab.strings[lower]
            named = text in self.named.words or any(p.search(text) for p in self.named.patterns)
            word = self._words[lower] = lower if named else 0
        kind = (word, relation if relation in self._relations else -1, tag, space)
        rules = self._rules.get(kind)
        if rules is None:
            matches = self.ruler.matcher(doc[i : i + 1], allow_missing=True)
            rules = self._rules[kind] = tuple(sorted(int(doc.vocab.strings[m]) for m, _, _ in matches))
        return rules

    def _lemmatize(self, doc: Doc, values: Any) -> Doc:
        strings = doc.vocab.strings
        lemmas = values[:, 4].tolist()
        keys = zip(doc.to_array("ORTH").tolist(), values[:, 2].tolist(), values[:, 3].tolist(), strict=True)
        for i, key in enumerate(keys):
            if lemmas[i]:
                continue
            lemma = self._lemmas.get(key)
            if lemma is None:
                lemma = self._lemmas[key] = strings.add(self.lemmatizer.lemmatize(doc[i])[0])
            lemmas[i] = lemma
        return doc.from_array(["LEMMA"], np.array(lemmas, np.uint64))


def can_read(component: Any) -> bool:
    """Whether `read_morphology` knows all that this attribute ruler or lemmatizer does."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.pipeline import AttributeRuler

    if type(component) is AttributeRuler:
        return all(
            set(rule["attrs"]) <= set(_SET)
            and all("OP" not in word for pattern in rule["patterns"] for word in pattern)
            and all(_is_known(pattern[0]) for pattern in rule["patterns"] if len(pattern) == 1)
            for rule in component.patterns
        )
    return type(component) is EnglishLemmatizer and component.mode == "rule" and not component.overwrite


def read_morphology(ruler: Any, lemmatizer: Any) -> Morphology:
    """What stands for spaCy's components of these names, if `can_read` both."""
    from spacy.matcher import Matcher

    sequences = Matcher(ruler.vocab)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for number, rule in enumerate(ruler.patterns):
        long = [pattern for pattern in rule["patterns"] if len(pattern) > 1]
        if long:
            sequences.add(str(number), long)
        for pattern in rule["patterns"]:
            if len(pattern) == 1:
                for attribute, operator, value in _conditions(pattern[0]):
                    found[attribute, "REGEX" if operator == "REGEX" else ""].add(value)
    named = Named(
        frozenset(found["LOWER", ""]),
        frozenset(found["DEP", ""]),
        tuple(re.compile(p) for p in sorted(found["LOWER", "REGEX"])),
    )
    return Morphology(ruler, lemmatizer, named, sequences)


def _is_known(word: Mapping[str, Any]) -> bool:
    return all(
        attribute in _ASKED
        and (operator in ("==", "IN", "NOT_IN") or (operator == "REGEX" and attribute == "LOWER"))
        for attribute, operator, _ in _conditions(word)
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
