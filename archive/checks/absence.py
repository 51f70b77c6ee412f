"""No EXIF at all: what platforms leave, or what a camera original should not lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from archive.checks.check import Check, Reliability
from archive.checks.models import Outcome
from archive.checks.results import Input, Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts

CAMERA_FACTS: Final = frozenset(
    {"taken_local", "make", "model", "exposure_s", "aperture", "iso", "latitude", "gps_time_utc"}
)
# Platforms that re-encode what is uploaded; a file sent as a document may pass some of them untouched.
STRIPPERS: Final = frozenset(
    {"facebook", "instagram", "twitter", "x.com", "reddit", "whatsapp", "telegram", "signal"}
    | {"imgur", "tiktok", "vk", "weibo", "wechat", "linkedin", "pinterest", "youtube"}
)


def run(facts: Facts) -> Iterable[Result]:
    said = [s for s in facts.reading.statements if s.fact in CAMERA_FACTS]
    count = Input("statements about camera, date and place", "whole file", str(len(said)))
    if said:
        yield Result(Outcome.FITS, {"case": "there", "count": len(said)}, inputs=(count,))
        return
    platforms = [name for name in facts.platforms if is_stripper(name)]
    if platforms:
        named = Input("published at", "appearance", ", ".join(platforms))
        yield Result(Outcome.FITS, {"case": "platform", "platforms": platforms}, inputs=(count, named))
        return
    yield Result(Outcome.CANNOT_TELL, {"case": "bare", "platforms": list(facts.platforms)}, inputs=(count,))


def is_stripper(platform: str) -> bool:
    name = platform.casefold().strip()
    words = set(name.replace(".", " ").replace("/", " ").split())
    return name in STRIPPERS or bool(words & STRIPPERS)


def words(_outcome: Outcome, facts: Mapping[str, Any]) -> str:
    match facts["case"]:
        case "there":
            return (
                f"The file still says {facts['count']} things about camera, date or place, as originals do."
            )
        case "platform":
            return (
                f"The file says nothing about camera, date or place. That is expected of a copy from "
                f"{' and '.join(facts['platforms'])}, where uploads are re-encoded."
            )
        case _:
            return (
                "The file says nothing about camera, date or place. A camera's own file would; a scan, a "
                "screenshot or a copy from a platform would not. Where it was published is not recorded here."
                if not facts["platforms"]
                else "The file says nothing about camera, date or place, and is not known to be expected of "
                f"{' or '.join(facts['platforms'])}. A camera's own file would say something."
            )


CHECK: Final = Check(
    code="absence",
    version=1,
    title="Does the file carry camera data?",
    rule="Files straight from a camera name the camera, the date and the exposure; copies that passed "
    "through a platform mostly say nothing.",
    help="Nothing can be read from what is missing, except that this is probably not the file as the camera "
    "wrote it. Ask whoever gave it for the original: it may answer many questions at once.",
    innocent=(
        "a platform, messenger or mail program re-encoded the picture",
        "it is a scan or a screenshot",
        "somebody removed the data to protect a person",
    ),
    reliability=Reliability.LOW,
    run=run,
    words=words,
)
