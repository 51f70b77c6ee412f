"""The page of one photo, and the check of its bytes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from archive.access import rights
from archive.catalogue.models import Photo
from archive.pages.context import render_page
from archive.pages.photo_page.build import photo_page
from archive.pages.photo_page.context import CheckPage
from archive.pages.photo_page.fixity import check


@require_safe
def photo(request: HttpRequest, public_id: str) -> HttpResponse:
    return render_page(request, "photo/page.html", photo_page(request, _seen(request, public_id)))


@require_safe
def photo_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hash the bytes anew and walk the chain; a fragment for htmx, a page without scripts."""
    shown = _seen(request, public_id)
    found = check(shown, inside=rights.is_inside(request.user, shown.collection))
    template = "photo/check_result.html" if request.headers.get("HX-Request") else "photo/check.html"
    return render_page(request, template, CheckPage(found, public_id, str(shown)))


def _seen(request: HttpRequest, public_id: str) -> Photo:
    found = rights.visible(request.user).select_related("collection").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


urlpatterns: list[URLPattern] = [
    path("photos/<str:public_id>/", photo, name="photo"),
    path("photos/<str:public_id>/check", photo_check, name="photo-check"),
]
