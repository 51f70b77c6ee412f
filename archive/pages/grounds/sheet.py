"""Everything a person fills in about one piece of evidence: four forms over the same typing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.access.rights import readerships, visible
from archive.catalogue.models import Photo, Role
from archive.checks.facts import taken_utc
from archive.checks.shadow import MeasurementError
from archive.evidence.grounds import Region
from archive.evidence.vocabulary import EvidenceKind
from archive.metadata import Reading
from archive.pages.casework.typed import UnreadError
from archive.pages.grounds import others
from archive.pages.grounds.bearings_form import BearingsForm, bearings_as_fields, claims_to_bear_on
from archive.pages.grounds.evidence_form import EvidenceForm, MatchForm, as_typed, kept_as_fields
from archive.pages.grounds.shadow_form import ShadowForm, measured_as_fields, read_from_file
from archive.pages.grounds.shadow_view import told, unmeasured
from archive.pages.grounds.typed import asked_region, region_fields
from archive.pages.photo_page.files import picture
from archive.values.settled import SettledTime

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from archive.catalogue.models import File
    from archive.checks.shadow import Measurement
    from archive.evidence.models import Claim, Evidence
    from archive.evidence.targets import Target
    from archive.pages.grounds.shadow_view import ShadowView
    from archive.pages.photo_page.context import Picture


_ROOM = 0.01


@dataclass(frozen=True, slots=True)
class Desk:
    """What the evidence is about, and what there is to choose from. A series has no `photo` and no `file`."""

    viewer: User
    target: Target
    stands: Evidence | None
    claims: list[Claim]
    photo: Photo | None
    file: File | None

    @classmethod
    def of(cls, target: Target, viewer: User, stands: Evidence | None) -> Desk:
        photo = target if isinstance(target, Photo) else None
        file = next((one for one in photo.files.all() if one.role == Role.PRIMARY), None) if photo else None
        readers = readerships(viewer, target.collection)
        return cls(viewer, target, stands, claims_to_bear_on(target, readers), photo, file)

    @property
    def picture(self) -> Picture | None:
        return picture_of(self.photo, self.file)

    @property
    def is_matched_unseen(self) -> bool:
        """Whether what stands has a second picture that this person may not see: a correction keeps it."""
        other = self.stands.other_photo_id if self.stands else None
        return other is not None and not visible(self.viewer).filter(pk=other).exists()

    @property
    def aspect(self) -> float | None:
        """Width divided by height as displayed."""
        file = self.file
        return file.width / file.height if file and file.width and file.height else None


def picture_of(photo: Photo | None, file: File | None) -> Picture | None:
    shown = picture(photo, file, inside=True, alt=photo.alt_text or photo.title) if photo else None
    return shown if shown and shown.src else None


@dataclass(slots=True)
class Sheet:
    """`shadow` and `match` are None where there is no picture to measure or to match."""

    desk: Desk
    main: EvidenceForm
    bearings: BearingsForm
    shadow: ShadowForm | None
    match: MatchForm | None
    measurement: Measurement | None = None
    other: Photo | None = None
    other_region: Region | None = None

    @classmethod
    def blank(cls, desk: Desk, asked: QueryDict) -> Sheet:
        """As it is opened: what stands, or what the address asks for and the file says."""
        stands = desk.stands
        if stands is None:
            first: dict[str, Any] = {
                "kind": asked.get("kind", EvidenceKind.CONTEXT.value),
                **asked_region(asked.get("region", "")),
            }
            measured = read_from_file(Reading.from_json(json.dumps(desk.file.reading))) if desk.file else {}
            return cls._filled(desk, first, {}, measured, {})
        matched = region_fields(stands.other_region, MatchForm.sides_prefix)
        matched["pick"] = stands.other_photo.public_id if stands.other_photo else ""
        return cls._filled(
            desk,
            kept_as_fields(stands) | region_fields(stands.region),
            bearings_as_fields(stands, desk.claims),
            measured_as_fields(stands.measurement or {}),
            matched,
        )

    @classmethod
    def typed(cls, desk: Desk, data: QueryDict) -> Sheet:
        """As it was typed, without complaints: the person only looks."""
        blank = cls._filled(desk, {}, {}, {}, {})
        forms = (blank.main, blank.bearings, blank.shadow, blank.match)
        return cls._filled(desk, *(as_typed(form, data) if form else {} for form in forms))

    @classmethod
    def sent(cls, desk: Desk, data: QueryDict, files: MultiValueDict[str, Any]) -> Sheet:
        seen = desk.picture is not None
        return cls(
            desk,
            EvidenceForm(data, files, collection=desk.target.collection),
            BearingsForm(data, claims=desk.claims),
            ShadowForm(data, claims=desk.claims) if seen else None,
            MatchForm(data) if seen else None,
        )

    @classmethod
    def _filled(
        cls,
        desk: Desk,
        main: dict[str, Any],
        bearings: dict[str, Any],
        shadow: dict[str, Any],
        match: dict[str, Any],
    ) -> Sheet:
        seen = desk.picture is not None
        return cls(
            desk,
            EvidenceForm(collection=desk.target.collection, initial=main),
            BearingsForm(claims=desk.claims, initial=bearings),
            ShadowForm(claims=desk.claims, initial=shadow) if seen else None,
            MatchForm(initial=match) if seen else None,
        )

    @property
    def region(self) -> Region | None:
        """What is marked, of a valid sheet; of a measured shadow the rectangle about its points."""
        if self.desk.photo is None:
            return None
        return around(self.measurement) if self.measurement else self.main.region

    def is_valid(self) -> bool:
        """Also reads the measurement and the other photo of the kinds that have them."""
        valid = [self.main.is_valid(), self.bearings.is_valid()]
        kind = self.main.cleaned_data.get("kind")
        if self.shadow and kind == EvidenceKind.SHADOW:
            valid += [self.shadow.is_valid() and self._is_measured(self.shadow)]
        if self.match and kind == EvidenceKind.VISUAL_MATCH:
            valid += [self.match.is_valid() and self._is_matched(self.match)]
        if not all(valid) and self.main.files:
            self.main.add_error("document", "Choose the file once more: it was not kept.")
        return all(valid)

    def _is_measured(self, form: ShadowForm) -> bool:
        """Evidence of a shadow may also be words alone: then no point is set."""
        if not form.is_begun():
            return True
        try:
            self.measurement = form.measurement(form.cleaned_data, self.desk.aspect)
        except UnreadError as wrong:
            form.add_error(wrong.field, str(wrong))
        except MeasurementError as wrong:
            form.add_error(None, str(wrong))
        return form.is_valid()

    def _is_matched(self, form: MatchForm) -> bool:
        said = form.cleaned_data
        assert self.desk.photo is not None
        try:
            self.other = others.chosen(
                self.desk.viewer, self.desk.photo, typed=said["other"], picked=said["pick"]
            )
        except UnreadError as wrong:
            form.add_error(wrong.field, str(wrong))
        self.other_region = form.region
        stands = self.desk.stands
        if self.other is None and stands and self.desk.is_matched_unseen:
            self.other = stands.other_photo
            self.other_region = Region.from_json(stands.other_region) if stands.other_region else None
        if self.other is None and form.region is not None and form.is_valid():
            form.add_error("other", "Choose the other photo first.")
        return form.is_valid()


def around(measurement: Measurement) -> Region:
    """Return a rectangle about the four points, with a little room where the picture has it."""
    points = (measurement.base, measurement.top, measurement.shadow_base, measurement.shadow_tip)
    left, right = (end(point.x for point in points) for end in (min, max))
    upper, lower = (end(point.y for point in points) for end in (min, max))
    left, upper = max(0.0, left - _ROOM), max(0.0, upper - _ROOM)
    return Region(left, upper, min(1.0, right + _ROOM) - left, min(1.0, lower + _ROOM) - upper)


def would_fit(desk: Desk, data: QueryDict) -> ShadowView:
    """Answer "What would fit?" from what is typed so far."""
    form = ShadowForm(data, claims=desk.claims)
    if not form.is_valid():
        return unmeasured(str(next(iter(form.errors.values()))[0]))
    assert desk.photo is not None
    interval = taken_utc(SettledTime.from_json(desk.photo.settled_time))
    try:
        return told(form.measurement(form.cleaned_data, desk.aspect), interval)
    except (UnreadError, MeasurementError) as wrong:
        return unmeasured(str(wrong))
