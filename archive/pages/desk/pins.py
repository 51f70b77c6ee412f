"""The photos on one's desk, with notes that nobody else reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from archive.access import rights
from archive.atlas.named import cards_named
from archive.desk import pins as keeping
from archive.desk.errors import DeskError
from archive.desk.models import LONGEST_NOTE
from archive.desk.pins import Order
from archive.pages.context import render_page
from archive.pages.desk import undo
from archive.pages.desk.context import NotePage, Option, PinFragment, PinLine, PinsPage
from archive.pages.kept.cards import card_view
from archive.pages.markdown import to_html
from archive.pages.photo_page.build import UNTITLED
from archive.pages.photo_page.pin import pin_view
from archive.pages.studio.gate import curator_of
from archive.pages.wording.times import minute

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.catalogue.models import Photo
    from archive.desk.models import Pin

ON_A_PAGE = 30
LONGEST_WORDS = 200
ORDERS = {
    Order.NEWEST: "last pinned first",
    Order.OLDEST: "first pinned first",
    Order.NOTED: "last note first",
}


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return render_page(request, "desk/pins.html", _page(request))


@login_required
@require_POST
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        keeping.pin(user=curator_of(request), photo=_seen(request, public_id))
    except DeskError as error:
        messages.error(request, str(error))
    return _back(request, public_id)


@login_required
@require_POST
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    pin = _mine(request, public_id)
    keeping.unpin(pin=pin)
    if _is_from_photo(request, public_id):
        return _back(request, public_id)
    undo.offer(request, "The photo is off your desk.", reverse("pin-restore", args=[public_id]))
    return _back(request, public_id)


@login_required
@require_POST
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    pin = keeping.removed_pin_of(curator_of(request), public_id)
    if pin is None:
        raise Http404
    keeping.restore(pin=pin)
    messages.success(request, "The photo is on your desk again, with its note.")
    return redirect("desk")


@never_cache
@login_required
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write the note of a pin; what is typed stays when it cannot be kept."""
    pin = _mine(request, public_id)
    if request.method != "POST":
        return render_page(request, "desk/note.html", _note(request, public_id, pin.note))
    typed = request.POST.get("note", "")
    try:
        keeping.annotate(pin=pin, note=typed)
    except DeskError as error:
        return render_page(
            request, "desk/note.html", _note(request, public_id, typed, str(error)), status=400
        )
    messages.success(request, "Your note is kept.")
    return _back(request, public_id)


def _page(request: HttpRequest) -> PinsPage:
    user = curator_of(request)
    words = " ".join(request.GET.get("q", "")[:LONGEST_WORDS].split())
    asked = request.GET.get("order", "")
    order = Order(asked) if asked in list(Order) else Order.NEWEST
    shown = Paginator(keeping.pins_of(user, words=words, order=order), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    pins = list(shown)
    cards = {card.id: card for card in cards_named(rights.scope(user), [pin.ref for pin in pins])}
    total = shown.paginator.count
    kept = [(name, text) for name, text in (("q", words), ("order", asked)) if text]

    def to_page(number: int) -> str:
        return f"?{urlencode([*kept, ('page', number)])}"

    return PinsPage(
        tab="pins",
        words=words,
        orders=tuple(Option(one.value, label, one is order) for one, label in ORDERS.items()),
        lines=tuple(
            PinLine(
                ref=pin.ref,
                card=card_view(cards[pin.ref]) if pin.ref in cards else None,
                note=_html(pin.note),
                pinned=minute(pin.pinned_at),
            )
            for pin in pins
        ),
        total=total,
        has_pins=bool(total) or keeping.pins_of(user).exists(),
        earlier=to_page(shown.previous_page_number()) if shown.has_previous() else "",
        later=to_page(shown.next_page_number()) if shown.has_next() else "",
        undo=undo.offered(request),
    )


def _note(request: HttpRequest, public_id: str, typed: str, trouble: str = "") -> NotePage:
    photo = rights.visible(request.user).filter(public_id=public_id).first()
    return NotePage(
        ref=public_id,
        title=(photo.title or UNTITLED) if photo else "A photo that is no longer open to you",
        is_open=photo is not None,
        typed=typed,
        trouble=trouble,
        longest=LONGEST_NOTE,
        back=_next(request),
    )


def _mine(request: HttpRequest, public_id: str) -> Pin:
    pin = keeping.pin_of(curator_of(request), public_id)
    if pin is None:
        raise Http404
    return pin


def _seen(request: HttpRequest, public_id: str) -> Photo:
    photo = rights.visible(request.user).select_related("collection").filter(public_id=public_id).first()
    if photo is None:
        raise Http404
    return photo


def _is_from_photo(request: HttpRequest, public_id: str) -> bool:
    return _next(request).startswith(reverse("photo", args=[public_id]))


def _back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go where one came from; a photo's own page under htmx gets only its pin drawn anew."""
    if request.headers.get("HX-Request") and _is_from_photo(request, public_id):
        view = pin_view(request, _seen(request, public_id), _next(request))
        assert view is not None
        return render_page(request, "desk/pin.html", PinFragment(view))
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    fits = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if fits and wanted.startswith("/") else reverse("desk")


def _html(text: str) -> SafeString:
    return to_html(text) if text.strip() else SafeString("")
