"""Houses seen from the air: walls, windows, roofs, each face lit by the way it looks."""

import math

import numpy as np
from PIL import ImageDraw

from archive.management.demo.coast import Colour
from archive.management.demo.finish import tone
from archive.management.demo.ground import House
from archive.management.demo.lens import Lens
from archive.management.demo.noise import Plane, raster
from archive.management.demo.sky import Light
from archive.management.demo.sun import Sun


def corners(house: House, height: float) -> Plane:
    turn = math.radians(house.turn)
    along = np.array([math.cos(turn), math.sin(turn)])
    across = np.array([-math.sin(turn), math.cos(turn)])
    spots = [
        np.array([house.x, house.y]) + a * house.long * along + b * house.wide * across
        for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    return np.array([[*spot, height] for spot in spots])


def ridge_of(house: House) -> Plane:
    turn = math.radians(house.turn)
    along = np.array([math.cos(turn), math.sin(turn)]) * house.long
    return np.array(
        [
            [house.x - along[0], house.y - along[1], house.ridge],
            [house.x + along[0], house.y + along[1], house.ridge],
        ]
    )


def lit_face(colour: Colour, normal: Plane, sun: Sun, light: Light, air: float) -> tuple[int, int, int]:
    azimuth, altitude = math.radians(sun.azimuth), math.radians(max(sun.altitude, 2))
    toward = np.array(
        [math.sin(azimuth) * math.cos(altitude), math.cos(azimuth) * math.cos(altitude), math.sin(altitude)]
    )
    share = max(0.0, float(normal @ toward))
    mixed = (
        raster(colour) * (light.ambient * 0.95 + light.direct * (0.95 * share + 0.06)) * (1 - air)
        + light.horizon * air
    )
    red, green, blue = (round(float(each) * 255) for each in np.clip(tone(mixed), 0, 1))
    return red, green, blue


def paint_house(
    pen: ImageDraw.ImageDraw, lens: Lens, house: House, *, sun: Sun, light: Light, air: float
) -> None:
    base, eaves, ridge = corners(house, 0.0), corners(house, house.wall), ridge_of(house)
    for number in range(4):
        nxt = (number + 1) % 4
        side = base[nxt] - base[number]
        normal = np.array([side[1], -side[0], 0.0]) / np.hypot(side[0], side[1])
        if normal @ (lens.eye - base[number]) <= 0:
            continue
        ring = [base[number], base[nxt], eaves[nxt], eaves[number]]
        if number % 2 and house.ridge > house.wall:
            ring.insert(3, ridge[1] if number == 1 else ridge[0])
        _polygon(pen, lens, np.array(ring), lit_face(house.walls, normal, sun, light, air))
        _windows(
            pen, lens, house, (base[number], base[nxt]), lit_face((0.30, 0.33, 0.36), normal, sun, light, air)
        )
    if house.ridge <= house.wall:
        _polygon(pen, lens, eaves, lit_face(house.roof, np.array([0.0, 0.0, 1.0]), sun, light, air))
        inner = corners(
            House(
                house.x,
                house.y,
                house.long - 0.5,
                house.wide - 0.5,
                0,
                0,
                house.turn,
                house.walls,
                house.roof,
            ),
            house.wall,
        )
        dark: Colour = (house.roof[0] * 0.9, house.roof[1] * 0.9, house.roof[2] * 0.92)
        _polygon(pen, lens, inner, lit_face(dark, np.array([0.0, 0.0, 1.0]), sun, light, air))
        return
    halves = (
        (np.array([eaves[0], eaves[1], ridge[1], ridge[0]]), -1.0),
        (np.array([eaves[2], eaves[3], ridge[0], ridge[1]]), 1.0),
    )
    turn = math.radians(house.turn)
    pitch = math.atan2(house.ridge - house.wall, house.wide)
    across = np.array([-math.sin(turn), math.cos(turn), 0.0])
    for ring_of_roof, sign in sorted(
        halves, key=lambda half: -float(np.linalg.norm(half[0].mean(axis=0) - lens.eye))
    ):
        normal = across * sign * math.sin(pitch) + np.array([0.0, 0.0, math.cos(pitch)])
        if normal @ (lens.eye - ring_of_roof[0]) > 0:
            _polygon(pen, lens, ring_of_roof, lit_face(house.roof, normal, sun, light, air))
            _tiles(
                pen,
                lens,
                ring_of_roof,
                lit_face(
                    (house.roof[0] * 0.86, house.roof[1] * 0.85, house.roof[2] * 0.85),
                    normal,
                    sun,
                    light,
                    air,
                ),
            )


def _tiles(pen: ImageDraw.ImageDraw, lens: Lens, ring: Plane, colour: tuple[int, int, int]) -> None:
    """Rule the courses of a roof where they are wide enough to be seen."""
    for share in np.linspace(0.14, 0.9, 6):
        ends, deep = lens.pixel(
            np.array([ring[0] + (ring[3] - ring[0]) * share, ring[1] + (ring[2] - ring[1]) * share])
        )
        if lens.focal / deep.min() > 6:
            pen.line(
                [tuple(ends[0]), tuple(ends[1])],
                fill=colour,
                width=max(1, round(0.12 * lens.focal / float(deep.min()))),
            )


def _windows(
    pen: ImageDraw.ImageDraw,
    lens: Lens,
    house: House,
    foot: tuple[Plane, Plane],
    colour: tuple[int, int, int],
) -> None:
    """Cut rows of windows into a wall; a house without storeys gets none."""
    along = foot[1] - foot[0]
    length = float(np.hypot(along[0], along[1]))
    count = int(length / 3.2)
    if house.panels and length > 2 * house.wide:
        for middle in (0.47, 0.53):
            _board(pen, lens, house, foot, middle)
    _, deep = lens.pixel(np.array([foot[0], foot[1]]))
    if not count or not house.storeys or deep.min() < 4 or lens.focal / deep.min() < 2.2:
        return
    start, end = ((np.arange(count) + share) / count for share in (0.28, 0.72))
    low = (np.arange(house.storeys) + 0.35) * house.wall / house.storeys
    high = low + 0.48 * house.wall / house.storeys
    rings = np.empty((house.storeys, count, 4, 3))
    for corner, (side, level) in enumerate(((start, low), (end, low), (end, high), (start, high))):
        rings[:, :, corner, :2] = (foot[0][:2] + side[:, None] * along[:2])[None]
        rings[:, :, corner, 2] = level[:, None]
    if house.panels:
        rings = rings[:, (start < 0.42) | (start > 0.58)]
    pixels, _ = lens.pixel(rings.reshape(-1, 3))
    for spots in pixels.reshape(-1, 8).tolist():
        pen.polygon(spots, fill=colour)


def _board(
    pen: ImageDraw.ImageDraw, lens: Lens, house: House, foot: tuple[Plane, Plane], middle: float
) -> None:
    """Hang a framed panel on a wall, at a share of its length; what it shows is left blank."""
    along = foot[1] - foot[0]
    half = 2.0 / float(np.hypot(along[0], along[1]))
    for grow, colour in ((1.0, (122, 44, 38)), (0.78, (214, 204, 186)), (0.45, (120, 118, 112))):
        low, high = house.wall * (0.62 - 0.26 * grow), house.wall * (0.62 + 0.26 * grow)
        ends = [foot[0] + along * (middle + sign * half * grow) for sign in (-1, 1)]
        ring = [[*ends[0][:2], low], [*ends[1][:2], low], [*ends[1][:2], high], [*ends[0][:2], high]]
        _polygon(pen, lens, np.array(ring), colour)


def _polygon(pen: ImageDraw.ImageDraw, lens: Lens, ring: Plane, colour: tuple[int, int, int]) -> None:
    pixels, deep = lens.pixel(ring)
    if deep.min() > 2:
        pen.polygon([(float(x), float(y)) for x, y in pixels], fill=colour)
