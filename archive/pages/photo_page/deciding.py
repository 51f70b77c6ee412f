"""Does anything help to decide? Evidence by how much it helps, and what would change the answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.checks.facts import taken_utc
from archive.evidence.vocabulary import EvidenceKind, FalsifierState
from archive.pages.grounds.bearing_words import HELPS, bearing_phrases
from archive.pages.grounds.matched import matched
from archive.pages.grounds.shadow_view import shadow_view
from archive.pages.photo_page import links
from archive.pages.photo_page.case_context import Deciding, FalsifierLine, GroundLine
from archive.pages.photo_page.layout import helps_at_most, rank
from archive.pages.photo_page.lines import READERS
from archive.pages.photo_page.reasons import ASKED
from archive.pages.wording import times

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.evidence.case import Falsifying, Ground
    from archive.pages.photo_page.lines import Teller

_LOOKS = {0: "", 1: "warning", 2: "might", 3: "ok"}
ERASED = "(text erased)"


def deciding(teller: Teller, attachments: Mapping[int, str]) -> Deciding:
    """`attachments` gives public ids by row, of documents that the viewer may read."""
    grounds = sorted(teller.case.grounds, key=rank)
    falsifiers = [one for question in teller.case.questions.values() for one in question.falsifiers]
    return Deciding(
        helping=tuple(_ground(one, teller, attachments) for one in grounds if helps_at_most(one)),
        idle=tuple(_ground(one, teller, attachments) for one in grounds if not helps_at_most(one)),
        falsifiers=tuple(_falsifier(one, teller) for one in falsifiers),
        regions=_regions(grounds, teller),
    )


def _ground(ground: Ground, teller: Teller, attachments: Mapping[int, str]) -> GroundLine:
    most = helps_at_most(ground)
    kept = attachments.get(ground.attachment or 0, "")
    details = [
        READERS[ground.readership],
        f"recorded by {ground.made_by}" if ground.made_by else "",
        f"recorded {times.day(ground.made_at)}",
    ]
    return GroundLine(
        number=teller.layout.grounds[ground.evidence],
        helps=HELPS[most],
        look=_LOOKS[most],
        kind=str(EvidenceKind(ground.kind).label),
        text=ground.text or ERASED,
        bears=tuple(bearing_phrases(ground.bears, teller.layout.letters)),
        region=(ground.region_label or "marked on the picture") if ground.region else "",
        matched=matched(ground, teller.photo),
        shadow=shadow_view(ground.measurement, interval=taken_utc(teller.case.settled.time))
        if ground.measurement
        else None,
        source=ground.source,
        attachment=links.address("attachment", kept) if kept else "",
        attachment_name=ground.attachment_name,
        details=tuple(filter(None, details)),
        actions=links.on_ground(ground, teller.allowed),
    )


def _falsifier(falsifier: Falsifying, teller: Teller) -> FalsifierLine:
    return FalsifierLine(
        asked=ASKED[falsifier.facet],
        text=falsifier.text or ERASED,
        state=str(FalsifierState(falsifier.state).label),
        remark=falsifier.remark,
        action=links.on_falsifier(falsifier, teller.allowed),
    )


def _regions(grounds: list[Ground], teller: Teller) -> str:
    """JSON for the marks on the picture; sides are fractions of it, `anchor` is the evidence on the page."""
    marks = [
        {
            "number": teller.layout.grounds[one.evidence],
            "label": one.region_label or one.text[:80] or ERASED,
            "anchor": f"evidence-{teller.layout.grounds[one.evidence]}",
            **one.region,
        }
        for one in grounds
        if one.region
    ]
    return json.dumps(marks) if marks else ""
