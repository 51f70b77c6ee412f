"""Totals and the values photos can be narrowed by, each facet counted without its own filter.

One query groups the matching photos by all facets at once; it is folded here. A facet that is filtered gets a
query of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q

from archive.atlas.answers import Facet, FacetValue
from archive.atlas.cells import edge_of
from archive.atlas.question import Question
from archive.catalogue.models import Collection, Term
from archive.values.selection import NONE
from archive.values.settled import STATUS_CODES

MOST_VALUES = 50
_COLUMNS = ("collection", "place_status", "time_status", "licence", "device")
_FIELDS = {
    "collection": "collection_id",
    "place_status": "place_status",
    "time_status": "time_status",
    "licence": "licence_id",
    "device": "device_id",
}
_STATUS_OF_CODE = {code: status.value.replace("_", "-") for status, code in STATUS_CODES.items()}

_COUNTS = ("total", "several", "unplaced", "undated", "edge")  # in the order of Totals

Tally = Counter[int | None]
Named = Callable[[int | None], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Totals:
    total: int
    several: int
    unplaced: int
    undated: int
    edge: int


def totals_and_tallies(question: Question) -> tuple[Totals, dict[str, Tally]]:
    """Return the counts of the Selection and, for each facet, how many photos hold each value."""
    sure = question.selection.sure
    profiles = (
        question.photos(sure)
        .values_list(*_FIELDS.values())
        .annotate(
            n=Count("pk"),
            several=Count("pk", filter=Q(parts__gt=1)),
            unplaced=Count("pk", filter=Q(parts=0)),
            undated=Count("pk", filter=Q(earliest__isnull=True)),
            **({"edge": Count("pk", filter=edge_of(question))} if question.areas else {}),
        )
        .order_by()
    )
    tallies: dict[str, Tally] = {name: Counter() for name in _COLUMNS}
    sums = [0] * len(_COUNTS)
    for profile in profiles:
        n = profile[len(_COLUMNS)]
        for name, value in zip(_COLUMNS, profile, strict=False):
            tallies[name][value] += n
        for at, count in enumerate(profile[len(_COLUMNS) :]):
            sums[at] += count
    for name in _filtered(question):
        tallies[name] = _without_its_filter(question, name)
    return Totals(*sums), tallies


def facets_of(tallies: dict[str, Tally], years: Counter[int]) -> dict[str, Facet]:
    """Name the commonest values of each facet, in two queries at most."""
    collections, terms = _names(tallies)
    status: Counter[tuple[str, int]] = Counter()
    for question, name in (("place", "place_status"), ("date", "time_status")):
        status.update({(question, code): n for code, n in tallies[name].items() if code is not None})
    return {
        "collection": _facet(tallies["collection"], lambda key: collections.get(key, ("", ""))),
        "status": _status_facet(status),
        "licence": _facet(tallies["licence"], lambda key: terms.get(key, (NONE, "no licence stated"))),
        "device": _facet(tallies["device"], lambda key: terms.get(key, (NONE, "no device stated"))),
        "year": _year_facet(years),
    }


def _filtered(question: Question) -> list[str]:
    chosen = question.selection
    asked = {
        "collection": chosen.collections,
        "place_status": chosen.place_statuses,
        "time_status": chosen.date_statuses,
        "licence": chosen.licences,
        "device": chosen.devices,
    }
    return [name for name in _COLUMNS if asked[name]]


def _without_its_filter(question: Question, name: str) -> Tally:
    field = _FIELDS[name]
    photos = question.photos(question.selection.sure, ignoring=frozenset({name}))
    return Counter(dict(photos.values_list(field).annotate(n=Count("pk")).order_by()))


def _names(
    tallies: dict[str, Tally],
) -> tuple[dict[int | None, tuple[str, str]], dict[int | None, tuple[str, str]]]:
    commonest = {name: [key for key, _ in tally.most_common(MOST_VALUES)] for name, tally in tallies.items()}
    collections: dict[int | None, tuple[str, str]] = {
        pk: (slug, title)
        for pk, slug, title in Collection.objects.filter(pk__in=commonest["collection"]).values_list(
            "pk", "slug", "title"
        )
    }
    wanted = [key for key in (*commonest["licence"], *commonest["device"]) if key is not None]
    terms: dict[int | None, tuple[str, str]] = {
        pk: (text, text) for pk, text in Term.objects.filter(pk__in=wanted).values_list("pk", "text")
    }
    return collections, terms


def _facet(tally: Tally, named: Named) -> Facet:
    common = tally.most_common(MOST_VALUES)
    values = tuple(sorted((FacetValue(*named(key), n) for key, n in common), key=_by_count))
    return Facet(values, tally.total() - sum(value.n for value in values))


def _status_facet(status: Counter[tuple[str, int]]) -> Facet:
    values = (
        FacetValue(
            f"{question}-{_STATUS_OF_CODE[code]}", f"{question} {_STATUS_OF_CODE[code].replace('-', ' ')}", n
        )
        for (question, code), n in status.items()
    )
    return Facet(tuple(sorted(values, key=_by_count)))


def _year_facet(years: Counter[int]) -> Facet:
    values = tuple(
        sorted(
            (FacetValue(f"{year:04}", str(year), n) for year, n in years.most_common(MOST_VALUES)),
            key=_by_count,
        )
    )
    return Facet(values, years.total() - sum(value.n for value in values))


def _by_count(value: FacetValue) -> tuple[int, str]:
    return -value.n, value.label
