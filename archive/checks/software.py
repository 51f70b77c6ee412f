"""Which programs say that they worked on the file, and what the file says it is: history, not guilt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from archive.checks import spelling
from archive.checks.check import Check, Reliability
from archive.checks.models import Outcome
from archive.checks.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.checks.facts import Facts
    from archive.metadata import Reading

MOST_NAMED: Final = 4
_STEP: Final = re.compile(r"\bsoftwareAgent=([^,]+)")
_FIRMWARE: Final = re.compile(
    r"(?:ver(?:sion)?\.? ?|v|firmware:? ?)?[\d.]+\w{0,6}(?: .{0,12})?", re.IGNORECASE
)
_EDITORS: Final = re.compile(
    r"photoshop|lightroom|\bgimp\b|snapseed|picasa|capture one|affinity|darktable|rawtherapee|acdsee|paint|"
    r"irfanview|luminar|\bdxo|pixelmator|imagemagick|photoscape|aperture|instagram|vsco|facetune|polarr|canva|"
    r"photo ?gallery|nikon transfer|viewnx|silkypix|skylum|bibble|imagesize|photofiltre|ufraw|digikam|exiv2|"
    r"olympus master|hugin",
    re.IGNORECASE,
)
_MADE_UP: Final = {
    "trainedAlgorithmicMedia": "made by a trained model",
    "compositeWithTrainedAlgorithmicMedia": "put together with parts made by a trained model",
    "algorithmicMedia": "made by a program, not by a camera",
    "virtualRecording": "a recording of a virtual scene",
}
_OTHER_WAYS: Final = {
    "compositeCapture": "put together from several captures",
    "compositeSynthetic": "put together from several pictures, some of them made by a program",
    "composite": "put together from several pictures",
    "negativeFilm": "a scan of a negative",
    "positiveFilm": "a scan of a slide",
    "print": "a scan of a print",
    "minorHumanEdits": "edited by a person",
    "humanEdits": "edited by a person",
    "digitalCreation": "created by a person with a program",
    "screenCapture": "a screenshot",
    "algorithmicallyEnhanced": "improved by a program",
    "softwareImage": "created by a person with a program",
}
"""Digital source types of IPTC NewsCodes (cv.iptc.org/newscodes/digitalsourcetype)."""


def run(facts: Facts) -> Iterable[Result]:
    reading = facts.reading
    kind = (reading.source_type or "").rstrip("/").rsplit("/", 1)[-1]
    agents = _agents(reading)
    steps = sum(statement.fact == "history" for statement in reading.statements)
    inputs = facts.said("software", "source_type", "history")
    if not (inputs or agents):
        return
    programs = [name for name in agents if not is_firmware(name, reading)]
    told: dict[str, Any] = {
        "programs": programs[:MOST_NAMED],
        "firmware": agents[:1],
        "steps": steps,
        "kind": kind,
    }
    if kind in _MADE_UP:
        yield Result(Outcome.DOES_NOT_FIT, {**told, "case": "made_up"}, inputs=inputs)
    elif kind in _OTHER_WAYS:
        yield Result(Outcome.CANNOT_TELL, {**told, "case": "other_way"}, inputs=inputs)
    elif programs or steps:
        yield Result(Outcome.CANNOT_TELL, {**told, "case": "programs"}, inputs=inputs)
    else:
        yield Result(Outcome.FITS, {**told, "case": "camera"}, inputs=inputs)


def is_firmware(name: str, reading: Reading) -> bool:
    """Whether a Software tag is what cameras and telephones write: a version, or their own name."""
    if _EDITORS.search(name):
        return False
    own = [
        word
        for text in (reading.make, reading.model)
        if text
        for word in text.casefold().split()
        if len(word) > 2
    ]
    return _FIRMWARE.fullmatch(name.strip()) is not None or any(word in name.casefold() for word in own)


def _agents(reading: Reading) -> list[str]:
    """Programs named by the file, each once: those of its Software tags, then those of its history."""
    named = [s.raw.strip() for s in reading.statements if s.fact == "software"]
    for statement in reading.statements:
        if statement.fact == "history":
            named += [match[1].strip() for match in _STEP.finditer(statement.raw)]
    return list(dict.fromkeys(name for name in named if name))


def words(_outcome: Outcome, facts: Mapping[str, Any]) -> str:
    by = spelling.listed(facts["programs"])
    match facts["case"]:
        case "made_up":
            return f"The file itself says that it was {_MADE_UP[facts['kind']]}."
        case "other_way":
            return f"The file itself says what it is: {_OTHER_WAYS[facts['kind']]}."
        case "camera":
            return (
                f"The only program named is the camera’s own ({facts['firmware'][0]})."
                if facts["firmware"]
                else ("The file says that it was captured by a camera and names no program.")
            )
    steps = f", with {facts['steps']} recorded steps" if facts["steps"] > 1 else ""
    named = (
        f"The file names {by} as having written it{steps}." if by else f"The file names no program{steps}."
    )
    return f"{named} What was changed, if anything, is not recorded."


CHECK: Final = Check(
    code="software",
    version=1,
    title="Programs and history",
    rule="The programs that wrote the file, the steps they recorded, and what the file says of its making.",
    help="Nearly every published picture has passed through a program. That says how the file came to us, "
    "not what its picture is worth; a history may also be missing or copied from another file.",
    innocent=(
        "agencies and archives export all pictures with a program",
        "telephones name their system as the program",
        "a program only added a caption or turned the picture",
    ),
    reliability=Reliability.LOW,
    run=run,
    words=words,
)
