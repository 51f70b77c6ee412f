"""Gathers a photo's facts, each with one bounded query, into the page's context."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from archive.access import rights
from archive.catalogue.fields import FIELDS
from archive.catalogue.files import numbered
from archive.catalogue.index import settled
from archive.catalogue.models import Photo, Role
from archive.custody.chain import latest_links, verify_chains
from archive.evidence.claims import history
from archive.pages import citation
from archive.pages.markdown import to_html
from archive.pages.photo_page import date, files, place, statements
from archive.pages.photo_page.context import Change, Custody, PhotoPage, Provenance
from archive.pages.photo_page.voices import Hearing, voice
from archive.pages.photo_page.way import selection_in, way
from archive.pages.wording import rights as licences
from archive.pages.wording import times
from archive.pages.wording.answers import headline
from archive.values.settled import Facet

UNTITLED = "Untitled photo"
MOST_EVENTS = 200
MOST_CHANGES = 100
_LONGEST_SHOWN = 600


def photo_page(request: HttpRequest, photo: Photo) -> PhotoPage:
    """Return everything the page prints; `photo` comes from `visible` with its collection."""
    inside = rights.is_inside(request.user, photo.collection)
    settled_place, settled_time = settled(photo, inside=inside)
    hearing = Hearing.of(history(photo), names=inside)
    every = numbered(photo)
    primary = next((file for file in every if file.role == Role.PRIMARY), None)
    reading: dict[str, Any] = primary.reading if primary else {}
    shown, withheld = statements.statements(reading, inside=inside)
    permalink = request.build_absolute_uri(reverse("photo", args=[photo.public_id]))
    cards = [files.card(photo, file, number, inside=inside) for number, file in enumerate(every, 1)]
    return PhotoPage(
        public_id=photo.public_id,
        title=photo.title or UNTITLED,
        caption=photo.caption,
        caption_language=photo.language,
        credit_line=credit_line(photo),
        headline=headline(
            settled_place.status,
            voice(hearing.standing(settled_place.facet)) if settled_place.facet else voice(()),
            settled_time.status,
            voice(hearing.standing(Facet.TIME)),
        ),
        picture=files.picture(photo, primary, inside=inside, alt=alt_text(photo)),
        where=place.where(settled_place, hearing, reading),
        when=date.when(
            settled_time,
            settled_place,
            hearing,
            reading,
            primary.received_at if primary else photo.added_at,
        ),
        problems=statements.problems(reading, inside=inside),
        provenance=_provenance(photo),
        camera=statements.camera(reading, inside=inside),
        file=cards[0],
        further=tuple(cards[1:]),
        custody=_custody(photo, inside=inside),
        check_url=reverse("photo-check", args=[photo.public_id]),
        statements=shown,
        withheld=withheld,
        changes=_changes(photo) if inside else (),
        is_insider=inside,
        is_private=not photo.collection.open_to_public,
        edit_url=reverse("studio-photo", args=[photo.public_id])
        if rights.may_edit(request.user, photo.collection)
        else "",
        citation=citation.of_photo(photo, settled_time, permalink),
        permalink=permalink,
        way=way(rights.scope(request.user), selection_in(request.GET.urlencode()), photo),
    )


def credit_line(photo: Photo) -> str:
    """Creator and credit, once if they are the same, with the rights beside them."""
    uri = photo.rights_uri or photo.collection.rights_uri
    names = [photo.creator, "" if photo.credit == photo.creator else photo.credit]
    return " · ".join(filter(None, [*names, licences.name(uri) if uri else photo.collection.rights_note]))


def alt_text(photo: Photo) -> str:
    """What a person who cannot see the picture is told; without an alt text, what else names it."""
    return photo.alt_text or photo.caption[:300] or photo.title or "Photograph without a description"


def _provenance(photo: Photo) -> Provenance:
    collection = photo.collection
    uri = photo.rights_uri or collection.rights_uri
    return Provenance(
        notes=_markdown(photo.provenance_notes),
        creator=photo.creator,
        credit=photo.credit,
        rights_uri=uri,
        rights=licences.name(uri) if uri else collection.rights_note,
        identifier=photo.identifier,
        keywords=tuple(photo.keywords),
        people=tuple(photo.people),
        collection_title=collection.title,
        collection_url=reverse("collection", args=[collection.slug]),
        collection_statement=_markdown(collection.provenance),
    )


def _markdown(text: str) -> SafeString:
    return to_html(text) if text.strip() else SafeString("")


def _custody(photo: Photo, *, inside: bool) -> Custody:
    events = latest_links(photo.public_id, MOST_EVENTS)
    holds = bool(events) and next(verify_chains(photo.public_id), None) is None
    names = None
    if inside:
        people = User.objects.filter(pk__in=files.people_in(events))
        names = {str(user.pk): user.get_username() for user in people}
    return files.custody(events, holds=holds, names=names)


def _changes(photo: Photo) -> tuple[Change, ...]:
    revisions = photo.revisions.select_related("by")[:MOST_CHANGES]
    return tuple(
        Change(
            when=times.minute(revision.at),
            by=revision.by.get_username() if revision.by else "a former member",
            what=FIELDS[revision.field].label if revision.field in FIELDS else revision.field,
            before=_shown(revision.before),
            after=_shown(revision.after),
        )
        for revision in revisions
    )


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return f"{text[:_LONGEST_SHOWN]}…" if len(text) > _LONGEST_SHOWN else text or "(empty)"
