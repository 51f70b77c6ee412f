"""Turns records into sources, appearances and claims, by the same verbs as the forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from archive.catalogue.models import File, Photo
from archive.evidence.appearances import record_appearance
from archive.evidence.claims import make_claim
from archive.evidence.models import Appearance, Series
from archive.evidence.sources import record_source
from archive.evidence.values import Text
from archive.evidence.vocabulary import SourceKind
from archive.values.readership import Readership
from archive.values.settled import Facet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.catalogue.models import Collection
    from archive.evidence.models import Attachment, Source
    from archive.evidence.targets import Target
    from archive.interchange.autoarchiver.reading import Record
    from archive.interchange.autoarchiver.wacz import WebArchive

MOST_PHOTOS_OF_A_PAGE = 50
_LONGEST_VALUE = 300


@dataclass(frozen=True, slots=True)
class Matched:
    """A record and what it is about; no targets when nothing here has the media it kept.

    `is_here` says that every target has an appearance at this address already.
    """

    record: Record
    targets: tuple[Target, ...]
    is_here: bool


@dataclass(frozen=True, slots=True)
class Imported:
    appearances: int
    claims: int
    here_already: int
    unmatched: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A web archive that was read, and the attachment that holds its bytes."""

    archive: WebArchive
    attachment: Attachment


def match(records: Iterable[Record], collection: Collection, chosen: Target | None = None) -> list[Matched]:
    """Find what each record is about: photos whose bytes it kept, else what was chosen for the rest."""
    found = []
    for record in records:
        photos: list[Target] = list(
            Photo.objects.filter(
                pk__in=File.objects.filter(collection=collection, sha256__in=record.digests).values("photo")
            )
            .select_related("collection")
            .order_by("pk")[:MOST_PHOTOS_OF_A_PAGE]
        )
        targets = tuple(photos or ([chosen] if chosen is not None else []))
        here = bool(targets) and all(_is_here(record, target) for target in targets)
        found.append(Matched(record, targets, here))
    return found


@dataclass(frozen=True, slots=True)
class _Import:
    """What holds for every page of one import."""

    collection: Collection
    by: User
    archives: Mapping[str, Kept]
    readership: Readership


@transaction.atomic
def apply(
    matched: Sequence[Matched],
    *,
    collection: Collection,
    by: User,
    archives: Mapping[str, Kept] | None = None,
    readership: Readership = Readership.MEMBERS,
) -> Imported:
    """Record every matched page once for each thing it is about; what is here already stays as it is.

    `archives` maps the name of a WACZ file, and each address captured in one, to the archive kept.
    """
    run = _Import(collection, by, archives or {}, readership)
    appearances = claims = here = 0
    for one in matched:
        for target in one.targets:
            if _is_here(one.record, target):
                here += 1
                continue
            publisher = _publisher(one.record, collection, by)
            appearance = _appear(run, one.record, target, publisher)
            appearances += 1
            claims += _claim(run, one.record, target, appearance)
    return Imported(appearances, claims, here, sum(not one.targets for one in matched))


def _is_here(record: Record, target: Target) -> bool:
    about = Q(series=target) if isinstance(target, Series) else Q(photo=target)
    return Appearance.objects.filter(about, url=record.url, withdrawn=False, superseded_by=None).exists()


def _publisher(record: Record, collection: Collection, by: User) -> Source:
    if record.author:
        name = f"{record.author} ({record.platform})" if record.platform else record.author
        return record_source(
            collection=collection, kind=SourceKind.ACCOUNT, name=name[:200], url=record.url, by=by
        )
    return record_source(
        collection=collection, kind=SourceKind.PUBLICATION, name=record.platform or record.url[:200], by=by
    )


def _appear(run: _Import, record: Record, target: Target, publisher: Source) -> Appearance:
    archives = run.archives
    kept = next((archives[key] for key in (*record.wacz_names, record.url) if key in archives), None)
    captured = kept.archive.captured.get(record.url) if kept else None
    return record_appearance(
        target=target,
        by=run.by,
        url=record.url,
        platform=record.platform,
        title=record.title,
        publisher=publisher,
        posted=_clock(record.posted_at),
        seen=_seen(captured, record.archived_at),
        credit_line=record.author,
        remark=_remark(kept),
        archived=kept.attachment if kept else None,
        archive_url=record.archive_url,
        readership=run.readership,
    )


def _claim(run: _Import, record: Record, target: Target, appearance: Appearance) -> int:
    publisher = appearance.publisher
    assert publisher is not None  # it was recorded with one
    made = 0
    if record.author:
        made += 1
        make_claim(
            target=target,
            facet=Facet.AUTHOR,
            value=Text(record.author),
            source=publisher,
            by=run.by,
            words=record.author,
            said_at=_clock(record.posted_at),
            appearance=appearance,
            rationale="The account that published it; whether it made the picture is not said.",
            readership=run.readership,
        )
    words = "\n\n".join(filter(None, (record.title, record.text)))
    if words:
        made += 1
        make_claim(
            target=target,
            facet=Facet.CONTENT,
            value=Text((record.title or record.text)[:_LONGEST_VALUE]),
            source=publisher,
            by=run.by,
            words=words[:5000],
            said_at=_clock(record.posted_at),
            appearance=appearance,
            readership=run.readership,
        )
    return made


def _remark(kept: Kept | None) -> str:
    if kept is None:
        return "Imported from an auto-archiver's result."
    if kept.archive.altered:
        names = ", ".join(kept.archive.altered[:3])
        return f"Imported. The web archive does not hold what was packed into it: {names}."
    return f"Imported. All {kept.archive.listed} files of the web archive are as they were packed."


def _seen(captured: tuple[datetime, datetime] | None, archived_at: datetime | None) -> str:
    if captured is None:
        return _clock(archived_at)
    first, last = (_clock(at) for at in captured)
    return first if first == last else f"{first}/{last}"


def _clock(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else ""
