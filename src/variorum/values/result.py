"""What a comparison of two values says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ValueVerdict = Literal["equal", "compatible", "contradict", "incomparable"]


@dataclass(frozen=True, slots=True)
class ValueRelation:
    """How two values stand to each other.

    `equal`: the same at the same precision. `compatible`: both can be true, as one is vaguer, or rounded.
    `contradict`: they cannot both be true of one thing. `incomparable`: of different kinds or units.
    `because` is one line that names both values.
    """

    relation: ValueVerdict
    because: str
