"""JSON: one object, an array of objects, or `{"articles": [...]}`, read whole."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

from variorum.model import Article
from variorum.read import jsonfeed, jsonlines
from variorum.read.format import Format
from variorum.read.options import ReadOptions
from variorum.read.record import articles, parse_json
from variorum.read.report import Report
from variorum.read.source import Source
from variorum.read.text import decoded_text

_BEGINNING = re.compile(r'\{\s*["}]|\[\s*[\[{\]]')


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a JSON file, in their order.

    Raises:
        ReadError: if the JSON is broken; a single record that is no article is told and left out.
    """
    text = decoded_text(source, options, report)
    if _is_lines(text):
        lines = Source(source.where, io.BytesIO(text.encode("utf-8", "surrogatepass")))
        yield from jsonlines.parse(lines, options, report)
    else:
        value = parse_json(text, source.where)
        if jsonfeed.is_feed(value):
            yield from jsonfeed.articles(value, source.where, options, report)
        else:
            yield from articles(value, source.where, options, report)


def _is_lines(text: str) -> bool:
    """Whether the file holds JSON Lines under the wrong name: a whole object, a line end, and more."""
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith("{") or not rest.strip():
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def looks_like(head: str) -> bool:
    """Whether content without a name begins as an object or an array does."""
    return _BEGINNING.match(head) is not None


FORMAT = Format(
    "json",
    (".json",),
    ("application/json", "application/ld+json", "application/feed+json"),
    parse,
    looks_like,
)
