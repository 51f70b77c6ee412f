"""The object `manage.py inspect --json` prints for each file; its keys are a published interface."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfoNotFoundError

from archive.values.moment import utc_interval

if TYPE_CHECKING:
    from pathlib import Path

    from archive.metadata.reading import Reading
    from archive.values.moment import Interval, Moment

# fmt: off
KEYS = (
    "path", "sha256", "bytes", "format", "width", "height", "orientation", "latitude", "longitude",
    "altitude_m", "accuracy_m", "direction_deg", "direction_ref", "gps_time_utc", "taken_local",
    "taken_subsec", "taken_offset", "taken_earliest_utc", "taken_latest_utc", "make", "model", "software",
    "caption", "creator", "rights", "drone", "statements", "problems",
)
# fmt: on


def report(reading: Reading, *, path: str, zone: str | None = None) -> dict[str, Any]:
    """Return the published object; `zone` is the IANA name of the zone at the place, None when not known."""
    place, direction, taken = reading.place, reading.direction, reading.taken
    interval = _interval(taken, zone) if taken else None
    return {
        "path": path,
        "sha256": reading.sha256,
        "bytes": reading.byte_count,
        "format": reading.format,
        "width": reading.width,
        "height": reading.height,
        "orientation": reading.orientation,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "altitude_m": reading.altitude_m,
        "accuracy_m": place.radius_m if place else None,
        "direction_deg": direction.degrees if direction else None,
        "direction_ref": direction.reference if direction else None,
        "gps_time_utc": _instant(reading.gps_time_utc),
        "taken_local": taken.earliest.isoformat() if taken and taken.earliest == taken.latest else None,
        "taken_subsec": reading.taken_subsec,
        "taken_offset": reading.taken_offset,
        "taken_earliest_utc": _instant(interval.earliest) if interval else None,
        "taken_latest_utc": _instant(interval.latest) if interval else None,
        "make": reading.make,
        "model": reading.model,
        "software": reading.software,
        "caption": reading.caption,
        "creator": reading.creator,
        "rights": reading.rights,
        "drone": {
            "gimbal_yaw_deg": reading.drone.gimbal_yaw_deg,
            "gimbal_pitch_deg": reading.drone.gimbal_pitch_deg,
            "relative_altitude_m": reading.drone.relative_altitude_m,
        }
        if reading.drone
        else None,
        "statements": [{"fact": s.fact, "tag": s.tag, "raw": s.raw} for s in reading.statements],
        "problems": [{"code": p.code, "tag": p.tag, "message": p.message} for p in reading.problems],
    }


def refusal(path: Path, *, code: str, reason: str, format_name: str | None = None) -> dict[str, Any]:
    """Return the same object for a file that was not read: its bytes, and the reason as a problem."""
    answer: dict[str, Any] = dict.fromkeys(KEYS)
    answer |= {"path": str(path), "format": format_name, "statements": []}
    answer["problems"] = [{"code": code, "tag": "", "message": reason}]
    try:
        with path.open("rb") as file:
            answer["sha256"] = hashlib.file_digest(file, "sha256").hexdigest()
            answer["bytes"] = file.tell()
    except OSError:
        pass  # the reason stands; the digest stays unknown
    return answer


def _interval(taken: Moment, zone: str | None) -> Interval:
    try:
        return utc_interval(taken, zone)
    except ZoneInfoNotFoundError:  # the map of zones may be newer than the table of their rules
        return utc_interval(taken)


def _instant(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat(timespec="seconds").replace("+00:00", "Z")
