"""Names that cameras, telephones and messengers give, and what the date in them means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from archive.values.moment import EPOCH


class Meaning(StrEnum):
    """What the date in a name is the date of."""

    LOCAL = "local"  # taken, by the clock of the camera
    UTC = "utc"  # taken, in UTC
    SENT = "sent"  # sent or saved: taken then or before


@dataclass(frozen=True, slots=True)
class Named:
    """`clock` has a time of day only if `exact`; `maker` says who gives such names."""

    clock: datetime
    exact: bool
    meaning: Meaning
    maker: str


_DATE: Final = r"(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)"
_TIME: Final = r"(\d\d)[-_.:]?(\d\d)[-_.:]?(\d\d)"
_BOTH: Final = rf"{_DATE}(?:[-_ T.]| at )?{_TIME}"
_PATTERNS: Final = tuple(
    (re.compile(rf"(?:{pattern})(?!\d)", re.IGNORECASE), meaning, maker)
    for pattern, meaning, maker in (
        (rf"PXL_{_DATE}_{_TIME}\d{{0,3}}", Meaning.UTC, "Google Pixel telephones"),
        (rf"(?:IMG|VID|STK)-{_DATE}-WA\d+", Meaning.SENT, "WhatsApp"),
        (rf"WhatsApp Image {_BOTH}", Meaning.SENT, "WhatsApp"),
        (rf"signal-{_BOTH}", Meaning.SENT, "Signal"),
        (rf"photo_{_BOTH}", Meaning.SENT, "Telegram"),
        (rf"Screen[ _]?shot[-_ ]{_BOTH}", Meaning.LOCAL, "screenshots"),
        (rf"DJI_{_BOTH}", Meaning.LOCAL, "DJI drones"),
        (rf"WP_{_DATE}_{_TIME}", Meaning.LOCAL, "Windows telephones"),
        (rf"(?:IMG|MVIMG|PANO|BURST|P|C360)[-_]?{_BOTH}\d{{0,3}}", Meaning.LOCAL, "Android telephones"),
        (_BOTH, Meaning.LOCAL, "telephones and upload programs"),
    )
)
_MILLISECONDS: Final = re.compile(r"FB_IMG_(1\d{9})\d{3}(?!\d)", re.IGNORECASE)


def date_in(name: str) -> Named | None:
    """Return the date in a file's name, without its folders; None when no pattern known here fits."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1]
    saved = _MILLISECONDS.match(stem)
    if saved is not None:
        clock = EPOCH + timedelta(seconds=int(saved[1]))
        return Named(clock, exact=True, meaning=Meaning.SENT, maker="Facebook")
    for pattern, meaning, maker in _PATTERNS:
        match = pattern.match(stem)
        if match is None:
            continue
        year, month, day, *time = (int(part) for part in match.groups())
        hour, minute, second = time or (0, 0, 0)
        try:
            clock = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - civil time
        except ValueError:
            continue
        return Named(clock, exact=bool(time), meaning=meaning, maker=maker)
    return None
