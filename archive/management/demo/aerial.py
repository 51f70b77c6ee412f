"""A picture of a country from the air: straight down or aslant."""

import math

import numpy as np
from PIL import Image, ImageDraw

from archive.management.demo.crowns import crowns_for, stamp_tree
from archive.management.demo.finish import enlarge, tone
from archive.management.demo.ground import Country, House, is_water, paint_ground
from archive.management.demo.houses import paint_house
from archive.management.demo.lens import Lens, Pose, houses_near, trees_near
from archive.management.demo.noise import Raster, blend, cloud, ease, look_up, raster
from archive.management.demo.shade import shadows_on
from archive.management.demo.sky import Light, Weather, light_of, paint_sky
from archive.management.demo.sun import Sun


def photograph(
    country: Country, pose: Pose, sun: Sun, weather: Weather, *, size: tuple[int, int], shape: tuple[int, int]
) -> Image.Image:
    """Draw the country from the pose: ground at `shape` (rows, columns), what stands on it at `size`."""
    lens = Lens(pose, size)
    light = light_of(sun, weather.haze)
    east, north, rise = lens.rays(shape)
    below = rise < -0.004
    reach = np.where(below, -pose.height / np.where(below, rise, -1), 0).astype(np.float32)
    x, y = pose.x + east * reach, pose.y + north * reach
    far = reach * np.sqrt(east**2 + north**2 + rise**2)
    grain = far / (lens.focal * shape[1] / size[0]) / np.clip(-rise, 0.05, 1)
    colour = np.empty((*shape, 3), np.float32)
    shown = paint_ground(country, x[below], y[below], grain[below])
    shade = np.asarray(shadows_on(country, lens, sun, shape), np.float32)[below] / 255
    flat = 0.30 + 0.85 * math.sin(math.radians(max(sun.altitude, 2)))
    lit = shown * (light.ambient * 1.02 + light.direct * flat * (1 - 0.93 * shade)[:, None])
    colour[below] = lit
    wet = below.copy()
    share = is_water(country, x[below], y[below])
    wet[below] = share > 0
    if wet.any():
        mirror, glint = _mirror(country, east[wet], north[wet], rise[wet], x[wet], y[wet], sun, light)
        strong = np.clip(0.22 + 0.7 * np.exp(rise[wet] * 4) + 0.5 * glint, 0, 0.92)
        colour[wet] = blend(colour[wet], mirror, share[share > 0] * strong)
    azimuth = np.degrees(np.arctan2(east, north)) % 360
    altitude = np.degrees(np.arctan2(rise, np.hypot(east, north)))
    if not below.all():
        colour[~below] = paint_sky(
            azimuth[~below], np.maximum(altitude[~below], 0.05), sun, weather, country.seed
        )
        _hills(colour, (azimuth - pose.yaw + 180) % 360, altitude, light, country.seed + round(pose.yaw))
    air = _air(far, weather)
    colour[below] = blend(colour[below], tuple(light.horizon), air[below])
    picture = enlarge(colour, size)
    _stand_up(picture, country, lens, sun, light, weather)
    return picture


def _air(far: Raster, weather: Weather) -> Raster:
    share: Raster = np.clip(1 - np.exp(-((far / (2600 * (1 - 0.8 * weather.haze))) ** 1.1)), 0, 0.93).astype(
        np.float32
    )
    return share


def _mirror(  # noqa: PLR0917 -- a reflection needs the ray, the place it falls on and the light
    country: Country, east: Raster, north: Raster, rise: Raster, x: Raster, y: Raster, sun: Sun, light: Light
) -> tuple[Raster, Raster]:
    """Return what the water mirrors and how strongly it shows the sun."""
    ripple = look_up(cloud(country.seed + 23, slope=0.9, finest=0.6), x / 0.9, y / 0.9)
    azimuth = np.degrees(np.arctan2(east, north))
    turn = (azimuth - sun.azimuth + 180) % 360 - 180
    up = np.degrees(np.arctan2(-rise, np.hypot(east, north)))
    glint = np.exp(-((turn / 34) ** 2) - ((up - sun.altitude) / 20) ** 2)
    base = blend(np.broadcast_to(light.horizon, (*x.shape, 3)), tuple(light.zenith), np.clip(up / 70, 0, 1))
    base = base * (0.86 + 0.05 * ripple)[..., None]
    return blend(
        base, tuple(np.clip(light.glow * 1.05, 0, 1)), np.clip(glint * (0.6 + 0.5 * ripple), 0, 0.95)
    ), glint


def _hills(colour: Raster, azimuth: Raster, altitude: Raster, light: Light, seed: int) -> None:
    """Lay three ranges of hills along the horizon."""
    line = cloud(seed + 24, 512, slope=2.1)
    for number, (top, body) in enumerate(((3.0, 0.16), (2.0, 0.34), (1.0, 0.52))):
        rise = top * (0.55 + 0.30 * look_up(line, azimuth * 1.7, np.full_like(azimuth, 40.0 + 97 * number)))
        paint = light.horizon * (1 - body) + (light.ambient * raster((0.62, 0.80, 0.86))) * body
        share = (
            ease(0.06, -0.06, altitude - np.clip(rise, 0.05, None))
            * (0.25 + 0.75 * ease(-0.4, 1.4, altitude))
            * (altitude > -0.25)
        )
        colour[:] = blend(colour, tuple(paint), share)


def _stand_up(  # noqa: PLR0917 -- the whole of one picture's geometry and light
    picture: Image.Image, country: Country, lens: Lens, sun: Sun, light: Light, weather: Weather
) -> None:
    """Paint houses and trees over the ground, farthest first."""
    order: list[tuple[float, House | list[float]]] = []
    for house in houses_near(country, lens):
        _, deep = lens.pixel(np.array([[house.x, house.y, 0.0]]))
        if deep[0] > house.long + 4:
            order.append((float(deep[0]), house))
    trees = trees_near(country, lens)
    if len(trees):
        pixels, deep = lens.pixel(np.column_stack([trees[:, :2], trees[:, 3] * 0.62]))
        order.extend(zip(deep.tolist(), np.column_stack([trees, pixels]).tolist(), strict=True))
    veil = tuple(round(float(each) * 255) for each in np.clip(tone(light.horizon), 0, 1))
    crowns = crowns_for(lens, sun, light, country.muted)
    pen = ImageDraw.Draw(picture)
    for deep_m, thing in sorted(order, key=lambda each: -each[0]):
        air = float(_air(raster([deep_m]), weather)[0])
        if isinstance(thing, House):
            paint_house(pen, lens, thing, sun=sun, light=light, air=air)
        else:
            stamp_tree(picture, lens, (deep_m, *thing), crowns, (*veil, round(air * 255)))
