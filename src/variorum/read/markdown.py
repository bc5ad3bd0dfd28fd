"""Markdown: the text is the file's as it stands, marks included; a leading `# heading` is the title too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.model import Article
from variorum.read.format import Format
from variorum.read.options import ReadOptions
from variorum.read.report import Report
from variorum.read.source import Source
from variorum.read.text import decoded_text

_HEADING = re.compile(r"\s{0,1000}# ([^\r\n]{1,300})")


def parse(source: Source, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The one article of a Markdown file.

    Raises:
        ReadError: if it is too large or not text.
    """
    text = decoded_text(source, options, report)
    heading = _HEADING.match(text)
    title = heading[1].strip().rstrip("#").strip() if heading else None
    yield Article(text=text, title=title or None, path=source.where, url=source.url)


FORMAT = Format("markdown", (".md", ".markdown"), ("text/markdown",), parse)
