"""What a file's name says: which kind it is, and which other file of the deposit it belongs to.

`a.xmp` and `a.jpg.xmp` are sidecars of `a.jpg`. A name that ends in a role word is a further file of the
photo named by what stands before it: `a_back.jpg`, `a-negative.tif`, `a print.png`, `a.rescan2.tif`. Words:
back, verso, reverse; negative, neg; print; rescan; a number of one or two digits may follow. Folders must
be the same; letter case does not matter.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from archive.catalogue.models import Role

LONGEST_NAME: Final = 500
PICTURES: Final = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".tif", ".tiff", ".webp"}
    | {".heic", ".heif", ".hif", ".heics", ".heifs", ".avif"}
)
RAW: Final = frozenset(
    {".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq", ".k25", ".kdc"}
    | {
        ".mef",
        ".mos",
        ".mrw",
        ".nef",
        ".nrw",
        ".orf",
        ".pef",
        ".raf",
        ".raw",
        ".rw2",
        ".rwl",
        ".sr2",
        ".srf",
        ".srw",
    }
    | {".x3f"}
)
MOVING: Final = frozenset(
    {".3gp", ".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpg", ".mpeg", ".mts", ".webm", ".wmv"}
)
TAKEN: Final = "JPEG, PNG, TIFF, WebP, HEIC/HEIF and AVIF pictures, XMP sidecars and ZIP archives are taken"
_ROLE: Final = re.compile(
    r"(?P<stem>.*[^ _.-])[ _.-]+(?P<word>back|verso|reverse|negative|neg|print|rescan)(?:[ _-]?\d{1,2})?",
    re.IGNORECASE | re.DOTALL,
)
_WORDS: Final = {
    "back": Role.BACK,
    "verso": Role.BACK,
    "reverse": Role.BACK,
    "negative": Role.NEGATIVE,
    "neg": Role.NEGATIVE,
    "print": Role.PRINT,
    "rescan": Role.RESCAN,
}


class Kind(enum.Enum):
    PICTURE = "picture"
    SIDECAR = "sidecar"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Further:
    """A role word in a name: the key of the photo it belongs to, and what it is to that photo."""

    key: str
    role: Role


def kind_of(name: str) -> Kind | None:
    suffix = _suffix(name)
    if suffix in PICTURES:
        return Kind.PICTURE
    return {".xmp": Kind.SIDECAR, ".zip": Kind.ARCHIVE}.get(suffix)


def why_not(name: str) -> str:
    """Say why a name of no known kind is refused, and what to do instead."""
    suffix = _suffix(name)
    if suffix in RAW:
        return f"raw files ({suffix}) are not taken yet: give the picture developed from it"
    if suffix in MOVING:
        return f"films ({suffix}) are not taken: {TAKEN}"
    return f"files of this kind ({suffix or 'no ending'}) are not taken: {TAKEN}"


def key_of(name: str) -> str:
    """Return what files that belong together share: the path without endings, letter case folded."""
    if kind_of(name) is Kind.SIDECAR:
        inner = name[: -len(".xmp")]
        name = inner if kind_of(inner) is Kind.PICTURE else name
    return str(PurePosixPath(name).with_suffix("")).casefold()


def names_one(sidecar: str) -> str | None:
    """Return the folded name of the one picture that `a.jpg.xmp` spells out; None for `a.xmp`."""
    inner = sidecar[: -len(".xmp")]
    return inner.casefold() if kind_of(inner) is Kind.PICTURE else None


def further_of(name: str) -> Further | None:
    """Read a role word at the end of the name, if there is one and something stands before it."""
    path = PurePosixPath(name)
    match = _ROLE.fullmatch(path.stem)
    if match is None:
        return None
    return Further(str(path.with_name(match["stem"])).casefold(), _WORDS[match["word"].lower()])


def order_of(name: str) -> tuple[int, str]:
    """Sort key: what others belong to comes first."""
    later = 2 if kind_of(name) is Kind.SIDECAR else 1 if further_of(name) else 0
    return later, name.casefold()


def clean(name: str) -> str:
    """Return a relative path with forward slashes; what no database takes is escaped. May be empty."""
    text = name.replace("\\", "/").replace("\x00", "").encode("utf-8", "backslashreplace").decode()
    return "/".join(part for part in text.split("/") if part not in {"", ".", ".."})


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
