"""What one rule hands to the next: an attribution before its speaker, kind and parent are known."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.model import Attribution, Kind, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Source, cue and content as one rule read them.

    `rule` names the rule, `weight` (0 to 1) is how often its reading is right on training data. `cue_token`
    is the cue's head token, -1 where the cue is layout.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    rule: str
    weight: float
    cue_token: int = -1

    @property
    def extent(self) -> Span:
        """From the first to the last character of the content."""
        return Span(self.content[0].start, self.content[-1].end)


def to_attribution(f: Finding, kind: Kind) -> Attribution:
    """The finding as an attribution whose speaker and parent are open."""
    return Attribution(f.source, f.cue, f.content, kind, by=f.rule)
