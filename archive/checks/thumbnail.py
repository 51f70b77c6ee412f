"""The thumbnail a camera embeds, against the picture it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from archive import vault
from archive.checks.check import Check, Reliability, Scope
from archive.checks.facts import Facts
from archive.checks.fingerprints import small_copy
from archive.checks.models import Outcome
from archive.checks.results import Input, Result
from archive.vault.derivatives import run_on_pixels

FITTING_BITS: Final = 8
UNLIKE_BITS: Final = 16
"""More differing bits than this do not happen to thumbnails of the same picture."""
_NOT_COMPARED: Final = {
    "missing": "The original is not in this archive's store, so its thumbnail could not be looked at.",
    "broken": "The thumbnail could not be looked at: {why}.",
    "none": "The file holds no thumbnail to compare.",
    "featureless": "Thumbnail or picture shows too little to compare: a plain surface looks like any other.",
}
_UNLIKE: Final = (
    "The thumbnail kept inside the file shows another picture. The picture was changed, or the thumbnail "
    "came from another file, after the camera wrote it."
)
_SIMILAR: Final = (
    "The thumbnail kept inside the file is similar to the picture but not the same: it may show another part "
    "of it, or be of poor quality."
)
_TAG: Final = "EXIF thumbnail"


def run(facts: Facts) -> Iterable[Result]:
    sha256, orientation = facts.reading.sha256, facts.reading.orientation
    try:
        copy = small_copy(sha256, orientation)
        told = run_on_pixels(
            "archive.checks.pixels:thumbnail_against_picture",
            str(facts.original),
            str(copy),
            orientation=orientation,
        )
    except vault.OriginalMissing:
        yield Result(Outcome.COULD_NOT_CHECK, {"case": "missing"})
        return
    except vault.VaultError as error:
        yield Result(Outcome.COULD_NOT_CHECK, {"case": "broken", "why": str(error)})
        return
    yield _compared(told)


def _compared(told: Mapping[str, Any]) -> Result:
    if told["case"] == "none":
        return Result(Outcome.CANNOT_TELL, {"case": "none"})
    given = (Input("embedded thumbnail", _TAG, " × ".join(str(side) for side in told["size"])),)
    if told["case"] == "featureless":
        return Result(Outcome.CANNOT_TELL, {"case": "featureless"}, inputs=given)
    bits = told["bits"]
    outcome = Outcome.CANNOT_TELL
    if bits <= FITTING_BITS:
        outcome = Outcome.FITS
    elif bits > UNLIKE_BITS:
        outcome = Outcome.DOES_NOT_FIT
    facts = {"case": "compared", "bits": bits, "turned": told["turned"]}
    return Result(outcome, facts, float(bits), float(FITTING_BITS), "of 64 bits", given)


def words(outcome: Outcome, facts: Mapping[str, Any]) -> str:
    if facts["case"] != "compared":
        return _NOT_COMPARED[facts["case"]].format(why=facts.get("why", ""))
    if outcome is Outcome.FITS:
        turned = ", turned another way" if facts["turned"] else ""
        return f"The thumbnail kept inside the file shows the same picture{turned}."
    return _UNLIKE if outcome is Outcome.DOES_NOT_FIT else _SIMILAR


CHECK: Final = Check(
    code="thumbnail",
    version=1,
    title="Does the embedded thumbnail show the picture?",
    rule="Cameras keep a small copy of the picture inside the file. Both are reduced to 64 bits that "
    "describe light and dark; black bars are cut off first. Up to 8 differing bits fit, more than 16 do not.",
    help="Some programs change a picture and leave the old thumbnail behind: then the thumbnail still shows "
    "what the camera saw. Look at both.",
    innocent=(
        "the camera or a program cropped the picture and kept the old thumbnail",
        "a program that copies metadata from one file to another took the thumbnail along",
        "strong changes of brightness or colour",
    ),
    reliability=Reliability.HIGH,
    run=run,
    words=words,
    scope=Scope.FILE,
)
