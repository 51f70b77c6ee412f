"""The report on a photo or a Selection: what goes in, who may have it, and the ZIP itself."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from archive.access import rights
from archive.atlas.chosen import photos_of
from archive.interchange.dossier import DossierError, stream_dossier
from archive.pages.context import render_page
from archive.values.selection import SelectionError, parse_selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from archive.catalogue.models import Photo

MOST_HERE: Final = 200
"""More take longer to make than a proxy waits; `manage.py export` makes larger ones."""

MOST_FOR_VISITORS: Final = 50
BUSY: Final = "Other reports are being made just now. Try again in a minute."
_AT_ONCE = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`count` is at most one more than `most`; `action` is empty where there is nothing to report on."""

    title: str
    count: int
    most: int
    action: str
    back: str
    is_member: bool
    may_have_originals: bool
    trouble: str


@require_safe
def photo_report(request: HttpRequest, public_id: str) -> HttpResponse:
    return render_page(request, "dossier/page.html", _of_photo(request, _seen(request, public_id)))


@require_safe
def selection_report(request: HttpRequest) -> HttpResponse:
    page = _of_selection(request)
    return render_page(request, "dossier/page.html", page, status=400 if page.trouble else 200)


@require_POST
def photo_report_zip(request: HttpRequest, public_id: str) -> HttpResponseBase:
    photo = _seen(request, public_id)
    return _sent(request, [photo], _of_photo(request, photo), f"report-{public_id}")


@require_POST
def selection_report_zip(request: HttpRequest) -> HttpResponseBase:
    page = _of_selection(request)
    if page.trouble:
        return render_page(request, "dossier/page.html", page, status=400)
    return _sent(request, _chosen(request), page, "report")


def _sent(request: HttpRequest, photos: Sequence[Photo], page: ReportPage, name: str) -> HttpResponseBase:
    for_everyone = request.POST.get("reader") == "everyone"
    if not _AT_ONCE.acquire(blocking=False):
        return _refused(request, page, BUSY, 503)
    try:
        pieces = stream_dossier(
            photos,
            viewer=AnonymousUser() if for_everyone else request.user,
            by=request.user if request.user.is_authenticated else None,
            selection_text=request.META.get("QUERY_STRING", ""),
            with_originals=bool(request.POST.get("originals")),
            site=request.build_absolute_uri("/"),
            most=page.most,
            name=name,
        )
    except DossierError as error:
        return _refused(request, page, str(error), 400)
    finally:
        _AT_ONCE.release()
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _refused(request: HttpRequest, page: ReportPage, trouble: str, status: int) -> HttpResponse:
    return render_page(request, "dossier/page.html", replace(page, trouble=trouble), status=status)


def _of_photo(request: HttpRequest, photo: Photo) -> ReportPage:
    return ReportPage(
        title=photo.title or "Untitled photo",
        count=1,
        most=1,
        action=reverse("photo-report-zip", args=[photo.public_id]),
        back=reverse("photo", args=[photo.public_id]),
        is_member=rights.is_inside(request.user, photo.collection),
        may_have_originals=rights.may_see_original(request.user, photo),
        trouble="",
    )


def _of_selection(request: HttpRequest) -> ReportPage:
    query = request.META.get("QUERY_STRING", "")
    trouble, photos = "", []
    try:
        photos = _chosen(request)
    except SelectionError as error:
        trouble = str(error)
    inside = rights.scope(request.user).inside
    member = any(photo.collection_id in inside for photo in photos)
    return ReportPage(
        title="Photos of this view",
        count=len(photos),
        most=_most(request),
        action=f"{reverse('report-zip')}?{query}" if photos else "",
        back=f"{reverse('explore')}?{query}",
        is_member=member,
        may_have_originals=member,
        trouble=trouble,
    )


def _chosen(request: HttpRequest) -> list[Photo]:
    """Return the photos of the address, one more than go in so that the rest is noticed."""
    selection = parse_selection(request.META.get("QUERY_STRING", ""))
    return photos_of(request.user, selection, most=_most(request) + 1)


def _most(request: HttpRequest) -> int:
    return MOST_HERE if request.user.is_authenticated else MOST_FOR_VISITORS


def _seen(request: HttpRequest, public_id: str) -> Photo:
    found = rights.visible(request.user).select_related("collection").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


urlpatterns: list[URLPattern] = [
    path("photos/<str:public_id>/report/", photo_report, name="photo-report"),
    path("photos/<str:public_id>/report.zip", photo_report_zip, name="photo-report-zip"),
    path("report/", selection_report, name="report"),
    path("report.zip", selection_report_zip, name="report-zip"),
]
