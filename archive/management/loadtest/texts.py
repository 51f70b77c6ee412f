"""What is settled of a synthetic photo, as stored text; making the objects takes ten times as long."""

from __future__ import annotations

import json
import math
from typing import Final

from archive.values.moment import from_local_seconds
from archive.values.settled import SettledPlace, SettledTime

NO_PLACE: Final = json.dumps(SettledPlace().to_json())
NO_TIME: Final = json.dumps(SettledTime().to_json())


def place_text(latitude: float, longitude: float, metres: float | None, direction: float) -> str:
    """Return `SettledPlace.to_json` as text; `direction` is NaN where there is none."""
    looked = "null"
    if not math.isnan(direction):
        looked = f'{{"degrees": {direction}, "reference": "T", "width_deg": null}}'
    return (
        f'{{"status": "unreviewed", "facet": "camera_place", "parts": [{{"latitude": {latitude},'
        f' "longitude": {longitude}, "radius_m": {"null" if metres is None else metres}, "claim": 0,'
        f' "basis": "file"}}], "zone": null, "direction": {looked}}}'
    )


def time_text(earliest: int, latest: int) -> str:
    """Return `SettledTime.to_json` as text, from local civil seconds."""
    first = from_local_seconds(earliest).isoformat()
    last = first if latest == earliest else from_local_seconds(latest).isoformat()
    return (
        f'{{"status": "unreviewed", "earliest": "{first}", "latest": "{last}", "offset_minutes": null,'
        f' "text": "{first if latest == earliest else first[:4]}", "earliest_utc": null,'
        ' "latest_utc": null, "zone_assumed": null, "claim": null, "basis": "file", "parts": 1,'
        ' "not_after": null, "cut": false}'
    )
