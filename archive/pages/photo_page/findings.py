"""What automatic checks found, in words; they are arithmetic over the file and the claims, not judgements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from archive.access.rights import visible
from archive.checks.models import Outcome
from archive.checks.told import current_findings, nothing_to_look_at
from archive.pages.photo_page.case_context import Checks, FindingLine
from archive.pages.photo_page.lines import READERS
from archive.pages.wording import times

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archive.access.rights import Viewer
    from archive.catalogue.models import Photo
    from archive.checks.check import Check
    from archive.checks.told import Told
    from archive.values.readership import Readership

_LOOKS = {Outcome.FITS: "ok", Outcome.DOES_NOT_FIT: "warning"}
_ORDER = (Outcome.DOES_NOT_FIT, Outcome.CANNOT_TELL, Outcome.FITS, Outcome.COULD_NOT_CHECK)
_OF_PEOPLE = frozenset({"shadow", "stated_distance"})  # they look at what people measured or said


def found_by_checks(
    photo: Photo, readers: frozenset[Readership], at: datetime | None, viewer: Viewer
) -> Checks | None:
    """Return the card, None while nothing was ever checked. `at` (aware): what stood then."""
    found = current_findings(photo, readers, at=at, seen=visible(viewer))
    if not found:
        return None
    known = frozenset(one.other for one in found if one.other)
    return checks(found, nothing_to_look_at(photo) if at is None else (), known)


def checks(found: Sequence[Told], silent: Sequence[Check], known: frozenset[str]) -> Checks:
    """`known` are the other photos that this viewer may know of."""
    ordered = sorted(found, key=lambda one: _ORDER.index(one.outcome))
    return Checks(
        note=_note(ordered, silent),
        told=tuple(_line(one, known) for one in ordered if _is_open(one)),
        quiet=tuple(_line(one, known) for one in ordered if not _is_open(one)),
        quiet_words=_counted([one for one in ordered if not _is_open(one)]),
        silent=tuple(check.title for check in silent),
    )


def _note(found: Sequence[Told], silent: Sequence[Check]) -> str:
    against = sum(1 for one in found if one.outcome is Outcome.DOES_NOT_FIT)
    many = f"{len(found)} run, {against} {'does' if against == 1 else 'do'} not fit"
    return f"{many} · {len(silent)} had nothing to look at" if silent else many


def _is_open(told: Told) -> bool:
    return told.outcome is Outcome.DOES_NOT_FIT or told.code in _OF_PEOPLE


def _counted(found: Sequence[Told]) -> str:
    """Say how many have which outcome: "3 fit, 4 can't tell"."""
    counts = [(outcome, sum(1 for one in found if one.outcome is outcome)) for outcome in _ORDER]
    words = {Outcome.FITS: ("fits", "fit"), Outcome.DOES_NOT_FIT: ("does not fit", "do not fit")}
    told = [f"{n} {words.get(one, (one.label, one.label))[n > 1]}" for one, n in counts if n]
    return ", ".join(told)


def _line(told: Told, known: frozenset[str]) -> FindingLine:
    details = [READERS[told.readership], f"checked {times.day(told.made_at)}", f"version {told.version}"]
    return FindingLine(
        title=told.title if told.title.endswith("?") else f"{told.title}.",
        outcome=told.outcome_words,
        look=_LOOKS.get(told.outcome, ""),
        sentence=told.sentence,
        inputs=tuple((one.name, one.tag, one.raw) for one in told.inputs),
        tolerance=told.tolerance,
        innocent=told.innocent if told.outcome is Outcome.DOES_NOT_FIT else (),
        rule=told.rule,
        help=told.help,
        reliability=told.reliability,
        details=tuple(filter(None, details)),
        other=reverse("photo", args=[told.other]) if told.other in known else "",
    )
