"""Who did it, and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.compare.comparators.finding import Finding, content, deed, marked, meant, per_view
from variorum.compare.comparators.quote import spelt_otherwise
from variorum.compare.parties import same_person
from variorum.compare.sides import stem
from variorum.compare.views import View, words_of
from variorum.lexicon import table, words
from variorum.model import Entity, Span

_FUNCTION = 3  # letters or fewer: pronouns, mostly
_LONG_NAME = 5  # letters from which a name of one word may be another one spelt otherwise
_NAMED = ("PERSON", "ORG", "FAC", "PRODUCT", "EVENT")
_TITLE, _TITLE_WORDS = 60, 4  # characters, and words, before a name that may tell an office
_ENOUGH = 2  # words of an office that two mentions of it share
_BESIDE = 3  # characters between a name and an age
_CONTEXT = 2  # words that clauses with a name spelt in two ways share besides it


@dataclass(frozen=True, slots=True)
class _Who:
    """The party that a role names: its words, label, nation, and whether it is a mere pronoun.

    `name` is the whole name that the account gives it elsewhere, where it does.
    """

    text: str
    name: str
    words: frozenset[str]
    label: str
    nation: str | None
    pronoun: bool


@dataclass(frozen=True, slots=True)
class _Roles:
    doer: _Who | None
    done_to: _Who | None
    verb: str


@per_view
def _roles(view: View) -> _Roles:
    agent, patient = view.claim.agent, view.claim.patient
    return _Roles(_who(view, agent) if agent else None, _who(view, patient) if patient else None, deed(view))


def _who(view: View, head: Span) -> _Who:
    entity = _entity(view, head)
    people = next((e for e in view.entities if e.nation and head.start - e.span.end == 1), None)
    span = entity.span if entity else Span(people.span.start, head.end) if people else head
    text = view.quote_of(span)  # "Belgian rowers", where only "Belgian" is an entity
    of_nation = entity or people
    named = f"{entity.name} {text}" if entity else text
    return _Who(
        text=text,
        name=entity.name if entity else text,
        words=content(words_of(named)) if entity else _longer(named),
        label=entity.label if entity else "",
        nation=of_nation.nation if of_nation else None,
        pronoun=entity is None and len(text) <= _FUNCTION + 1,
    )


def _longer(text: str) -> frozenset[str]:
    """The stems of the words that are no pronouns."""
    return frozenset(stem(w) for w in words_of(text) if len(w) > _FUNCTION)


def _entity(view: View, head: Span) -> Entity | None:
    holding = [e for e in view.entities if e.span.overlaps(head)]
    return max(holding, key=lambda e: (len(e.span), -e.span.start)) if holding else None


def compare(a: View, b: View) -> Finding | None:
    """The same doer agrees, another name for one is compatible.

    With the same verb, roles that are swapped contradict ("X shot Y" / "Y shot X"), and so do doers of two
    nations, or two persons, who did it to the same one. A name that each account spells in its own way is
    compatible.
    """
    x, y = _roles(a), _roles(b)
    office = _one_office(a, b)
    if office:
        return Finding("contradict", "actor", f"{office}: two names for one office", 0.7)
    if (_nameless(a) and _identified(b)) or (_nameless(b) and _identified(a)):
        said = f"{marked(a.text)} / {marked(b.text)}"
        return Finding("contradict", "actor", f"{said}: named in one account, not yet in the other", 0.6)
    if x.doer is None or y.doer is None:
        return _spelt(a, b)
    same_verb = bool(x.verb) and x.verb == y.verb
    said = f"{marked(x.doer.text)} / {marked(y.doer.text)}"
    if same_verb and _swapped(x, y):
        return Finding("contradict", "actor", f"{said}: who did it to whom is swapped", 0.8)
    spelt = _spelt(a, b)
    if spelt:
        return spelt
    if _same(x.doer, y.doer):
        if x.doer.words == y.doer.words:
            return Finding("agree", "actor", f"{said}: the same doer", 0.17)
        return Finding("agree", "actor", f"{said}: one doer, named otherwise", 0.55)
    two = _two_parties(x.doer, y.doer)
    if same_verb and two and _same_patient(x, y):
        return Finding("contradict", "actor", f"{said}: not one party", 0.7)
    if x.doer.pronoun or y.doer.pronoun:
        return None
    if not two and (same_verb or x.doer.words & y.doer.words):
        return Finding("compatible", "actor", f"{said}: perhaps one party under two names", 0.25)
    return Finding("compatible", "actor", f"{said}: other doers in the two accounts' words", 0.08)


def _swapped(x: _Roles, y: _Roles) -> bool:
    if not (x.doer and x.done_to and y.doer and y.done_to):
        return False
    crossed = _same(x.doer, y.done_to) and _same(x.done_to, y.doer)
    return crossed and not _same(x.doer, y.doer) and not _same(x.done_to, y.done_to)


def _same(x: _Who, y: _Who) -> bool:
    """Whether two names can be one party's: not of two nations, and one has all words of the other."""
    if x.nation and y.nation and x.nation != y.nation:
        return False
    if x.label == y.label == "PERSON":
        fewer, more = sorted((set(words_of(x.name)), set(words_of(y.name))), key=len)
        return same_person(x.name, y.name) or (len(fewer) > 1 and fewer <= more)
    return bool(x.words and y.words) and (x.words <= y.words or y.words <= x.words)


def _two_parties(x: _Who, y: _Who) -> bool:
    if x.nation and y.nation:
        return x.nation != y.nation
    return x.label == y.label == "PERSON"


def _same_patient(x: _Roles, y: _Roles) -> bool:
    return bool(x.done_to and y.done_to and _same(x.done_to, y.done_to))


@per_view
def _named(view: View) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of persons and bodies in a claim, each as written and as its words."""
    written = [view.quote_of(e.span) for e in view.entities if e.label in _NAMED]
    names = [name.removesuffix("'s").removesuffix("’s") for name in written]
    return tuple((name, words_of(name)) for name in names)


def _spelt(a: View, b: View) -> Finding | None:
    """Two spellings of one name, where neither account uses the other's."""
    for name, x in _named(a):
        for name_too, y in _named(b):
            changed = [(p, q) for p, q in zip(x, y, strict=False) if p != q]
            if len(x) != len(y) or len(changed) != 1 or not _one_name(*changed[0], alone=len(x) == 1):
                continue
            known = len(x) > 1 or len((meant(a) & meant(b)) - {stem(x[0])}) >= _CONTEXT
            if known and _unlike_texts(a, b, *changed[0]):
                said = f"{marked(name)} / {marked(name_too)}"
                return Finding("compatible", "actor", f"{said}: one name spelt in two ways", 0.3)
    return None


@per_view
def _officers(view: View) -> tuple[tuple[frozenset[str], str, str], ...]:
    """The persons who stand behind the words of an office: those words, the surname, and the whole name."""
    found = []
    for e in view.entities:
        if e.label != "PERSON":
            continue
        before = words_of(view.article_text[max(view.ref.span.start, e.span.start - _TITLE) : e.span.start])
        office = content(before[-_TITLE_WORDS:])
        if not words("other-holders.txt").isdisjoint(before[-_TITLE_WORDS:]):
            continue  # two persons may have held it one after the other
        if office & content(tuple(words("role-heads.txt"))):
            name = view.quote_of(e.span)
            found.append((office, words_of(name)[-1], name))
    return tuple(found)


def _one_office(a: View, b: View) -> str:
    """Two persons given one office; empty where there are none."""
    for office, surname, name in _officers(a):
        for other, surname_too, name_too in _officers(b):
            shared = office & other
            if len(shared) < _ENOUGH or len(shared) < min(len(office), len(other)) or surname == surname_too:
                continue
            if surname not in b.article_text.lower() and surname_too not in a.article_text.lower():
                return f"{marked(name)} / {marked(name_too)}"
    return ""


def _disclosed(view: View) -> frozenset[str]:
    """What it tells of whether names are known, by data/name-disclosure.txt."""
    kinds = table("name-disclosure.txt")
    return frozenset(kinds[w][0] for w in view.words if w in kinds)


@per_view
def _nameless(view: View) -> bool:
    """Whether it says that somebody's name is not told."""
    said = _disclosed(view)
    told = not said.isdisjoint(("told", "identified"))
    negated = view.claim.polarity == "negative" or not words("negations.txt").isdisjoint(view.words)
    return "name" in said and ("withheld" in said or (told and negated))


@per_view
def _identified(view: View) -> bool:
    """Whether it names a person with an age, as victims and suspects are named, or as identified."""
    people = [e.span for e in view.entities if e.label == "PERSON"]
    ages = [q.span for q in view.quantities if q.unit == "year"]
    near = any(0 <= max(p.start - q.end, q.start - p.end) <= _BESIDE for p in people for q in ages)
    return near or (bool(people) and "identified" in _disclosed(view))


def _one_name(x: str, y: str, alone: bool) -> bool:
    shorter, longer = sorted((x, y), key=len)
    if min(len(x), len(y)) < (_LONG_NAME if alone else _LONG_NAME - 1) or longer.startswith(shorter):
        return False
    return spelt_otherwise(x, y) and x[0] == y[0] and abs(len(x) - len(y)) <= 1


def _unlike_texts(a: View, b: View, x: str, y: str) -> bool:
    return y not in a.article_text.lower() and x not in b.article_text.lower()
