"""Which other photos came from the same device; for reviewers only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from archive.checks.check import Check, Reliability
from archive.checks.devices import MOST_COUNTED, is_placeholder, others_of_device
from archive.checks.models import Outcome
from archive.checks.results import Result
from archive.values.readership import Readership

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts


def run(facts: Facts) -> Iterable[Result]:
    serial = facts.reading.serial
    if not serial:
        return
    inputs = facts.said("make", "model", "serial")
    if is_placeholder(serial):
        yield Result(Outcome.CANNOT_TELL, {"case": "placeholder"}, inputs=inputs)
    elif facts.device_is_one:
        yield Result(Outcome.FITS, {"case": "serial"}, inputs=inputs)


def count(photo_id: int) -> dict[str, Any]:
    return {"others": others_of_device(photo_id)}


def words(_outcome: Outcome, facts: Mapping[str, Any]) -> str:
    if facts["case"] == "placeholder":
        return "The serial number in the file is a placeholder, so the device cannot be told from its like."
    others = facts["others"]
    if others == 0:
        return "The file names its device by serial number. No other photo here is from it."
    some = f"{others:,} other photos are" if others > 1 else "One other photo is"
    more = " or more" if others >= MOST_COUNTED else ""
    return (
        f"The file names its device by serial number. {some}{more} from the same device in this collection."
    )


CHECK: Final = Check(
    code="same_device",
    version=1,
    title="Other photos from this device",
    rule="Make, model and serial number are put through a keyed hash; photos of the collection with the same "
    "hash came from one device. The hash cannot be turned back into the number.",
    help="Photos from one device hang together: a settled place or clock of one helps with the others. "
    "Serial numbers can lead to a person, so only reviewers, curators and owners see this.",
    innocent=(
        "cameras of a newsroom or club pass through many hands",
        "some makers give all their devices one number",
        "a repair changes the number",
    ),
    reliability=Reliability.MEDIUM,
    run=run,
    words=words,
    readership=Readership.REVIEWERS,
    also=count,
)
