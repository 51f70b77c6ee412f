"""The sea: depth showing through, the sky in it, the sun's path, foam."""

import numpy as np

from archive.management.demo.coast import Coast
from archive.management.demo.noise import Raster, blend, cloud, ease, look_up, look_up_nearest, raster
from archive.management.demo.sky import Light
from archive.management.demo.sun import Sun


def paint_water(  # noqa: PLR0917 -- the planes of one picture, each already known to its caller
    coast: Coast,
    u: Raster,
    v: Raster,
    inland: Raster,
    depth: Raster,
    azimuth: Raster,
    altitude: Raster,
    sun: Sun,
    light: Light,
) -> Raster:
    """Colour the sea at the points given (planes of one shape; angles in degrees)."""
    swell = look_up(cloud(501, slope=1.2, finest=0.5), u / 1.6 + v / 5, v / 0.55)
    ripple = look_up_nearest(cloud(502, slope=0.5), u / 0.5, v / 0.22)
    patches = look_up(cloud(503, slope=2.2), u / 9, v / 5)
    # Far off the eye cannot part the waves: they fade to an even tone, streaked by wind.
    crisp = np.exp(-depth / 420)
    streak = look_up(cloud(504, slope=1.5), azimuth * 2.2, np.log(depth) * 60)
    shoal = np.exp(np.minimum(inland, 0) / (26.0 + 60 * coast.reef))
    if coast.reef > 0:
        shoal = np.clip(shoal + coast.reef * 0.35 * ease(0.1, 0.9, patches) * ease(-420, -120, inland), 0, 1)
    body = blend(np.broadcast_to(raster(coast.deep), (*u.shape, 3)), coast.shallow, np.clip(shoal, 0, 1))
    level = light.ambient.mean() * 1.1 + light.direct.mean() * 0.42
    body = body * np.clip(level, 0.1, 1.1)
    graze = np.clip(np.exp(altitude / 7.0), 0, 1)
    mirror = light.horizon * 0.62 + light.zenith * 0.38
    tone = blend(body, tuple(mirror), np.clip(0.12 + 0.62 * graze + 0.09 * streak * (1 - crisp), 0, 0.85))
    tone = tone * (1 + 0.085 * (swell + 0.5 * ripple) * crisp + 0.02 * patches + 0.025 * streak)[..., None]
    if sun.altitude > -4:
        turn = (azimuth - sun.azimuth + 180) % 360 - 180
        width = 9.0 + 10.0 * ease(5, 40, raster(sun.altitude)) + 0.9 * np.abs(altitude)
        path = np.exp(-((turn / width) ** 2)) * np.exp(
            -(((altitude + min(max(sun.altitude, 0), 40) * 0.55) / 24) ** 2)
        )
        facet = streak * (1 - crisp) + (0.8 * swell + 0.9 * ripple) * (0.25 + crisp)
        sparkle = ease(0.9, 1.7, facet + 1.5 * path) * path
        tone = blend(tone, tuple(np.clip(light.glow * 1.06, 0, 1)), np.clip(0.3 * path + 0.9 * sparkle, 0, 1))
    foam = ease(-11, -1.0, inland) * ease(
        -0.3, 1.0, np.sin(inland * 0.75 + 2 * patches) + 0.55 * ripple + 0.4
    )
    lace = ease(1.9, 2.6, swell + 0.5 * ripple) * crisp * 0.35
    white = np.clip(light.ambient * 0.95 + light.direct * 0.62, 0, 1)
    return blend(tone, tuple(white), np.clip(0.9 * foam + lace, 0, 0.95))
