"""Time zones by place."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from archive.gazetteer.errors import require_point

if TYPE_CHECKING:
    from timezonefinder import TimezoneFinder

_lock = Lock()
_finder: TimezoneFinder | None = None


def zone_at(latitude: float, longitude: float) -> str | None:
    """IANA name of the zone at a WGS84 point; None where the data has none.

    At sea the answer is the nautical zone as it stands in the data (``Etc/GMT+10``: ten hours *behind*
    UTC). A ship's clock need not follow it, so whoever narrows a time by it must leave ``Etc/*`` out.

    Raises NoSuchPointError.
    """
    require_point(latitude, longitude)
    finder = zone_finder()
    with _lock:
        return finder.timezone_at(lat=latitude, lng=longitude)


def zone_finder() -> TimezoneFinder:
    """The one finder of all threads, made at first use (about 0.2 s, 30 MB; an answer takes about 0.03 ms).

    Its files are memory-mapped. Lookups take turns here; reading polygons only copies from the map.
    """
    global _finder  # noqa: PLW0603 -- made at first use: at import it would cost every command 0.2 s
    with _lock:
        if _finder is None:
            from timezonefinder import TimezoneFinder  # noqa: PLC0415 -- as above: only who asks pays

            _finder = TimezoneFinder(in_memory=False)
        return _finder
