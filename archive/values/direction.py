"""Where a camera looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reference = Literal["T", "M"]


@dataclass(frozen=True, slots=True)
class Direction:
    """Degrees clockwise from north in [0, 360); reference true or magnetic, None when the file does not say.

    `width_deg` is the horizontal field of view, None when unknown.
    """

    degrees: float
    reference: Reference | None = None
    width_deg: float | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.degrees < 360):
            raise ValueError(f"direction {self.degrees} is not in [0, 360)")
        if self.width_deg is not None and not (0 < self.width_deg <= 360):
            raise ValueError(f"field of view {self.width_deg} is not in (0, 360]")
