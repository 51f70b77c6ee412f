from __future__ import annotations

import math


class GazetteerError(Exception):
    """The gazetteer cannot answer; the message says what to do."""


class NoGazetteerDataError(GazetteerError):
    """The table of places is missing or of another format."""


class NoSuchPointError(GazetteerError, ValueError):
    """The coordinates lie on no globe."""


def require_point(latitude: float, longitude: float) -> None:
    if not (
        math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    ):
        raise NoSuchPointError(
            f"Latitude {latitude} and longitude {longitude} name no point: give degrees within ±90 and ±180."
        )
