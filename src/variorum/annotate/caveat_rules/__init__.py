"""The rules for caveats, one function a kind; each looks at one word and what depends on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from variorum.annotate.caveat_rules import checks, comment, gaps, sources
from variorum.annotate.caveat_rules.page import Finding, Page
from variorum.annotate.tree import Tree
from variorum.lexicon import rows, words

__all__ = ["Finding", "findings"]

Rule = Callable[[Page, int], Finding | None]

_BY_CLASS: dict[str, Rule] = {
    "check": checks.unverified_verb,
    "unchecked": checks.unchecked,
    "checking": checks.unverified_noun,
    "answer": comment.no_answer,
    "unknown": gaps.unclear,
    "thin": gaps.thin_details,
    "person": sources.anonymous_person,
    "press": sources.secondhand,
    "record": sources.secondhand,
}
_BY_WORD: dict[str, Rule] = {
    "anonymity": sources.anonymity,
    "anonymously": sources.anonymity,
    "authorise": sources.not_authorised,
    "authorize": sources.not_authorised,
    "cite": sources.citing,
    "clear": gaps.unclear,
    "comment": comment.no_comment,
    "detail": gaps.no_details,
    "identify": sources.not_named,
    "know": gaps.not_known,
    "name": sources.not_named,
    "quote": sources.citing,
    "reach": comment.not_reached,
    "report": sources.reports_say,
    "see": checks.not_seen,
}


@cache
def _rules() -> dict[str, Rule]:
    """Which rule looks at which lemma: most words are looked at by none."""
    listed = {word: _BY_CLASS[c] for word, c in rows("caveat_words.txt") if c in _BY_CLASS}
    return listed | _BY_WORD


def findings(tree: Tree, outlet: str | None) -> Iterator[Finding]:
    """Every caveat of an article, in order of the words that show them."""
    page = Page(tree, (outlet or "").lower())
    rules = _rules()
    organisations = words("news_organisations.txt")
    for i, lemma in enumerate(tree.lemma):
        rule = rules.get(lemma) or rules.get(tree.lower[i])
        if rule is None and tree.pos[i] == "PROPN":
            name = tree.lower[i]
            if name in organisations or (i and f"{tree.lower[i - 1]} {name}" in organisations):
                rule = sources.secondhand
        found = rule(page, i) if rule is not None else None
        if found is not None:
            yield found
