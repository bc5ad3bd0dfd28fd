"""Who holds which office, as the accounts say it: "the mayor" of one account is the person another names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from variorum.compare.parties import party_key, same_person
from variorum.lexicon import table, words
from variorum.model import Annotation, Entity

_REACH = 90  # characters on each side of a name in which its office is looked for
_LONGEST = 6  # words of an office before its head
_WORD = re.compile(r"[\w’'.-]*\w")
_AFTER = re.compile(r",\s+(?:the|a|an|its|their|his|her|who is(?: the| a| an)?)?\s*([^,;:.!?“”\"\n]{3,80})")
_OF = re.compile(r"\s+(?:of|for|at|from|with|in)\s+(?:the\s+)?")
_NAME = re.compile(r"[^\W\d_][\w’'-]*(?:\s+[^\W\d_][\w’'-]*){1,2}")
_INDEFINITE = re.compile(r"(?:an?|one|two|three|four|some|several|many|another|other|both|few)\b", re.I)


@dataclass(frozen=True, slots=True)
class Office:
    """An office: the lemma of its head noun, and what is said of it ("regional", a nation, a body).

    `body` is whom the holder of a spokesperson's office speaks for, as the text words it; else empty.
    """

    head: str
    said: frozenset[str]
    body: str = ""

    def fits(self, other: Office) -> bool:
        """Whether both can be one office: what is said of one is all said of the other."""
        return self.head == other.head and (self.said <= other.said or other.said <= self.said)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with an office that one account gives them."""

    article: str
    person: str
    office: Office


@cache
def _heads() -> frozenset[str]:
    return words("role-heads.txt") | words("office-heads.txt") | words("spokespeople.txt")


def office_of(phrase: str, nations: Mapping[str, str]) -> Office | None:
    """The office that a noun phrase names, or None: "Denmark's foreign minister", "the mayor of X".

    The head is the last word of the phrase before "of", "for", "at", "from" or "in" that heads an office.
    """
    front, _, behind = _split(phrase)
    if " and " in front:  # two offices of one person: "founder and director"
        first = front.partition(" and ")[0]
        return office_of(first, nations) or office_of(front.rpartition(" and ")[2], nations)
    found = _WORD.findall(front)
    if not found:
        return None
    head = found[-1].casefold()
    if head not in _heads():
        return None
    before = " ".join(found[:-1])
    body = ""
    if head in words("spokespeople.txt"):
        body = (behind or before).strip()
        body = re.sub(r"['’]s?$", "", body)
    said = party_key(f"{before} {behind}", nations) - _heads() if before or behind else frozenset[str]()
    return Office(
        "spokesperson" if head in words("spokespeople.txt") else head, said - words("office-ends.txt"), body
    )


def _split(phrase: str) -> tuple[str, str, str]:
    match = _OF.search(phrase)
    return (phrase[: match.start()], match[0], phrase[match.end() :]) if match else (phrase, "", "")


def person_of(entity: Entity) -> str | None:
    """The name of a person without their office, or None for what is no person.

    One is a person by label, by a given name before another name, or by an office before two names.
    """
    said = entity.name.split()
    lead = next((n for n, w in enumerate(said) if not _leads(w)), 0)
    said = said[lead:]
    if entity.label == "PERSON":
        proper = all(w[:1].isupper() or w in words("name-particles.txt") for w in said)
        return " ".join(said) if proper and "’s" not in entity.name and "'s" not in entity.name else None
    known = lead > 0 or (bool(said) and said[0] in table("given-names.txt"))
    bodily = any(w.casefold() in words("body-heads.txt") for w in said)
    named = len(said) > 1 and known and not bodily and all(w[:1].isupper() for w in said)
    return " ".join(said) if named and entity.label in ("ORG", "GPE", "FAC", "LOC", "NORP") else None


def _leads(word: str) -> bool:
    """Whether a word before a name is an office or a form of address."""
    plain = word.casefold().rstrip(".")
    return plain in _heads() or plain in words("capacity-words.txt")


def holders(annotation: Annotation, nations: Mapping[str, str]) -> Iterator[Holder]:
    """The offices that stand beside the names of persons in one account: "Mayor X", "X, the mayor,"."""
    text, end = annotation.article.text, 0
    for entity in annotation.entities:
        name = person_of(entity)
        if name is None:
            continue
        line = text.rfind("\n", 0, entity.span.start) + 1
        before = text[
            max(
                line, end if end <= entity.span.start else line, entity.span.start - _REACH
            ) : entity.span.start
        ]
        after = text[entity.span.end : entity.span.end + _REACH]
        for phrase in (*_before(entity, before), *_after(after)):
            office = office_of(phrase, nations)
            if office is not None:
                yield Holder(annotation.article.id, name, office)
        end = entity.span.end


def _before(entity: Entity, text: str) -> Iterator[str]:
    """The words before a name as far as they can be an office: "Coast Guard spokeswoman", "the mayor,"."""
    said = entity.name.split()
    lead = next((n for n, w in enumerate(said) if not _leads(w)), 0)
    inside = " ".join(said[:lead])
    last = re.split(r"[.;:!?“”\"()]\s|,\s(?!$)", text)[-1].rstrip().removesuffix(",")
    kept: list[str] = []
    for word in reversed(_WORD.findall(last)):
        if word.casefold() in words("office-ends.txt") or len(kept) > _LONGEST:
            break
        kept.append(word)
    phrase = " ".join([*reversed(kept), inside]).strip()
    if phrase:
        yield phrase


def _after(text: str) -> Iterator[str]:
    match = _AFTER.match(text)
    if match:
        yield match[1].strip()


@dataclass(frozen=True, slots=True)
class Offices:
    """All holders of offices in a story, and the names of all its persons."""

    all: tuple[Holder, ...]
    persons: frozenset[str] = frozenset()

    @classmethod
    def of(cls, annotations: Sequence[Annotation], nations: Mapping[str, str]) -> Offices:
        """Those that the accounts name."""
        return cls(
            tuple(h for a in annotations for h in holders(a, nations)),
            frozenset(p for a in annotations for e in a.entities if (p := person_of(e))),
        )

    def person(self, phrase: str) -> str | None:
        """The person that a phrase names, None where it only holds a name.

        "X", "Mayor X", "X, the mayor", "the mayor, X".
        """
        front, _, behind = phrase.partition(",")
        behind = behind.strip()
        if behind in self.persons or (office_of(front, {}) and _NAME.fullmatch(behind)):
            return behind
        said = front.split()
        if len(said) == 1:
            bearers = [p for p in sorted(self.persons) if " " in p and p.endswith(f" {front}")]
            one = bool(bearers) and all(same_person(bearers[0], p) for p in bearers)
            return bearers[0] if one else front if front in self.persons else None
        for n in range(len(said)):
            rest = " ".join(said[n:])
            if rest in self.persons:
                return rest if n == 0 or said[n - 1].casefold() not in words("office-ends.txt") else None
        return None

    def holder(self, article: str, phrase: str, nations: Mapping[str, str]) -> str | None:
        """The one person who holds the office that a source of an account names; None where none or two do.

        What the account itself says goes before what the others say.
        """
        if _INDEFINITE.match(phrase):
            return None
        office = office_of(phrase, nations)
        if office is None or (office.head == "spokesperson" and not office.said):
            return None
        fitting = [h for h in self.all if h.office.fits(office)]
        for group in ([h for h in fitting if h.article == article], fitting):
            names = sorted({h.person for h in group}, key=lambda n: (-len(n), n))
            if names:
                return names[0] if all(same_person(names[0], n) for n in names) else None
        return None

    def speaks_for(self, person: str) -> str | None:
        """Whom a spokesperson speaks for, in the longest wording that an account has; None for others."""
        bodies = {h.office.body for h in self.all if h.office.body and same_person(h.person, person)}
        return min(bodies, key=lambda b: (-len(b), b)) if bodies else None

    def full_name(self, person: str) -> str:
        """The longest name by which an account gives this person an office."""
        names = {h.person for h in self.all if same_person(h.person, person)} | {person}
        return min(names, key=lambda n: (-len(n), n))
