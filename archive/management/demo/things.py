"""Setting things into a view of the coast: on ground or water that bears them, behind what is nearer."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from archive.management.demo import built, living
from archive.management.demo.coast import Coast, ground_height
from archive.management.demo.noise import raster
from archive.management.demo.pen import Mix, Pen
from archive.management.demo.sky import Weather
from archive.management.demo.sun import Sun
from archive.management.demo.view import Seen, Stand, thickness


@dataclass(frozen=True)
class Thing:
    """One object: its kind, metres ahead and to the right of the camera, a factor of size, a seed.

    `raised` is its height in metres above ground or water (for birds).
    """

    kind: str
    ahead: float
    right: float
    size: float = 1.0
    seed: int = 0
    raised: float = 0.0


_KINDS: dict[str, Callable[[Pen, float, int], None]] = {
    "lighthouse": built.draw_lighthouse,
    "house": built.draw_house,
    "sail": living.draw_sail,
    "trawler": living.draw_trawler,
    "palm": living.draw_palm,
    "pine": living.draw_pine,
    "obelisk": built.draw_obelisk,
    "stones": built.draw_stones,
    "gulls": living.draw_gulls,
    "fence": built.draw_fence,
    "groyne": built.draw_groyne,
    "parasol": built.draw_parasol,
    "bridge": built.draw_bridge,
}


_EXTENT = {
    "lighthouse": (14.0, 28.0, 3.0),
    "house": (9.0, 9.0, 2.5),
    "sail": (6.0, 13.0, 1.0),
    "trawler": (8.0, 9.0, 1.0),
    "palm": (9.5, 13.0, 1.5),
    "pine": (9.0, 11.0, 2.0),
    "obelisk": (2.0, 7.0, 1.5),
    "stones": (10.0, 5.0, 1.5),
    "gulls": (26.0, 14.0, 14.0),
    "fence": (30.0, 3.0, 1.5),
    "groyne": (24.0, 4.0, 1.5),
    "parasol": (3.0, 3.5, 1.0),
    "bridge": (340.0, 110.0, 6.0),
}
"""Metres to each side, above and below the foot within which a kind is drawn, at size 1."""


def place(  # noqa: PLR0917 -- a thing needs the ground, the view, the light and the picture it goes into
    picture: Image.Image,
    things: tuple[Thing, ...],
    coast: Coast,
    stand: Stand,
    sun: Sun,
    weather: Weather,
    seen: Seen,
) -> Image.Image:
    """Paint the things into the picture, farthest first, hidden where nearer ground stands before them."""
    ratio = picture.width / seen.depth.shape[1]
    for thing in sorted(_spread(things, coast, seen), key=lambda each: -each.ahead):
        right = _find_room(coast, seen, thing)
        if right is None:
            continue
        ahead = thing.ahead
        up = max(_ground_under(coast, seen, ahead, right), 0.0) + thing.raised
        scale = seen.focal / ahead * ratio
        x = picture.width / 2 + right * scale
        y = (seen.horizon + seen.focal * (seen.eye_height - up + ahead * ahead / 13.0e6) / ahead) * ratio
        wide, high, deep = (each * thing.size * scale for each in _EXTENT[thing.kind])
        box = (
            max(0, math.floor(x - wide)),
            max(0, math.floor(y - high)),
            min(picture.width, math.ceil(x + wide)),
            min(picture.height, math.ceil(y + deep)),
        )
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        layer = Image.new("RGBA", (box[2] - box[0], box[3] - box[1]), (0, 0, 0, 0))
        air = float(thickness(raster([ahead]), weather)[0])
        mix = Mix(sun, weather, stand.heading, air, tuple(float(each) for each in seen.rim))
        pen = Pen(ImageDraw.Draw(layer, "RGBA"), (x - box[0], y - box[1]), scale, mix)
        _KINDS[thing.kind](pen, thing.size, thing.seed)
        small = (
            round(box[0] / ratio),
            round(box[1] / ratio),
            math.ceil(box[2] / ratio),
            math.ceil(box[3] / ratio),
        )
        window = seen.depth[small[1] : small[3], small[0] : small[2]]
        if not window.size:
            continue
        shown = Image.fromarray(((window > ahead * 0.93) * 255).astype(np.uint8))
        mask = shown.resize(layer.size, Image.Resampling.BILINEAR)
        alpha = np.minimum(np.asarray(layer.getchannel("A")), np.asarray(mask))
        picture.paste(layer.convert("RGB"), box[:2], Image.fromarray(alpha))
    return picture


def _spread(things: tuple[Thing, ...], coast: Coast, seen: Seen) -> list[Thing]:
    """Turn villages and groves into their houses and trees, each on its own ground."""
    out: list[Thing] = []
    for thing in things:
        if thing.kind not in ("village", "grove", "regatta"):
            out.append(thing)
            continue
        rng = np.random.default_rng(thing.seed)
        kind, number, wide, deep = {
            "village": ("house", 34, 150.0, 130.0),
            "grove": ("palm", 9, 22.0, 26.0),
            "regatta": ("sail", 8, 260.0, 200.0),
        }[thing.kind]
        for _ in range(number):
            ahead = thing.ahead + float(rng.uniform(-0.5, 0.5)) * deep * thing.size
            right = thing.right + float(rng.normal(0, 0.32)) * wide * thing.size
            if kind == "sail" or _ground_under(coast, seen, ahead, right) > 1.2:
                out.append(
                    Thing(kind, ahead, right, float(rng.uniform(0.8, 1.25)), int(rng.integers(1 << 30)))
                )
    return out


def _find_room(coast: Coast, seen: Seen, thing: Thing) -> float | None:
    """Return the place to the right nearest the wished one where such a thing can be.

    Boats afloat, the rest ashore.
    """
    if thing.kind == "gulls":
        return thing.right
    for step in range(40):
        shift = (step + 1) // 2 * (0.03 * thing.ahead + 1) * (1 if step % 2 else -1)
        ground = _ground_under(coast, seen, thing.ahead, thing.right + shift)
        if thing.kind == "groyne":
            fits = -1.2 < ground < 1.6
        else:
            fits = ground < -0.3 if thing.kind in ("sail", "trawler", "bridge") else ground > 0.8
        if fits:
            return thing.right + shift
    return None


def _ground_under(coast: Coast, seen: Seen, ahead: float, right: float) -> float:
    """Return the height of ground (below zero at sea) at a place given from the camera."""
    u = seen.origin[0] + ahead * math.sin(seen.bearing) + right * math.cos(seen.bearing)
    v = seen.origin[1] + ahead * math.cos(seen.bearing) - right * math.sin(seen.bearing)
    ground, _ = ground_height(coast, raster([[u]]), raster([[v]]), detail=False)
    return float(ground[0, 0])
