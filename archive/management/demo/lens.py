"""A camera in the air: turning places into pixels and pixels into rays."""

import math
from dataclasses import dataclass

import numpy as np

from archive.management.demo.ground import Country, House
from archive.management.demo.noise import Plane, Raster, raster


@dataclass(frozen=True)
class Pose:
    """Camera in metres east, north and up.

    Yaw degrees clockwise from north, pitch -90 (down) to 0 (level).
    """

    x: float
    y: float
    height: float
    yaw: float
    pitch: float
    field: float = 73.7


class Lens:
    """Turns places into pixels of a picture `size` (width, height), and back."""

    def __init__(self, pose: Pose, size: tuple[int, int]) -> None:
        self.pose, self.size = pose, size
        yaw, pitch = math.radians(pose.yaw), math.radians(pose.pitch)
        self.ahead = np.array(
            [math.sin(yaw) * math.cos(pitch), math.cos(yaw) * math.cos(pitch), math.sin(pitch)]
        )
        self.right = np.array([math.cos(yaw), -math.sin(yaw), 0.0])
        self.up = np.cross(self.right, self.ahead)
        self.focal = size[0] / 2 / math.tan(math.radians(pose.field / 2))
        self.eye = np.array([pose.x, pose.y, pose.height])

    def pixel(self, points: Plane) -> tuple[Plane, Plane]:
        """Return pixels (n × 2) and distances along the axis of view for places (n × 3)."""
        away = points - self.eye
        deep = away @ self.ahead
        safe = np.where(deep > 1, deep, 1.0)
        x = self.size[0] / 2 + (away @ self.right) / safe * self.focal
        y = self.size[1] / 2 - (away @ self.up) / safe * self.focal
        return np.column_stack([x, y]), deep

    def rays(self, shape: tuple[int, int]) -> tuple[Raster, Raster, Raster]:
        """Return the east, north and up parts of the ray through each pixel of a drawing (rows, columns)."""
        rows, columns = shape
        focal = self.focal * columns / self.size[0]
        x = ((np.arange(columns) + 0.5 - columns / 2) / focal).astype(np.float32)[None, :]
        y = ((rows / 2 - np.arange(rows) - 0.5) / focal).astype(np.float32)[:, None]
        east, north, rise = (
            raster(self.ahead[i]) + raster(self.right[i]) * x + raster(self.up[i]) * y for i in range(3)
        )
        return east, north, rise


def houses_near(country: Country, lens: Lens) -> list[House]:
    pose = lens.pose
    return [
        h
        for h in country.houses
        if math.hypot(h.x - pose.x, h.y - pose.y) < pose.height * (1.6 if pose.pitch < -75 else 14)
    ]


def trees_near(country: Country, lens: Lens) -> Raster:
    """Return the trees that show larger than a speck, in the picture or by shadow: the nearest 1,000."""
    places = np.column_stack([country.trees[:, :2], np.zeros(len(country.trees))])
    pixels, deep = lens.pixel(places)
    width, height = lens.size
    margin = 14 * lens.focal / np.maximum(deep, 1)
    inside = (
        (deep > 4)
        & (pixels[:, 0] > -margin)
        & (pixels[:, 0] < width + margin)
        & (pixels[:, 1] > -margin)
        & (pixels[:, 1] < height + margin)
        & (country.trees[:, 2] * lens.focal / np.maximum(deep, 1) > 4.6)
    )
    seen = country.trees[inside]
    return seen[np.argsort(deep[inside])[:1000][::-1]]
