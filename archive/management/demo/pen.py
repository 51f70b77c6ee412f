"""Drawing one object in metres, in paint mixed for its distance, light and air."""

import math
from dataclasses import dataclass

import numpy as np
from PIL import ImageDraw

from archive.management.demo.coast import Colour
from archive.management.demo.finish import tone
from archive.management.demo.noise import raster
from archive.management.demo.sky import Weather, light_of
from archive.management.demo.sun import Sun


@dataclass(frozen=True)
class Mix:
    """Turns a surface's own colour into paint for one distance, light and air."""

    sun: Sun
    weather: Weather
    heading: float
    air: float
    rim: tuple[float, ...]

    def paint(self, colour: Colour, turn: float) -> tuple[int, int, int, int]:
        light = light_of(self.sun, self.weather.haze)
        apart = math.radians(self.sun.azimuth - (self.heading + 180 - turn))
        share = max(0.0, math.cos(apart) * math.cos(math.radians(max(self.sun.altitude, 0)))) + 0.15 * max(
            0.0, math.sin(math.radians(self.sun.altitude))
        )
        lit = raster(colour) * (light.ambient + light.direct * share)
        mixed = tone(lit * (1 - self.air) + raster(self.rim) * self.air)
        red, green, blue = (round(float(value) * 255) for value in np.clip(mixed, 0, 1))
        return red, green, blue, 255


class Pen:
    """Draws in metres right of and above an object's foot, with light by the direction a face looks."""

    def __init__(
        self, canvas: ImageDraw.ImageDraw, foot: tuple[float, float], scale: float, mix: "Mix"
    ) -> None:
        self._canvas, self._foot, self._scale, self._mix = canvas, foot, scale, mix
        self.night = mix.sun.altitude < 1

    def _at(self, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        x, y = self._foot
        return [(x + right * self._scale, y - up * self._scale) for right, up in points]

    def area(self, points: list[tuple[float, float]], colour: Colour, turn: float = 0.0) -> None:
        """Fill a polygon; `turn` degrees is how far its face is turned to the right of the camera."""
        self._canvas.polygon(self._at(points), fill=self._mix.paint(colour, turn))

    def pane(self, points: list[tuple[float, float]]) -> None:
        """A window: dark by day, lit from within after sunset."""
        fill = (255, 212, 140, 255) if self.night else self._mix.paint((0.22, 0.28, 0.32), 0)
        self._canvas.polygon(self._at(points), fill=fill)

    def stroke(self, points: list[tuple[float, float]], width: float, colour: Colour) -> None:
        self._canvas.line(
            self._at(points),
            fill=self._mix.paint(colour, 20),
            width=max(1, round(width * self._scale)),
            joint="curve",
        )

    def blob(
        self, centre: tuple[float, float], radius: tuple[float, float], colour: Colour, turn: float = 0
    ) -> None:
        (left, top), (right, bottom) = self._at(
            [(centre[0] - radius[0], centre[1] + radius[1]), (centre[0] + radius[0], centre[1] - radius[1])]
        )
        if right - left >= 1 and bottom - top >= 1:
            self._canvas.ellipse((left, top, right, bottom), fill=self._mix.paint(colour, turn))

    def lamp(self, centre: tuple[float, float], radius: float) -> None:
        """A light that is on after sunset and only glass by day."""
        (x, y), *_ = self._at([centre])
        reach = radius * self._scale
        if not self.night:
            self.blob(centre, (radius, radius), (0.55, 0.66, 0.70))
            return
        for spread, strength in ((7.0, 26), (4.0, 60), (2.0, 130), (1.0, 255)):
            r = max(reach * spread, spread)
            self._canvas.ellipse((x - r, y - r, x + r, y + r), fill=(255, 226, 150, strength))
