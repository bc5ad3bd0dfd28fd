"""What a library answers, as JSON and as lines on a terminal."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

from variorum.model import Article
from variorum.records import Added, Check, Hit, Info, Member, Stored, Story, StoryChange
from variorum.render.clean import for_encoding, visible
from variorum.render.json import Json, dumps

if TYPE_CHECKING:
    from rich.text import Text

__all__ = [
    "added_json",
    "article_json",
    "hit_json",
    "record_json",
    "show_added",
    "show_article",
    "show_check",
    "show_hits",
    "show_info",
    "show_stories",
    "show_story",
    "show_versions",
    "stored_json",
    "story_json",
    "write_members",
]

_SHORT = 12
"""Digits of an id that are shown: enough to name one article among millions."""


_OPENING = 80
"""Characters of a text that stand in for a title."""


def added_json(added: Added) -> Json:
    """The summary of an `add`; `reasons` by what was wrong."""
    return record_json(added) | {"reasons": dict(added.reasons)}


def record_json(record: Added | Check | Info | Story | StoryChange) -> Json:
    """A flat record, field by field."""
    return {f.name: _plain(getattr(record, f.name)) for f in dataclasses.fields(record)}


def _plain(value: Any) -> Any:
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def article_json(article: Article, text: bool = True) -> Json:
    """An article without annotation; `text=False` leaves its words out."""
    names = ("id", "title", "outlet", "url", "published", "language", "sha256")
    return {n: getattr(article, n) for n in names} | ({"text": article.text} if text else {})


def stored_json(stored: Stored, text: bool = True) -> Json:
    """An article with what the library knows of it."""
    return article_json(stored.article, text) | {
        "names": list(stored.names),
        "version": stored.version,
        "versions": stored.versions,
        "added": stored.added,
        "story": stored.story,
    }


def hit_json(hit: Hit) -> Json:
    """An article that was found: where, and the stretch of it that shows it best."""
    return article_json(hit.article, text=False) | {
        "spans": [[s.start, s.end] for s in hit.spans],
        "excerpt": {"span": [hit.excerpt.start, hit.excerpt.end], "text": hit.excerpt.of(hit.article.text)},
    }


def story_json(story: Story, members: Sequence[Member], history: Sequence[StoryChange]) -> Json:
    """A story with its articles, without their words, and its history."""
    return record_json(story) | {
        "members": [
            {"article": article_json(m.article, text=False), "confidence": m.confidence, "reason": m.reason}
            for m in members
        ],
        "history": [record_json(change) for change in history],
    }


def show_added(added: Added, out: IO[str]) -> None:
    """The summary of an `add`, in a few lines."""
    _write(out, f"added {added.added:,}" + _part(added.versions, "of them new versions of known addresses"))
    _write(out, f"known {added.known:,}" + _part(added.completed, "of them completed with what was unknown"))
    _write(out, f"skipped {added.skipped:,}")
    for reason, count in added.reasons:
        _write(out, f"  {count:,} {visible(reason)}")


def _part(count: int, what: str) -> str:
    return f", {count:,} {what}" if count else ""


def show_hits(hits: Iterable[Hit], out: IO[str]) -> None:
    """What was found, best first: where and when it was published, and the words in their sentence."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=out, highlight=False, emoji=False, markup=False)
    for hit in hits:
        console.print(Text(_head(hit.article), style="bold"), soft_wrap=True)
        console.print(Text("  ") + _excerpt(hit, getattr(out, "encoding", None)), soft_wrap=True)


def _excerpt(hit: Hit, encoding: str | None) -> Text:
    """The excerpt with its words marked by colour; they are in the text, so that nothing is added to it."""
    from rich.text import Text

    text, shown = hit.article.text, Text()
    position = hit.excerpt.start
    for span in hit.spans:
        if hit.excerpt.holds(span):
            shown.append(_visible(text[position : span.start], encoding))
            shown.append(_visible(span.of(text), encoding), style="bold red")
            position = span.end
    shown.append(_visible(text[position : hit.excerpt.end], encoding))
    return shown


def show_versions(versions: Sequence[Stored], out: IO[str]) -> None:
    """The texts of one address, oldest first."""
    for v in versions:
        size = f"{len(v.article.text):,} characters"
        title = f"  {visible(v.article.title)}" if v.article.title else ""
        _write(
            out, f"{v.version}  {v.article.id[:_SHORT]}  added {v.added}  {_day(v.article)}  {size}{title}"
        )


def show_article(stored: Stored, out: IO[str]) -> None:
    """One article: what is known of it, then its text."""
    a = stored.article
    known = {
        "id": a.id,
        "named": ", ".join(stored.names),
        "title": a.title,
        "outlet": a.outlet,
        "url": a.url,
        "published": a.published,
        "language": a.language,
        "added": stored.added,
        "version": f"{stored.version} of {stored.versions}" if stored.versions > 1 else "",
        "story": stored.story,
        "sha256": a.sha256,
    }
    for name, value in known.items():
        if value:
            _write(out, f"{name:<10}{visible(value)}")
    _write(out, "")
    _write(out, visible(a.text, one_line=False))


def show_story(story: Story, members: Sequence[Member], history: Sequence[StoryChange], out: IO[str]) -> None:
    """One story: its articles by date, why each belongs to it, and what became of it."""
    _write(out, _story_line(story))
    for member in members:
        _write(out, f"  {_head(member.article)}")
        _write(out, f"    {member.confidence:.2f}  {visible(member.reason)}")
    for change in history:
        moved = f"{_count(change.articles, 'article')} of {change.story} went into {change.into}"
        _write(out, f"  {change.at}  {change.kind}: {moved}")


def show_stories(stories: Iterable[Story], out: IO[str]) -> None:
    """Stories, a line each."""
    for story in stories:
        _write(out, _story_line(story))


def write_members(
    stories: Iterable[tuple[Story, Sequence[Member]]], out: IO[str], as_csv: bool = False
) -> None:
    """A line for each article of each story, as JSON Lines or as CSV with a header.

    `id` is the id that the input gave the article, or else the library's; an article that came in under two
    ids has two lines.
    """
    import csv

    lines = (
        _member_json(name, story, member)
        for story, members in stories
        for member in members
        for name in member.names or (member.article.id,)
    )
    if not as_csv:
        out.writelines(dumps(line) + "\n" for line in lines)
        return
    table = csv.DictWriter(out, _MEMBER, lineterminator="\n")
    table.writeheader()
    table.writerows({name: _harmless(value) for name, value in line.items()} for line in lines)


_MEMBER = ("id", "story", "title", "outlet", "url", "published", "confidence", "because", "article")


def _member_json(name: str, story: Story, member: Member) -> Json:
    a = member.article
    told = (name, story.id, a.title, a.outlet, a.url, a.published, member.confidence, member.reason, a.id)
    return dict(zip(_MEMBER, told, strict=True))


def _harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _story_line(story: Story) -> str:
    days = " to ".join(dict.fromkeys(day for day in (story.first, story.last) if day)) or "undated"
    outlets = story.outlets if len(story.outlets) < 2 else (f"{len(story.outlets):,} outlets",)
    size = ", ".join((_count(story.articles, "article"), *map(visible, outlets)))
    return f"{story.id}  {days}  {size}  {story.confidence:.2f}  {visible(_title_line(story.title))}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("s" if number != 1 else "")


def show_check(check: Check, out: IO[str]) -> None:
    """How many articles were compared with their hashes, and each problem."""
    _write(out, f"{_count(check.articles, 'article')}, {_count(len(check.problems), 'problem')}")
    for problem in check.problems:
        _write(out, f"  {visible(problem)}")


def show_info(info: Info, out: IO[str]) -> None:
    """A library in figures, a line each."""
    for name, value in record_json(info).items():
        _write(
            out, f"{name:<12}{value:,}" if isinstance(value, int) else f"{name:<12}{visible(value or '-')}"
        )


def _head(article: Article) -> str:
    parts = [article.id[:_SHORT], _day(article), article.outlet or "outlet unknown", _label(article)]
    return visible("  ".join(parts)).rstrip()


def _label(article: Article) -> str:
    """What to know an article by: its title, else its file's name, else its first words."""
    name = PurePath(article.path or "").name
    return article.title or name or _title_line(article.text[: 2 * _OPENING].strip()[:_OPENING])


def _title_line(text: str) -> str:
    """The first line, if it can be a title; all of it where the next line goes on with its sentence."""
    first, *others = text.strip().splitlines() or [""]
    return text if others and others[0].lstrip()[:1].islower() else first.rstrip()


def _day(article: Article) -> str:
    return article.published[:10] if article.published else "undated   "


def _visible(text: str, encoding: str | None) -> str:
    return for_encoding(visible(text), encoding or "utf-8")


def _write(out: IO[str], line: str) -> None:
    out.write(for_encoding(line, getattr(out, "encoding", None) or "utf-8") + "\n")
