"""Pins for the map: the matching photos grouped by the cells of a grid, each standing on a real photo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    Q,
    Value,
    When,
)

from archive.atlas.answers import Cells, Extent
from archive.atlas.question import Question, Rows
from archive.catalogue.models import IndexRow
from archive.values.morton import LEVELS, shift_of
from archive.values.selection import Sure

MOST_CELLS = 4096
Bounds = tuple[float, float, float, float]
"""West, south, east, north of the photos of a cell, degrees."""
Group = dict[str, Any]
"""A cell and kind with its count, a sample, and the bounds of keys and coordinates."""
CERTAIN, POSSIBLE, PART = 0, 1, 2
FINER_THAN_TILE = 2  # a quarter of a 256-pixel tile is 64 pixels


def level_for(zoom: int) -> int:
    """Return the grid level whose cells are about 64 pixels wide at a zoom of the map."""
    return max(0, min(LEVELS, zoom + FINER_THAN_TILE))


def cells_of(question: Question, zoom: int) -> tuple[int, Cells, Extent | None]:
    """Return the level used, its cells and the box round their photos.

    The level is the finest up to the zoom's that has at most MOST_CELLS.
    """
    level, groups = grouped(drawn(question), level_for(zoom))
    bounds = [(group["left"], group["bottom"], group["right"], group["top"]) for group in groups]
    return level, pins(groups), extent_of(bounds)


def grouped(rows: Rows, level: int) -> tuple[int, list[Group]]:
    """Return the finest level up to this that has at most MOST_CELLS, and what `groups_at` it has."""
    groups = groups_at(rows, level)
    if len(groups) > MOST_CELLS:
        level = _finest_that_fits(rows, level)
        groups = groups_at(rows, level)
    return level, groups


def extent_of(bounds: Sequence[Bounds]) -> Extent | None:
    """Return the smallest box round all, across the antimeridian where that is narrower."""
    if not bounds:
        return None
    spans = sorted((west, east) for west, _, east, _ in bounds)
    reach, widest = spans[0][1], spans[0][0] + 360 - max(east for _, east in spans)
    west, east = spans[0][0], max(east for _, east in spans)
    for left, right in spans[1:]:
        if left - reach > widest:
            widest, west, east = left - reach, left, reach
        reach = max(reach, right)
    return Extent(west, min(box[1] for box in bounds), east, max(box[3] for box in bounds))


def drawn(question: Question) -> Rows:
    """Every row whose centre is in the area and whose photo matches, with its kind."""
    sure = question.selection.sure
    wanted = question.centre_in_area() & question.in_time(sure)
    if question.areas:
        wanted &= question.in_area(sure)
    kind = Case(When(parts__gt=1, then=Value(PART)), default=Value(CERTAIN), output_field=IntegerField())
    if sure is Sure.POSSIBLY and not question.is_sharp:
        certain = question.in_time(Sure.CERTAINLY) & question.place_in_area(Sure.CERTAINLY)
        kind = Case(
            When(parts__gt=1, then=Value(PART)),
            When(certain, then=Value(CERTAIN)),
            default=Value(POSSIBLE),
            output_field=IntegerField(),
        )
    return question.rows().filter(wanted).annotate(kind=kind)


def groups_at(rows: Rows, level: int) -> list[Group]:
    """Count drawn rows by cell and kind, in this order: at most one more than MOST_CELLS groups."""
    together: Any = rows.annotate(cell=F("key").bitrightshift(shift_of(level))).values("cell", "kind")
    counted = together.annotate(
        n=Count("pk"),
        sample=Min("pk"),
        lowest=Min("key"),
        highest=Max("key"),
        left=Min("longitude"),
        right=Max("longitude"),
        bottom=Min("latitude"),
        top=Max("latitude"),
    )
    groups = list(counted.order_by("cell", "kind")[: MOST_CELLS + 1])
    if any(group["kind"] == PART for group in groups):
        # several places of one photo may lie in one cell: it is still one photo that might be there
        apart = together.filter(kind=PART).annotate(photos=Count("photo", distinct=True))
        photos = {group["cell"]: group["photos"] for group in apart.order_by("cell")}
        for group in groups:
            if group["kind"] == PART:
                group["photos"] = photos[group["cell"]]
    return groups


def _finest_that_fits(rows: Rows, level: int) -> int:
    """Coarser levels never have more cells, so halving the question finds the finest in a few counts."""
    fits, overflows = 0, level
    while overflows - fits > 1:
        middle = (fits + overflows) // 2
        cell = ExpressionWrapper(
            F("key").bitrightshift(shift_of(middle)) * 3 + F("kind"), output_field=BigIntegerField()
        )
        found = rows.aggregate(cells=Count(cell, distinct=True))["cells"]
        fits, overflows = (middle, overflows) if found <= MOST_CELLS else (fits, middle)
    return fits


def pins(groups: list[Group]) -> Cells:
    samples = IndexRow.objects.filter(pk__in=[group["sample"] for group in groups])
    shown = samples.only("ref", "latitude", "longitude", "radius_m", "direction", "width_deg")
    by_pk = {row.pk: row for row in shown}
    rows = [by_pk[group["sample"]] for group in groups]
    alone = [row if group["n"] == 1 else None for row, group in zip(rows, groups, strict=True)]
    return Cells(
        latitudes=[row.latitude or 0.0 for row in rows],
        longitudes=[row.longitude or 0.0 for row in rows],
        photos=[row.ref for row in rows],
        counts=[0 if group["kind"] == PART else group["n"] for group in groups],
        parts=[group["photos"] if group["kind"] == PART else 0 for group in groups],
        possible=[group["kind"] != CERTAIN for group in groups],
        depths=[depth_of(group["lowest"], group["highest"]) for group in groups],
        radii_m=[row.radius_m if row else None for row in alone],
        directions=[row.direction if row else None for row in alone],
        widths_deg=[row.width_deg if row else None for row in alone],
    )


def depth_of(lowest: int, highest: int) -> int:
    """Return the level of the smallest quadtree square that holds both keys, and all keys between them."""
    return LEVELS - ((lowest ^ highest).bit_length() + 1) // 2


def edge_of(question: Question) -> Q:
    """Condition on a matching photo's row: its one place matches only by its radius."""
    return Q(parts=1) & ~question.centre_in_area()
