"""Tell a file's format from its first bytes, and what to do about the ones that are not taken."""

from __future__ import annotations

from archive.metadata.containers.tiff import RAW_REASON, RAW_SUFFIXES
from archive.metadata.reading import Refused

HEAD_BYTES = 64
TAKEN = "JPEG, PNG, TIFF, WebP, HEIC or AVIF"
AVIF_BRANDS = frozenset((b"avif", b"avis"))
HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1"))
RAW_BRANDS = frozenset((b"crx ",))
TIFF_STARTS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
RAW_STARTS = (b"FUJIFILMCCD-RAW", b"IIU\x00", b"IIRO", b"IIRS", b"MMOR", b"FOVb", b"\x00MRM", b"HEAPCCDR")
OTHERS = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"8BPS", "Photoshop"),
    (b"%PDF", "PDF"),
    (b"%!PS", "PostScript"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x1aE\xdf\xa3", "Matroska or WebM"),
)


def sniff(head: bytes, suffix: str) -> str:
    """Return JPEG, PNG, TIFF, WEBP, HEIF, AVIF or XMP for a file that begins with `head`.

    `suffix` is the lower-case name ending with its dot. Raises `Refused` for everything else.
    """
    if not head:
        raise Refused("empty", "The file is empty: copy it again from where it came from.")
    if head.startswith(b"\xff\xd8"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if (
        head.startswith(RAW_STARTS)
        or head[8:10] == b"CR"
        or (head[4:8] == b"ftyp" and head[8:12] in RAW_BRANDS)
    ):
        raise Refused("raw", RAW_REASON, "RAW")
    if head.startswith(TIFF_STARTS):
        return "TIFF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _base_media(head)
    if _is_xml(head, suffix):
        return "XMP"
    raise _refusal(head, suffix)


def _base_media(head: bytes) -> str:
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]
    for brand in brands:  # the major brand comes first
        if brand in AVIF_BRANDS:
            return "AVIF"
        if brand in HEIF_BRANDS and not AVIF_BRANDS.intersection(brands):
            return "HEIF"
    raise Refused("format", f"This is a video or another kind of media file: deposit {TAKEN}.", "MP4")


def _is_xml(head: bytes, suffix: str) -> bool:
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if suffix == ".xmp":
        return start.startswith(b"<") or not start
    return start.startswith((b"<x:xmpmeta", b"<?xpacket", b"<rdf:RDF"))


def _refusal(head: bytes, suffix: str) -> Refused:
    if suffix in RAW_SUFFIXES:
        return Refused("raw", RAW_REASON, "RAW")
    for start, name in OTHERS:
        if head.startswith(start):
            return Refused("format", f"{name} files are not taken: save the picture as {TAKEN}.", name)
    return Refused("format", f"This is no photograph the archive can read: deposit {TAKEN}.")
