"""Copies of a picture: the same bytes, or the same look by two hashes, anywhere in the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from archive.checks.check import Check, Reliability, Scope
from archive.checks.copies import CODE
from archive.checks.facts import Copy, Facts
from archive.checks.models import Outcome
from archive.checks.perceptual import NEAR_BITS
from archive.checks.results import Input, Result, narrowest
from archive.values.readership import Readership


def run(facts: Facts) -> Iterable[Result]:
    """One result that it was compared, the same whatever was found, then one for each copy.

    Readers are told of copies they may see; the first result must not tell the others apart by its absence.
    """
    seen = facts.first_seen
    own = seen.by.isoformat() if seen is not None and seen.readership is Readership.PUBLIC else None
    yield Result(Outcome.FITS, {"case": "compared", "first_seen": own})
    for copy in facts.copies:
        yield _copy(facts, copy)
        if copy.inside:
            yield from _earlier(facts, copy)


def _copy(facts: Facts, copy: Copy) -> Result:
    if copy.same_bytes:
        given = (Input("digest", "SHA-256", facts.reading.sha256),)
        return Result(Outcome.FITS, {"case": "same"}, inputs=given, other=copy.photo)
    told = {"case": "alike", "bits": copy.bits, "confirming_bits": copy.confirming_bits}
    return Result(Outcome.FITS, told, float(copy.bits), float(NEAR_BITS), "of 64 bits", (), other=copy.photo)


def _earlier(facts: Facts, copy: Copy) -> Iterable[Result]:
    """A copy that was published before this photo is said to have been taken."""
    seen, taken = copy.first_seen, facts.taken_utc
    if seen is None or taken is None or seen.by >= taken.earliest:
        return
    yield Result(
        Outcome.DOES_NOT_FIT,
        {"case": "earlier", "by": seen.by.isoformat(), "text": seen.text, "where": seen.where},
        inputs=(Input("published", "appearance of the copy", seen.text), *facts.settled_inputs()),
        other=copy.photo,
        readership=narrowest(seen.readership, facts.settled_readership),
    )


def words(_outcome: Outcome, facts: Mapping[str, Any]) -> str:
    match facts["case"]:
        case "compared":
            return (
                "The picture was compared with all others in this archive. Copies that you may see are "
                "listed with this."
            )
        case "same":
            return "The very same file, byte for byte, is in this archive a second time."
        case "alike":
            return (
                f"Another photo of this archive shows the same picture: {facts['bits']} of 64 bits differ in "
                f"one comparison, {facts['confirming_bits']} in a second of another kind."
            )
        case _:
            where = f" ({facts['where']})" if facts["where"] else ""
            return (
                f"A copy of this picture was published by {facts['text']}{where}, before the earliest time "
                "at which this photo is said to have been taken."
            )


CHECK: Final = Check(
    code=CODE,
    version=1,
    title="Copies in this archive",
    rule="Files with the same SHA-256 are the same. Pictures whose first hash differs in at most 10 of 64 "
    "bits, and whose second hash agrees, show the same.",
    help="Copies let histories be compared: who had the picture first, which copy is larger, which still "
    "says when it was taken. A picture cannot have been taken after a copy of it was published.",
    innocent=(
        "the same picture was given by two people",
        "two frames of one series look alike",
        "copies that were cropped, turned or mirrored are not found",
    ),
    reliability=Reliability.HIGH,
    run=run,
    words=words,
    scope=Scope.PICTURES,
)
