"""TIFF 6.0 and BigTIFF: the file is its own EXIF block; raw formats built on it are refused."""

from __future__ import annotations

from archive.metadata.block import Entry, Walker
from archive.metadata.containers.parts import XMP_BYTES, Parts
from archive.metadata.containers.photoshop import find_iptc
from archive.metadata.reading import Refused
from archive.metadata.source import Source

WIDTH, HEIGHT, PHOTOMETRIC, SUB_IFDS = 0x0100, 0x0101, 0x0106, 0x014A
XMP, IPTC, PHOTOSHOP, DNG_VERSION = 0x02BC, 0x83BB, 0x8649, 0xC612
FIRST_TAGS = frozenset((WIDTH, HEIGHT, PHOTOMETRIC, SUB_IFDS, XMP, IPTC, PHOTOSHOP, DNG_VERSION))
RAW_PHOTOMETRICS = (32803, 34892)  # colour filter array, linear raw (DNG 1.6)
# fmt: off
RAW_SUFFIXES = frozenset((
    ".3fr", ".arw", ".cr2", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".kdc", ".mef", ".mos", ".mrw",
    ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
))
# fmt: on
RAW_REASON = (
    "Camera raw files are not taken yet: deposit a JPEG, TIFF or HEIC made from it and keep the raw file."
)


def read(source: Source, suffix: str) -> Parts:
    """Locate what the first directory points to. Raises `Refused` for camera raw files."""
    parts = Parts("TIFF", exif=source)
    walker = Walker.begin(source)
    if walker is None:
        parts.fault("broken", "The file has no readable directory.")
        return parts
    entries = {entry.tag: entry for entry in walker.directory(walker.first, FIRST_TAGS)}
    if DNG_VERSION in entries or suffix in RAW_SUFFIXES or _holds_raw(walker, entries):
        raise Refused("raw", RAW_REASON, "RAW")
    parts.width = walker.number(entries.get(WIDTH)) or None
    parts.height = walker.number(entries.get(HEIGHT)) or None
    if XMP in entries:
        parts.add_xmp(walker.value(entries[XMP], XMP_BYTES + 1))
    if IPTC in entries:
        record = walker.value(entries[IPTC], XMP_BYTES)
        # some writers declare the record as 32-bit numbers, in the file's byte order
        parts.iptc = record if record[:1] == b"\x1c" else record[::-1] if record[-1:] == b"\x1c" else None
    if parts.iptc is None and PHOTOSHOP in entries:
        parts.iptc = find_iptc(walker.value(entries[PHOTOSHOP], XMP_BYTES))
    return parts


def _holds_raw(walker: Walker, entries: dict[int, Entry]) -> bool:
    if walker.number(entries.get(PHOTOMETRIC)) in RAW_PHOTOMETRICS:
        return True
    for offset in walker.numbers(entries.get(SUB_IFDS))[:8]:
        for entry in walker.directory(offset, frozenset((PHOTOMETRIC,))):
            if walker.number(entry) in RAW_PHOTOMETRICS:
                return True
    return False
