"""Who may do casework: the invisible does not exist (404), the closed says why (403)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from archive.access.rights import may_edit, visible, visible_collections
from archive.evidence.records import (
    appearances_within,
    claims_within,
    falsifiers_within,
    series_within,
    sources_within,
)
from archive.evidence.targets import collection_of, target_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.catalogue.models import Collection
    from archive.evidence.models import Appearance, Claim, Falsifier, Series, Source

Row = TypeVar("Row", "Claim", "Appearance", "Falsifier")

_CLOSED = "Saying who says what needs the role curator or owner: ask an owner of the collection."


def collection_to_work_on(request: HttpRequest, slug: str) -> Collection:
    collection = get_object_or_404(visible_collections(request.user), slug=slug)
    require_curator(request, collection)
    return collection


def series_to_see(request: HttpRequest, public_id: str) -> Series:
    return get_object_or_404(series_within(visible_collections(request.user)), public_id=public_id)


def series_to_work_on(request: HttpRequest, public_id: str) -> Series:
    series = series_to_see(request, public_id)
    require_curator(request, series.collection)
    return series


def source_to_work_on(request: HttpRequest, public_id: str) -> Source:
    source = get_object_or_404(sources_within(visible_collections(request.user)), public_id=public_id)
    assert source.collection is not None
    require_curator(request, source.collection)
    return source


def claim_to_work_on(request: HttpRequest, number: int) -> Claim:
    found = claims_within(visible(request.user), visible_collections(request.user))
    return _worked_on(request, get_object_or_404(found, pk=number))


def appearance_to_work_on(request: HttpRequest, number: int) -> Appearance:
    found = appearances_within(visible(request.user), visible_collections(request.user))
    return _worked_on(request, get_object_or_404(found, pk=number))


def falsifier_to_work_on(request: HttpRequest, number: int) -> Falsifier:
    found = falsifiers_within(visible(request.user), visible_collections(request.user))
    return _worked_on(request, get_object_or_404(found, pk=number))


def require_curator(request: HttpRequest, collection: Collection) -> None:
    if not may_edit(request.user, collection):
        raise PermissionDenied(_CLOSED)


def _worked_on(request: HttpRequest, row: Row) -> Row:
    require_curator(request, collection_of(target_of(row)))
    return row
