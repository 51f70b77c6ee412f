from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.metadata.source import Source

XMP_BYTES = 8 * 1024 * 1024
BLOCK_BYTES = 16 * 1024 * 1024


@dataclass(slots=True)
class Parts:
    """Where a container keeps what: the blocks still undecoded.

    `width` and `height` are stored pixels; `upright` means the decoder turns the picture by itself and they
    are already as displayed. `exif` begins with the TIFF header. `texts` are (keyword, text) of the container
    itself. `faults` are (code, message).
    """

    format: str
    width: int | None = None
    height: int | None = None
    upright: bool = False
    exif: Source | None = None
    xmp: list[bytes] = field(default_factory=list)
    iptc: bytes | None = None
    texts: list[tuple[str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, code: str, message: str) -> None:
        self.faults.append((code, message))

    def add_xmp(self, packet: bytes) -> None:
        if len(packet) > XMP_BYTES:
            self.fault("xmp_too_large", f"The XMP packet has {len(packet)} bytes; it was not read.")
        elif packet not in self.xmp:
            self.xmp.append(packet)
