"""Within two kilometres of the border, says somebody: whether a place is, and how many others are too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from archive.checks import spelling
from archive.checks.check import Check, Reliability
from archive.checks.models import Outcome
from archive.checks.results import Input, Result, narrowest
from archive.gazetteer import borders
from archive.values.shapes import Relating
from archive.values.wording import distance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts, StatedDistance, StatedPoint
    from archive.values.shapes import Relation

MOST_NAMED: Final = 8
_HOW: Final = {
    Relating.WITHIN: "within {} of",
    Relating.BEYOND: "more than {} from",
    Relating.ON: "on",
}


def run(facts: Facts) -> Iterable[Result]:
    for stated in facts.distances:
        points = [point for point in facts.points if point.facet is stated.facet]
        if not points:
            yield _selectivity(stated)
        for point in points:
            yield _compared(stated, point)


def _selectivity(stated: StatedDistance) -> Result:
    return Result(
        Outcome.CANNOT_TELL,
        {**_told(stated.relation), "case": "alone"},
        inputs=_inputs(stated),
        readership=stated.readership,
    )


def _compared(stated: StatedDistance, point: StatedPoint) -> Result:
    relation, place = stated.relation, point.place
    metres = borders.named_geometry(relation.of).nearest(place.latitude, place.longitude).distance_m
    radius = (place.radius_m or 0.0) + borders.BORDER_ERROR_M
    near, far = max(0.0, metres - radius), metres + radius
    where = f"{place.latitude:.6f}, {place.longitude:.6f} ± {place.radius_m or 0:g} m"
    return Result(
        _judged(relation, near, far),
        {
            **_told(relation),
            "case": "point",
            "metres": round(metres),
            "near": round(near),
            "far": round(far),
            "claim": point.claim,
        },
        magnitude=round(metres, 1),
        tolerance=round(radius, 1),
        unit="m",
        inputs=(*_inputs(stated), Input("place", f"claim {point.claim}", where)),
        readership=narrowest(stated.readership, point.readership),
    )


def _judged(relation: Relation, near: float, far: float) -> Outcome:
    limit = relation.distance_m
    inside, outside = far <= limit, near > limit
    if relation.how is Relating.BEYOND:
        inside, outside = near > limit, far <= limit
    if inside:
        return Outcome.FITS
    return Outcome.DOES_NOT_FIT if outside else Outcome.CANNOT_TELL


def _told(relation: Relation) -> dict[str, Any]:
    return {
        "how": relation.how.value,
        "limit": relation.distance_m,
        "of": relation.label,
        "fitting": len(relation.candidates),
        "names": [candidate.name for candidate in relation.candidates[:MOST_NAMED]],
        "dataset": relation.dataset,
    }


def _inputs(stated: StatedDistance) -> tuple[Input, ...]:
    said = stated.words or f"{stated.relation.how.value} {stated.relation.distance_m:g} m"
    return (
        Input("stated distance", f"claim {stated.claim}", said),
        Input("measured from", stated.relation.of, stated.relation.label),
    )


def words(outcome: Outcome, facts: Mapping[str, Any]) -> str:
    said = f"{_HOW[Relating(facts['how'])].format(distance(facts['limit']))} {facts['of']}"
    if facts["case"] == "alone":
        return f"Somebody says it is {said}.{_others(facts)}"
    between = f"{distance(facts['near'])} to {distance(facts['far'])}"
    verdict = {
        Outcome.FITS: f"so it fits “{said}”",
        Outcome.DOES_NOT_FIT: f"so it does not fit “{said}”",
        Outcome.CANNOT_TELL: f"so it may or may not be {said}",
    }[outcome]
    return f"The place named is {between} from {facts['of']}, {verdict}.{_others(facts)}"


def _others(facts: Mapping[str, Any]) -> str:
    count, names = facts["fitting"], facts["names"]
    if count == 0:
        return ""
    if count == 1:
        return f" Of the towns known here only {names[0]} fits."
    more = f" and {count - len(names)} more" if count > len(names) else ""
    listed = ", ".join(names) + more if more else spelling.listed(names)
    return f" {count} towns fit these words: {listed}. The words alone do not tell which."


CHECK: Final = Check(
    code="stated_distance",
    version=1,
    title="Stated distance",
    rule="The distance from the named place to the border, country or town that somebody’s words refer to, "
    "with the accuracy of both, against the distance in the words; and which other towns fit the words too.",
    help="A place that fits is not thereby the place: the more towns fit the same words, the less they help. "
    "Borders are those of OpenStreetMap at full resolution.",
    innocent=(
        "people round distances, and say “around” for twice as much",
        "the distance was meant from the edge of the town, or along the road",
        "borders in rivers and hills are drawn differently by different maps",
    ),
    reliability=Reliability.HIGH,
    run=run,
    words=words,
)
