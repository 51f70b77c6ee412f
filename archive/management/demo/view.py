"""Seeing a coast from a point on it: rays, hidden ground, sunlight and shadow, air, water."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.management.demo.coast import Coast, ground_colour, ground_height, shore_distance
from archive.management.demo.noise import Raster, blend, ease, raster
from archive.management.demo.sky import Weather, light_of, paint_sky
from archive.management.demo.sun import Sun
from archive.management.demo.water import paint_water

_STEPS = 380
_FARTHEST = 26000.0


@dataclass(frozen=True)
class Stand:
    """Where the camera is on the coast and how it looks.

    `along` metres along the shore, `inland` metres behind the waterline there, `eye` metres above the
    ground, `heading` and `seaward` degrees true, `field` the horizontal angle of view, `skyline` the
    horizon's height in the picture (0 top, 1 bottom).
    """

    along: float
    inland: float
    heading: float
    seaward: float
    eye: float = 6.0
    field: float = 62.0
    skyline: float = 0.42


@dataclass(frozen=True)
class Seen:
    """What each pixel meets: metres along the axis of view (infinite for sky), and how to place things in it.

    `bearing` is the view's, radians clockwise from inland; `rim` the colour of far air.
    """

    depth: Raster
    focal: float
    horizon: float
    eye_height: float
    origin: tuple[float, float]
    bearing: float
    rim: Raster


def settle_origin(coast: Coast, stand: Stand) -> tuple[float, float]:
    """Find the `v` at which the distance from the waterline is what the stand asks for."""
    v = np.linspace(-420, 520, 3200).astype(np.float32)
    inland = shore_distance(coast, np.full_like(v, stand.along), v)
    short = np.flatnonzero(inland < stand.inland)
    return stand.along, float(v[short[-1]] if short.size else stand.inland)


@dataclass(frozen=True)
class _Sampled:
    """The ground along the rays: planes of steps × columns, and what every pixel meets of it."""

    z: Raster
    slant: Raster
    u: Raster
    v: Raster
    surface: Raster
    inland: Raster
    step: NDArray[np.int64]
    share: Raster
    is_sky: NDArray[np.bool_]

    def of(self, plane: Raster) -> Raster:
        """Return a plane's value at each pixel, between the two steps that bound it."""
        at = np.arange(plane.shape[1])[None, :]
        before = plane[np.maximum(self.step - 1, 0), at]
        between: Raster = before + (plane[self.step, at] - before) * self.share
        return between

    def at_step(self, plane: Raster) -> Raster:
        """Return a plane's value at the step that hides all behind it."""
        hidden: Raster = plane[self.step, np.arange(plane.shape[1])[None, :]]
        return hidden


def look(
    coast: Coast, stand: Stand, sun: Sun, weather: Weather, *, shape: tuple[int, int], seed: int
) -> tuple[Raster, Seen]:
    """Draw the coast from the stand into `shape` (rows, columns).

    Returns colours, 0 to 1, and what was seen.
    """
    rows, columns = shape
    focal = columns / 2 / math.tan(math.radians(stand.field / 2))
    horizon = rows * stand.skyline
    bearing = math.radians(stand.heading - stand.seaward - 180)
    origin = settle_origin(coast, stand)
    feet, _ = ground_height(coast, raster([origin[0]]), raster([origin[1]]), detail=False)
    eye = float(max(feet[0], 0.0) + stand.eye)
    met = _sample(coast, origin, bearing, eye, (rows, columns, focal, horizon))
    y = np.arange(rows, dtype=np.float32)[:, None]
    slant = met.slant
    depth = met.of(np.broadcast_to(met.z, met.u.shape))
    azimuth = stand.heading + np.degrees(np.arctan(slant))[None, :] + np.zeros_like(depth)
    altitude = np.degrees(np.arctan((horizon - y) / focal / np.hypot(1, slant)[None, :]))
    colour = np.empty((rows, columns, 3), np.float32)
    u, v, height, inland = (met.of(plane) for plane in (met.u, met.v, met.surface, met.inland))
    wet = (height < 0.04) & (inland < 1.5) & ~met.is_sky
    dry = ~wet & ~met.is_sky
    light = light_of(sun, weather.haze)
    shine, steep = (met.at_step(plane)[dry] for plane in _shine(coast, met, sun, stand, focal))
    earth = ground_colour(coast, u[dry], v[dry], height[dry], inland[dry], steep)
    open_sky = (0.9 + 0.1 * np.clip(1.5 - steep, 0, 1))[:, None]
    colour[dry] = earth * (light.ambient * open_sky + light.direct * shine[:, None])
    colour[wet] = paint_water(
        coast, u[wet], v[wet], inland[wet], depth[wet], azimuth[wet], altitude[wet], sun, light
    )
    sky = met.is_sky
    colour[sky] = paint_sky(azimuth[sky], np.maximum(altitude[sky], 0.05), sun, weather, seed)
    rim = paint_sky(azimuth[:1], np.full_like(azimuth[:1], 1.0), sun, Weather(0, "", weather.haze), seed)
    air = np.where(sky, 0.0, thickness(depth, weather)).astype(np.float32)
    seen = Seen(np.where(sky, np.inf, depth), focal, horizon, eye, origin, bearing, rim[0, columns // 2])
    return blend(colour, rim, air), seen


def _sample(
    coast: Coast,
    origin: tuple[float, float],
    bearing: float,
    eye: float,
    frame: tuple[int, int, float, float],
) -> _Sampled:
    """Walk out along one ray for each column and find, for each pixel, the first ground that fills it.

    `frame` is rows, columns, focal length and the horizon's row, in pixels.
    """
    rows, columns, focal, horizon = frame
    z = np.geomspace(2.5, _FARTHEST, _STEPS).astype(np.float32)[:, None]
    slant = raster((np.arange(columns) + 0.5 - columns / 2) / focal)
    u = raster(origin[0] + z * (math.sin(bearing) + slant * math.cos(bearing)))
    v = raster(origin[1] + z * (math.cos(bearing) - slant * math.sin(bearing)))
    height, inland = ground_height(coast, u, v)
    # Nothing may stand in the lens: ground within a few metres is kept below the eye.
    surface = np.minimum(np.maximum(height, 0.0), eye - 0.9 + np.clip((z - 4) * 0.25, 0, 400))
    screen = np.minimum.accumulate(horizon + focal * (eye - surface + z * z / 13.0e6) / z, axis=0)
    line = np.clip(np.ceil(screen), 0, rows).astype(np.int64)
    counts = np.bincount((line * columns + np.arange(columns)).ravel(), minlength=(rows + 1) * columns)
    first = np.cumsum(counts.reshape(rows + 1, columns)[::-1], axis=0)[::-1][1:]
    step = np.minimum(first, _STEPS - 1)
    at = np.arange(columns)[None, :]
    near_y, far_y = screen[np.maximum(step - 1, 0), at], screen[step, at]
    y = np.arange(rows, dtype=np.float32)[:, None]
    share = np.clip((near_y - y) / np.maximum(near_y - far_y, 1e-3), 0, 1).astype(np.float32)
    return _Sampled(z, slant, u, v, surface, inland, step, share, first >= _STEPS)


def _shine(coast: Coast, met: _Sampled, sun: Sun, stand: Stand, focal: float) -> tuple[Raster, Raster]:
    """Return how squarely the sun falls on the ground, 0 to 1, and the tangent of its slope."""
    along, across = _gradient(met.surface, met.z, met.slant, focal)
    toward = math.radians(sun.azimuth - stand.heading)
    tall = math.tan(math.radians(max(sun.altitude, 1.5)))
    steep = np.hypot(along, across)
    facing = (tall - along * math.cos(toward) - across * math.sin(toward)) / (
        np.sqrt(1 + steep**2) * math.hypot(1, tall)
    )
    # A cliff is lit by the way its whole face looks: slopes taken between samples would only flicker there.
    face_ahead, face_across = _gradient(met.inland, met.z, met.slant, focal)
    length = np.hypot(np.hypot(face_ahead, face_across), 0.3)
    outward = -(face_ahead * math.cos(toward) + face_across * math.sin(toward)) / length
    tilt = math.radians(max(sun.altitude, 1.5))
    cliff = np.clip(outward * math.cos(tilt) + 0.35 * math.sin(tilt), 0, 1)
    upright = ease(0.9, 1.6, steep) * ease(3.0 * coast.face, 1.2 * coast.face, met.inland)
    facing = facing + (cliff - facing) * upright
    return np.clip(facing, 0, 1) * np.maximum(_sunlit(coast, met, sun, stand), 0.8 * upright), steep


def thickness(depth: Raster, weather: Weather) -> Raster:
    """Return the share, 0 to 1, of what is seen at `depth` metres that is air."""
    clear = 15000.0 * (1 - 0.955 * weather.haze**0.6)
    share: Raster = np.clip(1 - np.exp(-((depth / clear) ** 0.85)), 0, 0.97)
    return share


def _gradient(surface: Raster, z: Raster, slant: Raster, focal: float) -> tuple[Raster, Raster]:
    """Return the slope of the ground ahead and to the right, from its samples along the rays."""
    across = np.zeros_like(surface)
    across[:, 1:-1] = (surface[:, 2:] - surface[:, :-2]) * (focal / 2) / z
    outward = np.zeros_like(surface)
    outward[1:] = (surface[1:] - surface[:-1]) / (z[1:] - z[:-1])
    limit = 2.2
    across = np.clip(across, -limit, limit)
    return np.clip(outward - slant * across, -limit, limit), across


def _sunlit(coast: Coast, met: _Sampled, sun: Sun, stand: Stand) -> Raster:
    """Return 1 in sunlight, 0 in the shadow of other ground; searched on every fourth ray and step."""
    surface = met.surface
    if sun.altitude <= 0.3:
        return np.ones_like(surface)
    turn = math.radians(sun.azimuth - stand.seaward - 180)
    rise = math.tan(math.radians(sun.altitude))
    u4, v4, h4 = met.u[::4, ::4], met.v[::4, ::4], surface[::4, ::4]
    over = np.full_like(h4, -1e3)
    for reach in (5.0, 12.0, 25.0, 50.0, 95.0, 180.0, 420.0):
        if reach * rise > 2.5 * coast.cliff + coast.hills + 20:
            break
        there, _ = ground_height(
            coast, u4 + reach * math.sin(turn), v4 + reach * math.cos(turn), detail=False
        )
        over = np.maximum(over, there - (h4 + reach * rise + 0.6))
    lit = 1 - 0.92 * ease(0.0, 2.2, over)
    spread = np.repeat(np.repeat(lit, 4, axis=0), 4, axis=1)
    return spread[: surface.shape[0], : surface.shape[1]]
