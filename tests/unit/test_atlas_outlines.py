"""Many places at once are judged as each alone, whichever sides of an area come near them."""

from __future__ import annotations

import numpy as np
import pytest

from archive.atlas.columns.rows import Places
from archive.atlas.outline import Outline
from archive.values.ring import Ring

STAR = Ring(
    tuple(
        (reach * np.sin(turn) / 3, reach * np.cos(turn))
        for turn, reach in zip(np.linspace(0, 2 * np.pi, 32, endpoint=False), [170, 20] * 16, strict=True)
    )
)
COMB = Ring(
    (*((60.0 if n % 4 in {1, 2} else -50.0, n * 5.0) for n in range(60)), (-60.0, 295.0), (-60.0, 0.0))
)
CORNERS = np.array([*STAR.corners, *COMB.corners, (90.0, 180.0), (-90.0, -180.0)])


def places(random, count):
    """Points and circles, close together or anywhere; some stand on corners of the areas."""
    wide = random.choice([1.0, 20.0, 180.0])
    latitude = np.clip(random.uniform(-60, 60) + random.uniform(-wide, wide, count) / 2, -90, 90)
    longitude = np.clip(random.uniform(-180, 180) + random.uniform(-wide, wide, count), -180, 180)
    on = random.random(count) < 0.2
    picked = CORNERS[random.integers(0, len(CORNERS), on.sum())]
    latitude[on], longitude[on] = picked[:, 0], np.minimum(picked[:, 1], 180)
    radius = np.where(random.random(count) < 0.5, 0.0, 10 ** random.uniform(-3, 1.5, count))
    nothing = np.full(count, np.nan)
    return Places(
        latitude=latitude,
        longitude=longitude,
        radius_m=nothing,
        west=longitude - radius,
        south=np.maximum(-90, latitude - radius),
        east=longitude + radius,
        north=np.minimum(90, latitude + radius),
        direction=nothing,
        width_deg=nothing,
    )


@pytest.mark.parametrize("ring", [STAR, COMB])
@pytest.mark.parametrize("seed", range(6))
def test_places_together_are_judged_as_each_alone(ring, seed):
    area, together = Outline(ring), places(np.random.default_rng(seed), 300)
    for judge in (area.holds, area.touches, area.has_centre):
        alone = [bool(judge(together.at(slice(n, n + 1)))[0]) for n in range(300)]
        assert judge(together).tolist() == alone
    assert not (area.holds(together) & ~area.touches(together)).any()


def test_an_area_judges_no_places_at_all():
    none = places(np.random.default_rng(0), 1).at(slice(0, 0))
    assert not len(Outline(STAR).holds(none))
    assert not len(Outline(STAR).touches(none))
