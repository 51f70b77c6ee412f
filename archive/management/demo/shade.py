"""Shadows on level ground, thrown by houses and trees."""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from archive.management.demo.ground import Country
from archive.management.demo.houses import corners, ridge_of
from archive.management.demo.lens import Lens, houses_near, trees_near
from archive.management.demo.noise import Plane
from archive.management.demo.sun import Sun


def shadows_on(country: Country, lens: Lens, sun: Sun, shape: tuple[int, int]) -> Image.Image:
    """Return where the ground lies in shadow, as a grey picture of `shape`: 255 in full shadow."""
    mask = Image.new("L", (shape[1], shape[0]), 0)
    pen = ImageDraw.Draw(mask)
    length = 1 / math.tan(math.radians(max(sun.altitude, 6)))
    cast = np.array([-math.sin(math.radians(sun.azimuth)), -math.cos(math.radians(sun.azimuth))]) * length
    ratio = shape[1] / lens.size[0]
    for house in houses_near(country, lens):
        tops = np.concatenate([corners(house, house.wall), ridge_of(house)])
        fallen = tops.copy()
        fallen[:, :2] += cast * tops[:, 2:3]
        fallen[:, 2] = 0
        places, deep = lens.pixel(np.concatenate([corners(house, 0.0), fallen]))
        if deep.min() > 2:
            pen.polygon([(float(px * ratio), float(py * ratio)) for px, py in _hull(places)], fill=255)
    trees = trees_near(country, lens)
    ring = np.linspace(0, 2 * np.pi, 9, endpoint=False)
    if len(trees):
        heights = np.stack([trees[:, 3] * 0.35, trees[:, 3] - trees[:, 2] * 0.8], axis=1)
        places = np.zeros((len(trees), 2, len(ring), 3))
        for axis, curve in ((0, np.cos(ring)), (1, np.sin(ring))):
            middle = trees[:, axis, None] + cast[axis] * heights
            places[..., axis] = middle[..., None] + trees[:, 2, None, None] * curve
        pixels, deep = lens.pixel(places.reshape(-1, 3))
        pixels, deep = pixels.reshape(len(trees), -1, 2) * ratio, deep.reshape(len(trees), -1)
        for spots, nearest_m in zip(pixels, deep.min(axis=1), strict=True):
            if nearest_m > 2:
                pen.polygon(_hull(spots), fill=235)
    return mask.filter(ImageFilter.GaussianBlur(0.8))


def _hull(points: Plane) -> list[tuple[float, float]]:
    """Return the convex outline of points (monotone chain)."""
    ordered = sorted(map(tuple, points.tolist()))
    outline: list[tuple[float, float]] = []
    for run in (ordered, ordered[::-1]):
        start = len(outline)
        for point in run:
            while len(outline) - start >= 2 and _turns_back(outline[-2], outline[-1], point):
                outline.pop()
            outline.append(point)
        outline.pop()
    return outline


def _turns_back(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0
