"""Resolves the source of each attribution to one name across the article, or says why it cannot."""

from __future__ import annotations

from dataclasses import replace

from variorum.annotate.attribution_rules.reading import Reading
from variorum.model import Attribution, Entity


def with_speakers(
    reading: Reading, attributions: tuple[Attribution, ...], entities: tuple[Entity, ...]
) -> tuple[Attribution, ...]:
    """The attributions with `speaker` or `unresolved` filled in."""
    return tuple(replace(a, speaker=None, unresolved="unnamed") for a in attributions)
