"""What a site lets programs fetch: the Robots Exclusion Protocol (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

AGENT = "variorum"
"""The product token that rules may name."""

_LONGEST = 512_000
_MOST_RULES = 5_000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site for us: path patterns that are allowed or not, and the delay it asks for."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allows(self, url: str) -> bool:
        """Whether `url` may be fetched: the longest pattern that fits decides, of two the one that allows."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if fits(pattern, path)]
        return max(fitting)[1] if fitting else True


EVERYTHING = Robots()
NOTHING = Robots((("/", False),))


def parse_robots(text: str) -> Robots:
    """The rules of a `robots.txt` that hold for us: those of groups that name us, else those for `*`."""
    groups: dict[str, tuple[list[tuple[str, bool]], list[float]]] = {}
    agents: list[str] = []
    in_rules = False
    for line in text[:_LONGEST].splitlines():
        name, _, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "user-agent":
            agents = [value.lower()] if in_rules else [*agents, value.lower()]
            in_rules = False
            for agent in agents[-1:]:
                groups.setdefault(agent, ([], []))
        elif name in {"allow", "disallow", "crawl-delay"} and agents:
            in_rules = True
            for agent in agents[:100]:
                rules, delays = groups[agent]
                if name == "crawl-delay":
                    delays.extend(_seconds(value))
                elif value and len(rules) < _MOST_RULES:
                    rules.append((_normal(value), name == "allow"))
    rules, delays = groups.get(AGENT) or groups.get("*") or ([], [])
    return Robots(tuple(rules), max(delays, default=None))


def fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says; `*` is anything, a `$` at the end is the path's end."""
    whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(others, 1):
        if whole and number == len(others):
            return path.endswith(part) and len(path) - len(part) >= at
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not whole or bool(others) or at == len(path)


def _normal(path: str) -> str:
    """A path with the same characters escaped however it was written."""
    return quote(unquote(path), safe="/?&=*$:;,@!'()+~#[]")


def _seconds(value: str) -> list[float]:
    try:
        seconds = float(value)
    except ValueError:
        return []
    return [seconds] if 0 <= seconds < 1e6 else []
