"""When two names mean one party: nations by code, British and American spellings, surnames, spokespeople."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from variorum.lexicon import rows, table, words
from variorum.model import Annotation

_WORD = re.compile(r"\w+(?:-\w+)*")
_SHORT_FORM = 3  # letters that a first name and its short form have in common
_ONE_NAME = 0.6  # Damerau-Levenshtein similarity of two spellings of a first name
_POSSESSIVE = re.compile(r"['’]s?\b")


@cache
def _demonyms() -> Mapping[str, str]:
    return {
        form.casefold(): row[0]
        for row in rows("nations.txt")
        for column in row[1:]
        for form in column.split("|")
        if form and " " not in form
    }


@cache
def _countries() -> Mapping[str, str]:
    return {name.casefold(): code for name, code in rows("country-names.txt")}


@cache
def _long_countries() -> re.Pattern[str]:
    """Names of countries of several words; the longest first."""
    found = sorted((n for n in _countries() if not n.isalnum()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\b", re.IGNORECASE)


def nation_words(annotations: Iterable[Annotation]) -> dict[str, str]:
    """Lower-cased words that stand for a nation, with its ISO code.

    Demonyms, seats of government, names of countries, and what else the accounts use as such.
    """
    found = {name: code for name, code in _countries().items() if name.isalnum()} | dict(_demonyms())
    for annotation in annotations:
        for entity in annotation.entities:
            if entity.nation and entity.label in ("GPE", "NORP") and " " not in entity.name:
                found[entity.name.casefold()] = entity.nation
    return found


def party_key(name: str, nations: Mapping[str, str]) -> frozenset[str]:
    """What a name has in common with other names of the same party.

    "The Russian Defense Ministry" and "a spokesperson for Russia's ministry of defence" have one key; nations
    stand as upper-case codes. A name that holds nothing but empty words is its own key.
    """
    plain = _POSSESSIVE.sub("", name)
    codes: set[str] = set()
    if nations:
        codes = {_countries()[m[0].casefold()] for m in _long_countries().finditer(plain)}
        plain = _long_countries().sub(" ", plain)
    said = [w.casefold() for w in _WORD.findall(plain)]
    empty = words("capacity-words.txt")
    key = frozenset(part for w in said if w not in empty for part in _same(w, nations))
    return key | codes or frozenset(said)


def _same(word: str, nations: Mapping[str, str]) -> Sequence[str]:
    """What a word of a name is compared under."""
    if word in nations:
        return (nations[word],)
    word = table("spelling.txt").get(word, (word,))[0]
    return table("party-synonyms.txt").get(word, (word,))[0].split()


def longer_keys(keys: Iterable[frozenset[str]]) -> dict[frozenset[str], frozenset[str]]:
    """For a key whose words are all in exactly one longer key, that longer one.

    Of keys that hold one another ("ministry", "defence ministry", "X's defence ministry") the longest counts.
    A nation alone is no part of a longer name: "Norway" is not its foreign ministry.
    """
    known = set(keys)
    by_word: dict[str, list[frozenset[str]]] = defaultdict(list)
    for key in known:
        for word in key:
            by_word[word].append(key)
    longer: dict[frozenset[str], frozenset[str]] = {}
    for key in known:
        if all(word.isupper() for word in key):
            continue
        holders = [other for other in min((by_word[w] for w in key), key=len) if key < other]
        top = [h for h in holders if not any(h < other for other in holders)]
        if len(top) == 1:
            longer[key] = top[0]
    return longer


def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's: the surnames are spelt alike, and first names do not object.

    Transliterations of one surname differ by a letter or two (Damerau-Levenshtein similarity of 0.8 or more).
    """
    from rapidfuzz.distance import DamerauLevenshtein

    x, y = _names(a), _names(b)
    if not x or not y or DamerauLevenshtein.normalized_similarity(x[-1], y[-1], score_cutoff=0.8) < 0.8:
        return False
    return len(x) == 1 or len(y) == 1 or _one_first_name(x[0], y[0])


def _one_first_name(x: str, y: str) -> bool:
    """Whether two first names can be one: an initial, a short form, another spelling; not "John", "Jane"."""
    from rapidfuzz.distance import DamerauLevenshtein

    short, long = sorted((x, y), key=len)
    if x[0] != y[0] or long.startswith(short) or x[:_SHORT_FORM] == y[:_SHORT_FORM]:
        return x[0] == y[0]
    return DamerauLevenshtein.normalized_similarity(x, y) >= _ONE_NAME


@lru_cache(maxsize=4096)  # each name is compared with every other
def _names(name: str) -> tuple[str, ...]:
    """The words of a person's name without offices and forms of address."""
    empty = words("capacity-words.txt")
    return tuple(w for w in _WORD.findall(_plain(_POSSESSIVE.sub("", name))) if w not in empty)


def _plain(name: str) -> str:
    """The name in small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


def commonest(forms: Iterable[str]) -> str:
    """The form used most; of equals the longest, then the first by alphabet."""
    counts = Counter(forms)
    return min(counts, key=lambda form: (-counts[form], -len(form), form))
