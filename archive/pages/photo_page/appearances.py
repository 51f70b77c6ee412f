"""Where and when the picture was seen published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.pages.photo_page import links
from archive.pages.photo_page.case_context import AppearanceLine
from archive.pages.photo_page.lines import READERS, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.evidence.case import Shown
    from archive.pages.photo_page.lines import Teller


def appearances(teller: Teller, attachments: Mapping[int, str]) -> tuple[AppearanceLine, ...]:
    """Tell the appearances, earliest first; `attachments` gives public ids by row."""
    return tuple(_line(one, teller, attachments) for one in teller.case.appearances)


def place_of(shown: Shown) -> str:
    """Where it appeared, in as few words as there are."""
    return shown.title or shown.platform or shown.url or "a publication"


def _line(shown: Shown, teller: Teller, attachments: Mapping[int, str]) -> AppearanceLine:
    kept = attachments.get(shown.attachment or 0, "")
    details = [
        shown.platform if shown.platform != place_of(shown) else "",
        f"by {shown.publisher}" if shown.publisher else "",
        f"posted {in_words(shown.posted_text)}" if shown.posted_text else "",
        f"seen {in_words(shown.seen_text)}" if shown.seen_text else "",
        READERS[shown.readership],
    ]
    return AppearanceLine(
        title=place_of(shown),
        url=shown.url,
        details=tuple(filter(None, details)),
        credit_line=shown.credit_line,
        remark=shown.remark,
        archive_url=shown.archive_url,
        attachment=links.address("attachment", kept) if kept else "",
        sha256=shown.attachment_sha256 if kept else "",
        is_first=shown.bounds_date,
        actions=links.on_appearance(shown, teller.allowed),
    )
