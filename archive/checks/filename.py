"""The date in the file's name against the date of the capture."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from archive.checks import spelling
from archive.checks.check import Check, Reliability
from archive.checks.models import Outcome
from archive.checks.name_patterns import Meaning, Named, date_in
from archive.checks.results import Input, Result
from archive.values.moment import EASTMOST_MINUTES, WESTMOST_MINUTES
from archive.values.readership import Readership

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts

TOLERANCE: Final = timedelta(minutes=2)  # the file is named when it is written, a little after the shutter
QUARTER: Final = timedelta(minutes=15)
DAY: Final = timedelta(days=1)


def run(facts: Facts) -> Iterable[Result]:
    named = date_in(facts.file_name)
    if named is None:
        return
    base = facts.file_name.replace("\\", "/").rsplit("/", 1)[-1]
    told: dict[str, Any] = {
        "clock": named.clock.isoformat(),
        "exact": named.exact,
        "meaning": named.meaning.value,
        "maker": named.maker,
    }
    inputs = (Input("file name", "name as received", base), *facts.said("taken_local", "taken_offset"))
    taken = facts.reading.taken
    if taken is None or taken.earliest != taken.latest:
        yield Result(Outcome.CANNOT_TELL, {**told, "case": "alone"}, inputs=inputs)
        return
    outcome, case, apart = _compared(named, taken.earliest, taken.offset_minutes)
    yield Result(
        outcome,
        {**told, "case": case, "apart_s": apart.total_seconds()},
        magnitude=apart.total_seconds(),
        tolerance=TOLERANCE.total_seconds(),
        unit="s",
        inputs=inputs,
    )


def _compared(named: Named, clock: datetime, offset: int | None) -> tuple[Outcome, str, timedelta]:
    """Return outcome, case, and by how much the capture is later than the name."""
    if named.meaning is Meaning.SENT:
        until = named.clock + (timedelta(0) if named.exact else DAY)
        late = clock - until
        return (Outcome.DOES_NOT_FIT, "sent_before", late) if late > DAY else (Outcome.FITS, "sent", late)
    apart = clock - named.clock
    if named.meaning is Meaning.UTC and offset is not None:
        apart -= timedelta(minutes=offset)
    if abs(apart) <= TOLERANCE:
        return Outcome.FITS, "same", apart
    whole = abs(apart - round(apart / QUARTER) * QUARTER) <= TOLERANCE
    is_zone = timedelta(minutes=WESTMOST_MINUTES) <= apart <= timedelta(minutes=EASTMOST_MINUTES)
    if named.meaning is Meaning.UTC and offset is None and whole and is_zone:
        return Outcome.FITS, "utc", apart
    return (
        (Outcome.CANNOT_TELL, "zone", apart) if whole and is_zone else (Outcome.DOES_NOT_FIT, "other", apart)
    )


def words(_outcome: Outcome, facts: Mapping[str, Any]) -> str:
    shown = spelling.clock(facts["clock"]) if facts["exact"] else spelling.day(facts["clock"])
    if facts["meaning"] == Meaning.UTC:
        shown = f"{shown} UTC"
    means = "the date it was sent or saved" if facts["meaning"] == Meaning.SENT else "the date it was taken"
    name = f"The name is of the kind {facts['maker']} give; it holds {means}, {shown}"
    apart = spelling.span(facts.get("apart_s", 0))
    says = {
        "alone": ". The file itself has no date to compare it with.",
        "same": ", and so does the file.",
        "utc": f"; the camera’s clock was a whole time zone ({apart}) from it.",
        "sent": ", and the picture was taken before that.",
        "sent_before": f", but by its own date the picture was taken {apart} later.",
        "zone": f"; the file’s own date is {apart} from it, as another time zone would make it.",
        "other": f", but the file’s own date is {apart} from it.",
    }[facts["case"]]
    return f"{name}{says}"


CHECK: Final = Check(
    code="filename",
    version=1,
    title="Date in the file’s name",
    rule="Telephones, drones and messengers put a date into the names of files; it is compared with the date "
    "in the file. Pixel telephones name by UTC; WhatsApp names by the day of sending.",
    help="Anyone can rename a file, so this says little alone. It helps most when the file itself has lost "
    "its date.",
    innocent=(
        "somebody renamed the file, or a program did when copying",
        "the picture was edited or sent later, and named then",
        "the name was given on another time zone",
    ),
    reliability=Reliability.LOW,
    run=run,
    words=words,
    readership=Readership.MEMBERS,
)
