"""The demo's light and geometry: the sun stands where it stood, neighbouring frames see the same ground."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest

from archive.management.demo.country import farmland
from archive.management.demo.flight import frames
from archive.management.demo.lens import Lens
from archive.management.demo.noise import cloud, look_up, raster
from archive.management.demo.shores import SHORES
from archive.management.demo.sky import light_of
from archive.management.demo.sun import Sun, sun_at
from archive.management.demo.view import Stand, settle_origin
from archive.management.demo.walk import stops


def test_the_sun_stands_overhead_at_the_equinox_on_the_equator():
    # 20 March 2019, 21:58 UTC was the equinox; local solar noon on the meridian is at 12:07 UTC.
    assert sun_at(datetime(2019, 3, 20, 12, 7, tzinfo=UTC), 0, 0).altitude > 89.3


@pytest.mark.parametrize(
    ("moment", "latitude", "altitude"),
    [
        (datetime(2019, 6, 21, 12, 2, tzinfo=UTC), 51.48, 61.95),
        (datetime(2019, 12, 22, 11, 58, tzinfo=UTC), 51.48, 15.09),
        (datetime(2019, 12, 22, 11, 58, tzinfo=UTC), -35.0, 78.43),
    ],
)
def test_noon_is_as_high_as_latitude_and_season_make_it(moment, latitude, altitude):
    sun = sun_at(moment, latitude, 0)
    assert sun.altitude == pytest.approx(altitude, abs=0.15)
    assert (sun.azimuth < 2 or sun.azimuth > 358) if latitude < 0 else abs(sun.azimuth - 180) < 2


def test_the_walks_sunsets_are_in_the_west_and_its_sunrises_in_the_east():
    for stop in stops():
        sun = sun_at(stop.moment(), stop.latitude, stop.longitude)
        if "sunset" in stop.keywords:
            assert -4 < sun.altitude < 4
            assert 180 < sun.azimuth < 300
        if "sunrise" in stop.keywords:
            assert -4 < sun.altitude < 6
            assert 60 < sun.azimuth < 120
        if "night" in stop.keywords:
            assert sun.altitude < -18


def test_light_grows_with_the_height_of_the_sun():
    brightness = [float(light_of(Sun(180, height)).direct.mean()) for height in (-18, -4, 2, 12, 40)]
    assert brightness == sorted(brightness)


def test_neighbouring_frames_of_the_flight_overlap():
    flight = frames()
    for earlier, later in pairwise(flight[:9]):
        middle = np.array([[(earlier.pose.x + later.pose.x) / 2, (earlier.pose.y + later.pose.y) / 2, 0.0]])
        for frame in (earlier, later):
            (pixel,), _ = Lens(frame.pose, (2160, 1440)).pixel(middle)
            assert 0 < pixel[0] < 2160
            assert 0 < pixel[1] < 1440


def test_a_ray_and_a_pixel_are_each_others_inverse():
    lens = Lens(frames()[60].pose, (2160, 1440))
    east, north, rise = lens.rays((144, 216))
    row, column = 100, 40
    reach = -lens.pose.height / rise[row, column]
    place = [lens.pose.x + east[row, column] * reach, lens.pose.y + north[row, column] * reach, 0.0]
    (pixel,), _ = lens.pixel(np.array([place]))
    assert pixel == pytest.approx([(column + 0.5) * 10, (row + 0.5) * 10], abs=0.5)


def test_nobody_lives_in_the_river_or_on_the_road():
    country = farmland()
    assert len(country.houses) == 64
    for house in country.houses:
        column, row = int(house.x / 2 + 512), int(house.y / 2 + 512)
        assert country.water[row, column] > 20
        assert country.road[row, column] > 3


def test_noise_tiles_without_a_seam():
    tile = cloud(3, 64)
    x = raster([0.25, 17.5])
    assert look_up(tile, x, x) == pytest.approx(look_up(tile, x + 64, x - 64), abs=1e-4)
    assert float(tile.mean()) == pytest.approx(0, abs=1e-3)
    assert float(tile.std()) == pytest.approx(1, abs=1e-3)


def test_the_camera_stands_on_land():
    for stop in stops():
        stand = Stand(stop.along, stop.inland, stop.heading, stop.seaward)
        coast = SHORES[stop.shore]
        along, _ = settle_origin(coast, stand)
        assert along == stop.along
        assert stop.inland > 0
