"""The verbs of appearances: where and when a picture was seen published."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from archive.custody.chain import Kind, sealed
from archive.evidence.errors import EvidenceError, StaleClaimError
from archive.evidence.models import Appearance
from archive.evidence.targets import (
    Target,
    about,
    hold,
    note,
    settle_again,
    target_of,
    text_within,
    web_address,
)
from archive.values.edtf import EdtfError, parse_edtf
from archive.values.moment import utc_interval
from archive.values.readership import Readership

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.evidence.models import Attachment, Source


@transaction.atomic
def record_appearance(
    *,
    target: Target,
    by: User,
    url: str = "",
    platform: str = "",
    title: str = "",
    publisher: Source | None = None,
    posted: str = "",
    seen: str = "",
    credit_line: str = "",
    remark: str = "",
    archived: Attachment | None = None,
    archive_url: str = "",
    readership: Readership = Readership.PUBLIC,
    supersedes: Appearance | None = None,
) -> Appearance:
    """Record where and when it was seen published, and settle: the first appearance bounds the date.

    `posted` and `seen` are EDTF or a plain date, with or without an offset from UTC; without one the bounds
    are as wide as all offsets in use. `supersedes` corrects an earlier entry.
    """
    target = hold(target)
    if not (url.strip() or title.strip() or platform.strip()):
        raise EvidenceError("Say where it appeared: an address, a title or a platform.")
    if supersedes is not None and supersedes.superseded_by.exists():
        raise StaleClaimError("This entry was corrected since; look at the newer one first.")
    posted_text, posted_from, posted_to = _bounds(posted, "Posted")
    seen_text, seen_from, seen_to = _bounds(seen, "Seen")
    appearance = Appearance.objects.create(
        **about(target),
        url=web_address(url, "Address"),
        platform=text_within(platform, "Platform", 100),
        title=text_within(title, "Title", 300),
        publisher=publisher,
        posted_text=posted_text,
        posted_earliest=posted_from,
        posted_latest=posted_to,
        seen_text=seen_text,
        seen_earliest=seen_from,
        seen_latest=seen_to,
        credit_line=text_within(credit_line, "Credit line", 500),
        note=text_within(remark, "Remark"),
        archived=archived,
        archive_url=web_address(archive_url, "Archived copy"),
        readership=readership.value,
        supersedes=supersedes,
        created_by=by,
        salt=secrets.token_hex(16),
    )
    _record(appearance, target, by)
    settle_again(target)
    return appearance


@transaction.atomic
def withdraw_appearance(*, appearance: Appearance, by: User) -> Appearance:
    """Take an entry back; it stays in the history."""
    target = hold(target_of(appearance))
    if appearance.superseded_by.exists():
        raise StaleClaimError("This entry was corrected or taken back since.")
    gone = Appearance.objects.create(
        **about(target),
        title=appearance.title,
        withdrawn=True,
        readership=appearance.readership,
        supersedes=appearance,
        created_by=by,
        salt=secrets.token_hex(16),
    )
    _record(gone, target, by)
    settle_again(target)
    return gone


def content_of(appearance: Appearance) -> list[object]:
    """Return what the sealed hash of an appearance covers, in this order."""
    return [
        appearance.url,
        appearance.platform,
        appearance.title,
        appearance.posted_text,
        appearance.seen_text,
        appearance.credit_line,
        appearance.note,
        appearance.archive_url,
    ]


def _record(appearance: Appearance, target: Target, by: User) -> None:
    note(
        target,
        Kind.APPEARANCE_RECORDED,
        by.pk,
        {
            "appearance": appearance.pk,
            "supersedes": appearance.supersedes_id,
            "withdrawn": appearance.withdrawn,
            "archived": appearance.archived.sha256 if appearance.archived else None,
            "content": sealed(content_of(appearance), appearance.salt),
        },
    )


def _bounds(text: str, what: str) -> tuple[str, datetime | None, datetime | None]:
    """Return the text as EDTF and its UTC bounds; an open end gives none."""
    if not text.strip():
        return "", None, None
    try:
        span = parse_edtf(text)
    except EdtfError as unread:
        raise EvidenceError(f"{what}: {unread}") from unread
    interval = utc_interval(span.moment())
    return (
        span.text,
        interval.earliest if span.earliest else None,
        interval.latest if span.latest else None,
    )
