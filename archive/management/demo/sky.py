"""The sky, and the light it gives, for a height of the sun."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from archive.management.demo.noise import Raster, blend, cloud, ease, look_up
from archive.management.demo.sun import Sun

# Chosen by eye, as a painter would: colours (0-255) at heights of the sun in degrees.
_HEIGHTS = (-18, -9, -4, 0, 5, 12, 30, 65)
_ZENITH = (
    (17, 25, 58),
    (22, 33, 76),
    (46, 70, 124),
    (76, 112, 158),
    (92, 142, 182),
    (88, 146, 190),
    (74, 138, 190),
    (58, 122, 182),
)
_HORIZON = (
    (52, 64, 104),
    (72, 82, 122),
    (176, 148, 156),
    (236, 192, 158),
    (240, 214, 178),
    (228, 222, 204),
    (208, 225, 226),
    (196, 219, 228),
)
_GLOW = (
    (60, 70, 106),
    (168, 104, 92),
    (244, 140, 78),
    (255, 164, 78),
    (255, 200, 112),
    (255, 226, 160),
    (255, 245, 216),
    (255, 250, 236),
)
_DIRECT = (
    (10, 13, 20),
    (16, 18, 30),
    (60, 40, 44),
    (190, 104, 58),
    (262, 172, 100),
    (272, 216, 156),
    (268, 248, 216),
    (262, 254, 236),
)
_AMBIENT = (
    (34, 42, 70),
    (42, 52, 84),
    (96, 98, 128),
    (122, 122, 146),
    (118, 126, 150),
    (108, 122, 146),
    (108, 124, 146),
    (114, 128, 148),
)


def _at(altitude: float, keys: tuple[tuple[int, int, int], ...]) -> Raster:
    table = np.asarray(keys, np.float32) / 255
    return np.array([np.interp(altitude, _HEIGHTS, table[:, i]) for i in range(3)], np.float32)


@dataclass(frozen=True)
class Light:
    """Colours of one moment: the sky's two ends, the glow about the sun, sunlight and skylight."""

    zenith: Raster
    horizon: Raster
    glow: Raster
    direct: Raster
    ambient: Raster


@lru_cache(maxsize=16)
def light_of(sun: Sun, haze: float = 0.0) -> Light:
    """Return the light for the sun's height; `haze` 0 to 1 greys and evens it (overcast, mist)."""
    zenith, horizon, glow, direct, ambient = (
        _at(sun.altitude, keys) for keys in (_ZENITH, _HORIZON, _GLOW, _DIRECT, _AMBIENT)
    )
    grey = np.full(3, horizon.mean() * 0.93, np.float32) * np.array([0.985, 1.0, 1.015], np.float32)
    return Light(
        zenith=blend(zenith, tuple(grey * 0.86), haze * 0.8),
        horizon=blend(horizon, tuple(grey), haze * 0.7),
        glow=blend(glow, tuple(grey * 1.04), haze * 0.75),
        direct=direct * (1 - 0.82 * haze),
        ambient=ambient * (1 + 0.75 * haze),
    )


@dataclass(frozen=True)
class Weather:
    """Cloud cover 0 to 1, their kind, and haze 0 to 1 (also shortens the view)."""

    cover: float = 0.35
    kind: str = "heaped"
    haze: float = 0.0


def paint_sky(azimuth: Raster, altitude: Raster, sun: Sun, weather: Weather, seed: int) -> Raster:
    """Colour the sky in the directions given (degrees, equal shapes); returns rows × columns × 3."""
    light = light_of(sun, weather.haze)
    up = np.clip(altitude / 48, 0, 1) ** 0.62
    colour = blend(np.broadcast_to(light.horizon, (*altitude.shape, 3)), tuple(light.zenith), up)
    turn = (azimuth - sun.azimuth + 180) % 360 - 180
    apart = np.hypot(turn * np.cos(np.radians(altitude)), altitude - sun.altitude)
    low = np.exp(-np.clip(altitude, 0, None) / 11) * np.exp(-((turn / 62) ** 2))
    colour = blend(colour, tuple(light.glow), np.clip(0.85 * low, 0, 1))
    colour = blend(colour, tuple(light.glow), 0.75 * np.exp(-apart / 13))
    if sun.altitude < -7:
        colour = _stars(colour, altitude, seed)
    colour = _clouds(colour, azimuth, altitude, turn, sun, weather, seed)
    if sun.altitude > -1.2 and weather.haze < 0.75:
        disc = ease(1.35, 1.05, apart) * (1 - weather.haze)
        colour = blend(colour, tuple(np.minimum(light.glow * 1.12 + 0.06, 1.0)), disc)
    return colour


def _stars(colour: Raster, altitude: Raster, seed: int) -> Raster:
    rng = np.random.default_rng(seed)
    field = rng.random(altitude.shape, np.float32)
    bright = (field > 0.9982) * (0.35 + 0.65 * rng.random(altitude.shape, np.float32)) * ease(0, 14, altitude)
    return blend(colour, (0.96, 0.95, 0.88), bright)


def _clouds(  # noqa: PLR0917 -- the sky's geometry comes as planes that only this step shares
    colour: Raster, azimuth: Raster, altitude: Raster, turn: Raster, sun: Sun, weather: Weather, seed: int
) -> Raster:
    if weather.cover <= 0:
        return colour
    light = light_of(sun, weather.haze)
    tile = cloud(seed % 7 + 900, slope=2.6)
    fine = cloud(seed % 5 + 950, slope=1.7)
    # A layer seen from below: distance along it grows as the line of sight falls to the horizon.
    reach = 1 / (np.tan(np.radians(np.clip(altitude, 0, None))) + 0.09)
    bearing = np.radians(azimuth)
    stretch = (7.0, 2.4) if weather.kind == "streaked" else (9.0, 13.0)
    x = reach * np.sin(bearing) * stretch[0] + seed * 37 % 509
    y = reach * np.cos(bearing) * stretch[1] + seed * 91 % 503
    if weather.kind == "streaked":
        x, y = x * 0.8 + y * 0.6, y * 2.8 - x * 2.1
    density = look_up(tile, x, y) + 0.32 * look_up(fine, x * 3, y * 3)
    threshold = 1.5 - 2.6 * weather.cover
    soft = 1.5 if weather.kind == "streaked" else 0.55
    body = ease(threshold, threshold + soft, density) * ease(0.2, 3.5, altitude)
    # Towards the sun a cloud is lit through its edge; away from it, from its top.
    toward = np.radians(sun.azimuth)
    lit = look_up(tile, x + 3 * np.sin(toward), y + 3 * np.cos(toward))
    relief = np.clip(0.55 + 0.4 * (density - lit) + 0.25 * np.exp(-((turn / 50) ** 2)), 0, 1)
    bright = np.clip(light.direct * 0.62 + light.ambient * 0.78, 0, 1)
    under = np.clip(light.ambient * 1.05 + light.glow * 0.18, 0, 1)
    tone = blend(np.broadcast_to(under, colour.shape), tuple(bright), relief)
    tone = blend(tone, colour, 0.5 * np.exp(-altitude / 6))
    return blend(colour, tone, body * (0.6 if weather.kind == "streaked" else 0.9))
