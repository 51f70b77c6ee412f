"""After a page has changed what is said of photos, they are checked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archive.ingest import checking

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

UPLOADS: Final = "/api/deposits/"  # what arrives is queued by whoever records it


def checked_after(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: queue the checks of photos that a member's POST has changed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        changes = request.method == "POST" and not request.path.startswith(UPLOADS)
        if not changes or not request.user.is_authenticated:
            return answer(request)
        before = checking.mark()
        response = answer(request)
        checking.queue_since(before)
        return response

    return middleware
