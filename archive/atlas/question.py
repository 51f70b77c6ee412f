"""A viewer's Selection as conditions on index rows. Rights come first, before anything is counted.

One row with part 0 stands for each photo. Filters on words, collection, status, licence and device are sharp;
area and time match for certain (the photo's whole doubt lies inside) or possibly (its doubt touches):

* one place: its row's rectangle, see `area` and `outline`; a photo that looks at a point: see `sighting`;
* several places: for certain when every part lies inside, possibly when any part touches;
* a date: its first and last civil second against the first and last asked for, all included.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from archive.access.rights import Scope
from archive.atlas.area import Area, Rectangle
from archive.atlas.outline import Outline
from archive.atlas.sighting import Sighting
from archive.catalogue.models import Audience, Collection, IndexRow, Term
from archive.catalogue.search import matching
from archive.values.ring import ring_round
from archive.values.selection import NONE, Selection, Sure
from archive.values.settled import STATUS_CODES, Status

Rows = QuerySet[IndexRow]


@dataclass(frozen=True)
class Question:
    scope: Scope
    selection: Selection
    _photos: dict[object, Rows] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        found: list[Area] = []
        if self.selection.box is not None:
            found.append(Rectangle.of_box(self.selection.box))
        if self.selection.near is not None:
            ring = ring_round(self.selection.near)
            found.append(Outline(ring) if ring else Rectangle.of_circle(self.selection.near))
        if self.selection.within is not None:
            found.append(Outline(self.selection.within))
        if self.sighting is not None:
            found.append(self.sighting)
        return tuple(found)

    @cached_property
    def sighting(self) -> Sighting | None:
        """The point that photos are asked to look at."""
        return Sighting(self.selection.sees) if self.selection.sees else None

    @property
    def is_sharp(self) -> bool:
        """Nothing asked for can be met by doubt alone."""
        return not self.areas and not self.selection.has_time

    def rows(self, *, ignoring: frozenset[str] = frozenset()) -> Rows:
        """Rows the viewer may count, of every part, that pass the sharp filters but those ignored."""
        wanted = self._rights()
        for name, condition in self._sharp():
            if name not in ignoring:
                wanted &= condition
        return IndexRow.objects.filter(wanted)

    def photos(
        self,
        sure: Sure,
        *,
        ignoring: frozenset[str] = frozenset(),
        area: bool = True,
        time: bool = True,
    ) -> Rows:
        """One row for each photo that matches; area and time can be left out.

        Asked for again and again within one answer, and costlier to build than to run for a small area.
        """
        asked = (sure, ignoring, area, time)
        if asked not in self._photos:
            self._photos[asked] = self._matching(sure, ignoring=ignoring, area=area, time=time)
        return self._photos[asked].all()

    def _matching(self, sure: Sure, *, ignoring: frozenset[str], area: bool, time: bool) -> Rows:
        wanted = Q(part=0)
        if time:
            wanted &= self.in_time(sure)
        if area and self.areas:
            wanted &= self.in_area(sure)
        return self.rows(ignoring=ignoring).filter(wanted)

    def in_time(self, sure: Sure) -> Q:
        first, last = self.selection.first_second, self.selection.last_second
        certainly = sure is Sure.CERTAINLY
        wanted = Q()
        if first is not None:
            wanted &= Q(earliest__gte=first) if certainly else Q(latest__gte=first)
        if last is not None:
            wanted &= Q(latest__lte=last) if certainly else Q(earliest__lte=last)
        return wanted

    def in_area(self, sure: Sure) -> Q:
        single = Q(parts=1) & self._candidates(sure) & self.place_in_area(sure)
        return single | self._several(sure)

    def place_in_area(self, sure: Sure) -> Q:
        """The one place of a row matches."""
        wanted = Q()
        for area in self.areas:
            wanted &= area.holds_row() if sure is Sure.CERTAINLY else area.touches_row()
        return wanted

    @property
    def is_narrow(self) -> bool:
        """The area leaves few candidates: better sort these than walk the list's order and test each."""
        return bool(self._candidates(self.selection.sure))

    def _candidates(self, sure: Sure) -> Q:
        """Say again, so that the database can look it up, that the place is near; empty where no gain."""
        wanted = Q()
        for area in self.areas:
            candidates = area.candidates(sure)
            if candidates is not None:
                wanted &= candidates
        return wanted

    def centre_in_area(self) -> Q:
        wanted = Q(key__isnull=False)
        for area in self.areas:
            wanted &= area.holds_centre()
        return wanted

    def in_reach(self, sighting: Sighting) -> Q:
        """The camera, or one of the places it may have stood, may be near enough to see the point."""
        single = Q(parts=1) & sighting.reaches_row()
        candidates = sighting.candidates(Sure.POSSIBLY)
        if candidates is not None:
            single &= candidates
        parts = IndexRow.objects.filter(photo=OuterRef("photo"), audience=OuterRef("audience"))
        return single | Q(parts__gt=1) & Q(Exists(parts.filter(sighting.reaches_row())))

    def _several(self, sure: Sure) -> Q:
        """All parts of a photo of several lie inside, or any touches."""
        parts = IndexRow.objects.filter(photo=OuterRef("photo"), audience=OuterRef("audience"))
        if sure is Sure.CERTAINLY:
            return Q(parts__gt=1) & ~Q(Exists(parts.filter(~self.place_in_area(sure))))
        return Q(parts__gt=1) & Q(Exists(parts.filter(self.place_in_area(sure))))

    def _rights(self) -> Q:
        inside, public = sorted(self.scope.inside), sorted(self.scope.public)
        if not public:
            return Q(audience=Audience.INSIDE, collection_id__in=inside)
        open_rows = Q(audience=Audience.PUBLIC, collection_id__in=public)
        if not inside:
            return open_rows
        return Q(audience=Audience.INSIDE, collection_id__in=inside) | open_rows

    def _sharp(self) -> list[tuple[str, Q]]:
        chosen = self.selection
        found: list[tuple[str, Q]] = []
        if chosen.words:
            found.append(("q", Q(photo_id__in=matching(chosen.words))))
        if chosen.collections:
            slugs = Collection.objects.filter(slug__in=chosen.collections)
            found.append(("collection", Q(collection_id__in=slugs.values("pk"))))
        if chosen.place_statuses:
            found.append(("place_status", Q(place_status__in=_codes(chosen.place_statuses))))
        if chosen.date_statuses:
            found.append(("time_status", Q(time_status__in=_codes(chosen.date_statuses))))
        if chosen.licences:
            found.append(("licence", _term("licence", chosen.licences)))
        if chosen.devices:
            found.append(("device", _term("device", chosen.devices)))
        if chosen.undated:
            found.append(("undated", Q(earliest__isnull=True)))
        if chosen.unplaced:
            found.append(("unplaced", Q(parts=0)))
        return found


def _codes(statuses: tuple[Status, ...]) -> list[int]:
    return [STATUS_CODES[status] for status in statuses]


def _term(kind: str, texts: tuple[str, ...]) -> Q:
    terms = Term.objects.filter(kind=kind, text__in=[text for text in texts if text != NONE])
    wanted = Q(**{f"{kind}_id__in": terms.values("pk")})
    return wanted | Q(**{f"{kind}_id__isnull": True}) if NONE in texts else wanted
