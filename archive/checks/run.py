"""Runs the checks of a photo and keeps what they found, old results beside new."""

from __future__ import annotations

import json
import logging
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from archive.catalogue.models import Photo
from archive.catalogue.photos import locked
from archive.checks import devices, fingerprints
from archive.checks.check import Check, Scope
from archive.checks.gathering import gather
from archive.checks.models import Finding, Outcome
from archive.checks.register import REGISTER
from archive.checks.results import Result, narrowest
from archive.checks.told import Told, current_findings, nothing_to_look_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.checks.facts import Facts

__all__ = ["Told", "check_photo", "current_findings", "nothing_to_look_at", "prepare"]

log = logging.getLogger(__name__)

MOST_TRIES: Final = 3
NEIGHBOURS: Final = "neighbours"  # the fact under which checks of a device keep whom they looked at
_SERIES: Final = tuple(check for check in REGISTER if check.scope is Scope.DEVICE)
_Found = list[tuple[Check, Result]]


def check_photo(photo: Photo, *, afresh: bool = False, neighbours: bool = True) -> list[Finding]:
    """Run every check and return the findings that now stand.

    1. prepare   the hashes of its picture, its place in the order of its device
    2. run       all checks over the facts as they stand
    3. follow    where they changed, look again at the frames next to it and at its copies, before and now
    4. write     what differs, in one transaction, if the facts are still the same

    Killed at any point and started again it comes to the same end; run twice it changes nothing. `afresh`
    asks again also what depends on the file's bytes alone; `neighbours=False` leaves step 3 to a caller who
    checks them all. Raises Photo.DoesNotExist when it was removed.
    """
    prepare(photo)
    standing = _standing(photo.pk)
    checks = REGISTER if afresh else _due(standing)
    facts = gather(photo.pk)
    if neighbours:
        _follow(facts, checks, standing)
    return _settle(facts, checks, standing)


def prepare(photo: Photo) -> None:
    """Note by what the photo will be found: its picture's hashes, and as one of its device's frames.

    Raises Photo.DoesNotExist.
    """
    fingerprints.take(photo.pk)
    devices.take_place_in_order(photo.pk)


def _standing(photo_id: int) -> list[Finding]:
    return list(Finding.objects.filter(photo_id=photo_id, replaced_at__isnull=True))


def _due(standing: Iterable[Finding]) -> tuple[Check, ...]:
    """Leave out checks of the file's bytes that stand in their present version."""
    done = {(row.check_code, row.version) for row in standing if row.outcome != Outcome.COULD_NOT_CHECK.value}
    return tuple(
        check
        for check in REGISTER
        if check.scope is not Scope.FILE or (check.code, check.version) not in done
    )


def _follow(facts: Facts, checks: Sequence[Check], standing: Sequence[Finding]) -> None:
    """Look again at the frames next to this one and at its copies, as its own findings have them and as now.

    They come first: this photo's own finding is what remembers whom it stood next to, so that being stopped
    halfway forgets nobody.
    """
    for scope in (Scope.DEVICE, Scope.PICTURES):
        series = [check for check in checks if check.scope is scope]
        if series:
            codes = {check.code for check in series}
            _follow_series(facts, series, [row for row in standing if row.check_code in codes])


def _follow_series(facts: Facts, series: Sequence[Check], rows: Sequence[Finding]) -> None:
    found = _run(facts, series)
    if _says_the_same(rows, found):
        return
    named = {name for row in rows for name in row.facts.get(NEIGHBOURS, ())}
    former = set(Photo.objects.filter(public_id__in=named).values_list("pk", flat=True)) if named else set()
    former |= {row.other_id for row in rows if row.other_id is not None}
    now = {result.other for _check, result in found if result.other is not None}
    if series[0].scope is Scope.DEVICE:
        now |= {frame.photo for frame in (facts.before, facts.after) if frame is not None}
    for other in sorted((former | now) - {facts.photo}):
        try:
            _settle(gather(other), series, _standing(other))
        except Photo.DoesNotExist:
            continue  # removed meanwhile


def _settle(facts: Facts, checks: Sequence[Check], standing: list[Finding]) -> list[Finding]:
    """Run checks and write their results; what changed while they ran is looked at again.

    Results that say what stands are not written. Whoever changes a fact has it checked after that.
    """
    codes = {check.code for check in checks}
    photo_id = facts.photo
    for last in (*[False] * (MOST_TRIES - 1), True):
        found = _run(facts, checks)
        if _says_the_same([row for row in standing if row.check_code in codes], found):
            return standing
        with transaction.atomic():
            locked(Photo(pk=photo_id))
            now = gather(photo_id)
            if now == facts or last:
                return _write(photo_id, checks, found)
        facts, standing = now, _standing(photo_id)
    raise AssertionError("the last try returns")


def _run(facts: Facts, checks: Iterable[Check]) -> _Found:
    return [(check, result) for check in checks for result in _results(check, facts)]


def _results(check: Check, facts: Facts) -> list[Result]:
    """Return a check's results; one that raises could not check, and stops no other."""
    try:
        results = list(check.run(facts))
        for result in results:
            json.dumps(dict(result.facts), allow_nan=False)
    except Exception as error:
        log.exception("check %s of photo %s", check.code, facts.public_id)
        return [Result(Outcome.COULD_NOT_CHECK, {"error": type(error).__name__})]
    return results


def _write(photo_id: int, checks: Sequence[Check], found: _Found) -> list[Finding]:
    """Keep the rows that say the same, replace the others, and return what stands."""
    codes = {check.code for check in checks}
    wanted = Counter(_mark(check, result) for check, result in found)
    by_mark = {_mark(check, result): (check, result) for check, result in found}
    kept, replaced = [], []
    for row in _standing(photo_id):
        mark = _mark_of_row(row)
        if row.check_code not in codes:
            kept.append(row)
        elif wanted[mark] > 0:
            wanted[mark] -= 1
            kept.append(row)
        else:
            replaced.append(row.pk)
    if replaced:
        Finding.objects.filter(pk__in=replaced).update(replaced_at=timezone.now())
    new = [_row(photo_id, *by_mark[mark]) for mark in wanted.elements()]
    return kept + Finding.objects.bulk_create(new)


def _row(photo_id: int, check: Check, result: Result) -> Finding:
    return Finding(
        photo_id=photo_id,
        other_id=result.other,
        check_code=check.code,
        version=check.version,
        outcome=result.outcome,
        magnitude=result.magnitude,
        tolerance=result.tolerance,
        unit=result.unit,
        inputs=[asdict(entry) for entry in result.inputs],
        facts=dict(result.facts),
        readership=narrowest(check.readership, result.readership).value,
    )


def _says_the_same(rows: Iterable[Finding], found: _Found) -> bool:
    return Counter(map(_mark_of_row, rows)) == Counter(_mark(check, result) for check, result in found)


def _mark(check: Check, result: Result) -> str:
    return _mark_of_row(_row(0, check, result))


def _mark_of_row(row: Finding) -> str:
    """Return what makes two results the same: everything but when they were made."""
    fields: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("check_code", "version", "outcome", "other_id", "magnitude", "tolerance", "unit")
    }
    fields |= {"inputs": row.inputs, "facts": row.facts, "readership": row.readership}
    return json.dumps(fields, sort_keys=True, default=str)
