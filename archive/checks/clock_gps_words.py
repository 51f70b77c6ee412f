"""Sentences about the camera's clock and GPS time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from archive.checks import spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archive.checks.models import Outcome

CLEAN_S: Final = 60.0


def words(_outcome: Outcome, facts: Mapping[str, Any]) -> str:
    sentence = _SAY[facts["case"]](facts)
    return f"{sentence}{_dated(facts)}"


def _beyond(facts: Mapping[str, Any]) -> str:
    way = "ahead of" if facts["difference_s"] > 0 else "behind"
    return (
        f"The clock is {spelling.span(facts['difference_s'])} {way} GPS time, more than any time zone: the "
        "clock was not set, or the receiver still showed an older time."
    )


def _days(facts: Mapping[str, Any]) -> str:
    days = abs(facts["days"])
    return (
        f"Clock and GPS time are {days} whole day{'s' * (days > 1)} apart, beside the zone there "
        f"({_there(facts)}): the time of day fits, and one of the two dates is off."
    )


def _rollover(facts: Mapping[str, Any]) -> str:
    return (
        f"GPS time is {facts['weeks'] * 7:,} days ({facts['weeks']:,} weeks) before the clock: the receiver "
        "began counting its weeks again. This does not contradict the clock’s date."
    )


def _local(facts: Mapping[str, Any]) -> str:
    there = f"the local time there ({_there(facts)})"
    return f"By GPS time the clock was on {_shown(facts)}, {there}{_error(facts)}."


def _as_stated(facts: Mapping[str, Any]) -> str:
    elsewhere = "" if facts["here"] is None else f" The local time at the place is another ({_there(facts)})."
    return f"By GPS time the clock was on {_shown(facts)}, as the file says{_error(facts)}.{elsewhere}"


def _not_as_stated(facts: Mapping[str, Any]) -> str:
    about = "" if abs(facts["remainder_s"]) <= CLEAN_S else "about "
    stated = spelling.offset(facts["stated"])
    return (
        f"By GPS time the clock was on {about}{_shown(facts)}, but the file says {stated}{_matching(facts)}."
    )


def _no_zone(facts: Mapping[str, Any]) -> str:
    against = "" if facts["here"] is None else f" The local time there is {_there(facts)}."
    return (
        f"Clock and GPS are {spelling.span(facts['difference_s'])} apart, which is no time zone (nearest: "
        f"{_shown(facts)}, {spelling.span(facts['remainder_s'])} off): the clock was off, or the receiver "
        f"showed an older time.{against}"
    )


def _some_zone(facts: Mapping[str, Any]) -> str:
    return f"By GPS time the clock was on {_shown(facts)}{_matching(facts)}{_error(facts)}."


def _other_zone(facts: Mapping[str, Any]) -> str:
    beside = (facts["quarter"] - facts["here"]) * 60
    return (
        f"By GPS time the clock was on {_shown(facts)}{_matching(facts)}. That is {spelling.span(beside)} "
        f"{'ahead of' if beside > 0 else 'behind'} the local time at the place ({_there(facts)})."
    )


def _stated_local(facts: Mapping[str, Any]) -> str:
    stated = spelling.offset(facts["stated"])
    if facts["here"] is None:
        return f"The file says its clock was on {stated}; at the place there is no civil time to compare."
    return f"The file says its clock was on {stated}, the local time at the place ({facts['zone']})."


def _stated_other(facts: Mapping[str, Any]) -> str:
    return (
        f"The file says its clock was on {spelling.offset(facts['stated'])}{_matching(facts)}. The local "
        f"time at the place was another ({_there(facts)})."
    )


_SAY: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "no_gps_time": lambda _: (
        "The file has GPS tags, but no whole and readable GPS date and time to compare the clock with."
    ),
    "no_clock": lambda _: "The file has a GPS time, but no clock time to the second to compare it with.",
    "copied": lambda _: (
        "GPS time and clock are the same to the second. That happens when a program copies one into the "
        "other, so it tells nothing about the zone."
    ),
    "rollover": _rollover,
    "days": _days,
    "beyond": _beyond,
    "local": _local,
    "as_stated": _as_stated,
    "not_as_stated": _not_as_stated,
    "no_zone": _no_zone,
    "some_zone": _some_zone,
    "other_zone": _other_zone,
    "stated_local": _stated_local,
    "stated_other": _stated_other,
}


def _shown(facts: Mapping[str, Any]) -> str:
    return spelling.offset(facts["quarter"])


def _there(facts: Mapping[str, Any]) -> str:
    return f"{facts['zone']}: {spelling.offset(facts['here'])}"


def _matching(facts: Mapping[str, Any]) -> str:
    names = facts.get("matches") or []
    if not names:
        return ""
    return f", which matches {spelling.listed([f'{name}’s' for name in names])} zone{'s' * (len(names) > 1)}"


def _error(facts: Mapping[str, Any]) -> str:
    seconds = facts.get("error_s", facts.get("remainder_s", 0.0))
    return "" if abs(seconds) < 2 else f", {spelling.span(seconds)} {'fast' if seconds > 0 else 'slow'}"


def _dated(facts: Mapping[str, Any]) -> str:
    periods = facts.get("only_then") or []
    if not periods:
        return ""
    spans = [
        f"from {spelling.day(first)} to {spelling.day(last)}" if first else f"until {spelling.day(last)}"
        for first, last in periods
    ]
    shown = spelling.offset(facts["quarter"])
    return (
        f" Clocks in {facts['zone']} were on {shown} only {spelling.listed(spans)}: if the clock was set "
        "there, it was set then."
    )
