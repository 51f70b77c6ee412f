"""GET /desk/pins.csv: the photos on one's own desk with one's notes, one line for each (RFC 4180, UTF-8).

A photo that is no longer open to its reader keeps its line: number, days and note, and nothing of the photo.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from archive.access import rights
from archive.api.export_csv import Line, safe
from archive.atlas.named import records_named
from archive.desk.pins import pins_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.contrib.auth.models import User
    from django.http import HttpRequest

    from archive.atlas.records import PhotoRecord
    from archive.desk.models import Pin

COLUMNS = (
    "id",
    "url",
    "open_to_you",
    "title",
    "collection",
    "date",
    "latitude",
    "longitude",
    "note",
    "pinned_at",
    "note_changed_at",
)
_LOT = 200


@login_required
@require_safe
def pins_csv(request: HttpRequest) -> StreamingHttpResponse:
    assert request.user.is_authenticated
    pieces = _lines(request.user, request.build_absolute_uri)
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="whence-pins.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Vary"] = "Cookie"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _lines(user: User, absolute: Callable[[str], str]) -> Iterator[str]:
    line = Line()
    writer = csv.writer(line)
    writer.writerow(COLUMNS)
    yield line.text
    for lot in _lots(list(pins_of(user).values_list("pk", flat=True))):
        pins = list(pins_of(user).filter(pk__in=lot))
        seen = records_named(rights.scope(user), [pin.ref for pin in pins])
        known = {record.id: record for record in seen}
        for pin in pins:
            writer.writerow(_cells(pin, known.get(pin.ref), absolute))
            yield line.text


def _lots(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _LOT):
        yield numbers[start : start + _LOT]


def _cells(pin: Pin, record: PhotoRecord | None, absolute: Callable[[str], str]) -> list[str]:
    place = record.places[0] if record and record.places else None
    return [
        pin.ref,
        absolute(reverse("photo", args=[pin.ref])) if record else "",
        "yes" if record else "no",
        safe(record.title) if record else "",
        record.collection if record else "",
        safe(record.date_edtf) if record else "",
        repr(place.latitude) if place else "",
        repr(place.longitude) if place else "",
        safe(pin.note),
        pin.pinned_at.isoformat(timespec="seconds"),
        pin.noted_at.isoformat(timespec="seconds") if pin.noted_at else "",
    ]


urlpatterns: list[URLPattern] = [path("desk/pins.csv", pins_csv, name="pin-csv")]
