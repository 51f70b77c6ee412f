"""Gathers a photo's facts, each with one bounded query, into the page's context."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from archive.access import rights
from archive.catalogue.fields import FIELDS
from archive.catalogue.files import numbered
from archive.catalogue.index import settled
from archive.catalogue.models import Photo, Role
from archive.catalogue.past import as_it_was
from archive.custody.chain import latest_links, verify_chains
from archive.evidence.hearing import case_of
from archive.evidence.placing import attachment_names, places_in_series
from archive.pages import citation
from archive.pages.markdown import to_html
from archive.pages.photo_page import date, files, links, past, place, statements
from archive.pages.photo_page.appearances import appearances
from archive.pages.photo_page.context import Change, Custody, PhotoPage, Provenance
from archive.pages.photo_page.deciding import deciding
from archive.pages.photo_page.findings import found_by_checks
from archive.pages.photo_page.headline import headline_of
from archive.pages.photo_page.hypotheses import question_list
from archive.pages.photo_page.layout import TEXTS, layout_of
from archive.pages.photo_page.lines import Teller
from archive.pages.photo_page.pin import pin_view
from archive.pages.photo_page.series import series_lines
from archive.pages.photo_page.turns import turns
from archive.pages.photo_page.way import selection_in, way
from archive.pages.wording import rights as licences
from archive.pages.wording import times
from archive.values.readership import Readership

if TYPE_CHECKING:
    from archive.evidence.case import Case

UNTITLED = "Untitled photo"
MOST_EVENTS = 200
MOST_CHANGES = 100
_LONGEST_SHOWN = 600


def photo_page(request: HttpRequest, photo: Photo) -> PhotoPage:
    """Return everything the page prints; `photo` comes from `visible` with its collection.

    `on=` of the address shows it as it stood at the end of that day (UTC).
    """
    today = datetime.now(UTC).date()
    moment = past.moment_of(request.GET.get("on", ""), today=today)
    now, photo = photo, as_it_was(photo, moment.at) if moment.at else photo
    readers = rights.readerships(request.user, photo.collection)
    inside = Readership.MEMBERS in readers
    allowed = _allowed(request, photo, readers) if moment.at is None else links.NOTHING
    viewer = request.user if request.user.is_authenticated else None
    is_blind = photo.collection.blind_first_verdict and Readership.REVIEWERS in readers
    case = case_of(
        now,
        readerships=readers,
        viewer=viewer,
        at=moment.at,
        known=rights.visible(request.user),
        blindly=is_blind,
    )
    teller = Teller(
        case=case,
        layout=layout_of(case),
        photo=photo.public_id,
        allowed=links.Allowed(allowed.edits, allowed.judges, inside, allowed.name),
        is_blind=is_blind,
        two_reviewers=photo.collection.two_reviewers,
    )
    # what stands for everybody is stored; a past day and a reviewer who may not see others' verdicts differ
    stored = moment.at is None and not is_blind
    settled_place, settled_time = settled(photo, inside=inside) if stored else case.settled[:2]
    every = [file for file in numbered(photo) if moment.at is None or file.received_at <= moment.at]
    every = every or numbered(photo)[:1]
    primary = next((file for file in every if file.role == Role.PRIMARY), None)
    reading: dict[str, Any] = primary.reading if primary else {}
    shown, withheld = statements.statements(reading, inside=inside)
    permalink = request.build_absolute_uri(reverse("photo", args=[photo.public_id]))
    cards = [files.card(photo, file, number, inside=inside) for number, file in enumerate(every, 1)]
    received = primary.received_at if primary else photo.added_at
    attachments = attachment_names(_attachments(case))
    return PhotoPage(
        public_id=photo.public_id,
        title=photo.title or UNTITLED,
        caption=photo.caption,
        caption_language=photo.language,
        credit_line=credit_line(photo),
        headline=headline_of(settled_place, settled_time, teller),
        stood=past.stood(moment, now, today=today),
        series=series_lines(places_in_series(now)),
        picture=files.picture(photo, primary, inside=inside, alt=alt_text(photo)),
        where=place.where(settled_place, teller, reading),
        when=date.when(settled_time, settled_place, teller, reading, received),
        others=tuple(question_list(case.questions[one], teller) for one in TEXTS if one in case.questions),
        deciding=deciding(teller, attachments),
        appearances=appearances(teller, attachments),
        checks=found_by_checks(now, readers, moment.at, request.user),
        turns=turns(teller),
        add=links.on_case(photo.public_id, allowed),
        problems=statements.problems(reading, inside=inside),
        provenance=_provenance(photo),
        camera=statements.camera(reading, inside=inside),
        file=cards[0],
        further=tuple(cards[1:]),
        custody=_custody(photo, inside=inside, at=moment.at),
        check_url=reverse("photo-check", args=[photo.public_id]),
        statements=shown,
        withheld=withheld,
        changes=_changes(photo, moment.at) if inside else (),
        is_insider=inside,
        is_private=not photo.collection.open_to_public,
        edit_url=reverse("studio-photo", args=[photo.public_id]) if allowed.edits else "",
        mark_url=links.address("photo-evidence-new", photo.public_id) if allowed.edits else "",
        report_url=links.address("photo-report", photo.public_id),
        copies_url=links.address("photo-copies", photo.public_id),
        citation=citation.of_photo(photo, settled_time, past.cited(permalink, moment)),
        permalink=permalink,
        way=way(rights.scope(request.user), selection_in(request.GET.urlencode()), photo),
        pin=pin_view(request, photo, request.get_full_path()),
    )


def _allowed(request: HttpRequest, photo: Photo, readers: frozenset[Readership]) -> links.Allowed:
    return links.Allowed(
        edits=rights.may_edit(request.user, photo.collection),
        judges=Readership.REVIEWERS in readers,
        inside=Readership.MEMBERS in readers,
        name=request.user.get_username(),
    )


def _attachments(case: Case) -> set[int]:
    kept = [one.attachment for one in case.grounds] + [one.attachment for one in case.appearances]
    return {number for number in kept if number is not None}


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


def _custody(photo: Photo, *, inside: bool, at: datetime | None) -> Custody:
    links_now = latest_links(photo.public_id, MOST_EVENTS)
    events = [event for event in links_now if at is None or event.at <= at]
    holds = bool(links_now) and next(verify_chains(photo.public_id), None) is None
    names = None
    if inside:
        people = User.objects.filter(pk__in=files.people_in(events))
        names = {str(user.pk): user.get_username() for user in people}
    return files.custody(events, holds=holds, names=names)


def _changes(photo: Photo, at: datetime | None) -> tuple[Change, ...]:
    made = photo.revisions.select_related("by")
    revisions = (made.filter(at__lte=at) if at else made)[:MOST_CHANGES]
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
