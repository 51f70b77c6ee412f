"""The dates a picture carries, in the order in which they must have come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from archive.checks import spelling
from archive.checks.check import Check, Reliability
from archive.checks.file_clock import Dated, stages
from archive.checks.models import Outcome
from archive.checks.results import Input, Result
from archive.values.moment import Interval, utc_interval
from archive.values.readership import Readership

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts

SLACK: Final = timedelta(minutes=2)
DAY: Final = timedelta(days=1)
_RANK: Final = {"taken": 0, "digitised": 1, "modified": 2, "history": 2, "published": 3, "received": 4}
_WORDS: Final = {
    "taken": "the picture was taken",
    "digitised": "it was digitised",
    "modified": "the file was last changed",
    "history": "a program recorded a step of work on it",
    "published": "it was first seen published",
    "received": "this archive received it",
}


def run(facts: Facts) -> Iterable[Result]:
    taken = facts.reading.taken
    chain = list(stages(facts))
    said = facts.said("taken_local")
    if taken is not None:
        source = said[0] if said else Input("taken", "", taken.earliest.isoformat())
        chain.insert(0, Dated("taken", utc_interval(taken), source))
    if not chain:
        unset = [p for p in facts.reading.problems if p.code == "date_unset"]
        if unset:
            yield Result(Outcome.CANNOT_TELL, {"case": "unset"}, inputs=said)
        return
    readership = Readership.PUBLIC
    if facts.first_seen is not None:
        seen = facts.first_seen
        readership = seen.readership
        chain.append(
            Dated("published", Interval(seen.by, seen.by), Input("published", seen.where, seen.text))
        )
    received = Input("received", "this archive", facts.received_at.isoformat(timespec="seconds"))
    chain.append(Dated("received", Interval(facts.received_at, facts.received_at), received))
    yield _judge(chain, readership)


def _judge(chain: list[Dated], readership: Readership) -> Result:
    """Find the pair most surely the wrong way round: the first's earliest is after the later's latest."""
    wrong = [
        (first.when.earliest - later.when.latest, first, later)
        for first in chain
        for later in chain
        if _RANK[first.stage] < _RANK[later.stage]
        and first.when.earliest - later.when.latest > _slack(first, later)
    ]
    inputs = tuple(dict.fromkeys(one.said for one in chain))
    if not wrong:
        told = {"case": "in_order", "stages": list(dict.fromkeys(one.stage for one in chain))}
        return Result(Outcome.FITS, told, inputs=inputs, readership=readership)
    apart, first, later = max(wrong, key=lambda pair: pair[0])
    return Result(
        Outcome.DOES_NOT_FIT,
        {
            "case": "wrong_way",
            "first": first.stage,
            "later": later.stage,
            "apart_s": apart.total_seconds(),
            "first_from": first.when.earliest.isoformat(),
            "later_until": later.when.latest.isoformat(),
            "pairs": len(wrong),
        },
        magnitude=apart.total_seconds(),
        tolerance=SLACK.total_seconds(),
        unit="s",
        inputs=inputs,
        readership=readership,
    )


def _slack(first: Dated, later: Dated) -> timedelta:
    """Programs put their own zone on a camera's clock: within a file, a day is left for that."""
    if _RANK[later.stage] >= _RANK["published"]:
        return SLACK
    return max(SLACK, DAY - (first.when.width + later.when.width) / 2)


def words(_outcome: Outcome, facts: Mapping[str, Any]) -> str:
    if facts["case"] == "unset":
        return "The clock of the camera or scanner was never set, so there is no date to put in order."
    if facts["case"] == "in_order":
        listed = spelling.listed([_WORDS[stage] for stage in facts["stages"]])
        return f"The dates are in an order that can be: {listed}."
    return (
        f"The dates cannot all be right: by them {_WORDS[facts['first']]} on "
        f"{spelling.day(facts['first_from'])} at the earliest, but {_WORDS[facts['later']]} on "
        f"{spelling.day(facts['later_until'])} at the latest, {spelling.span(facts['apart_s'])} before."
    )


CHECK: Final = Check(
    code="date_chain",
    version=1,
    title="Order of the dates",
    rule="Taken, digitised, changed, first published, received: each must come no earlier than the one "
    "before it. A date without a time zone is given all the zones there are.",
    help="A clock that is set wrong shows here first. The date of the first publication is the firmest of "
    "all: nothing was taken after it, whatever the file says.",
    innocent=(
        "the clock was not set, or ran ahead",
        "it is a scan: the print or slide is older than its file",
        "a program wrote its own date over an older one",
    ),
    reliability=Reliability.MEDIUM,
    run=run,
    words=words,
)
