"""Photoshop image resources (Adobe Photoshop File Formats, "Image Resource Blocks")."""

from __future__ import annotations

import struct

IPTC_RESOURCE = 0x0404
MOST_RESOURCES = 5000


def find_iptc(data: bytes) -> bytes | None:
    """Return the IPTC-IIM record among the resources, None when there is none."""
    offset = 0
    for _ in range(MOST_RESOURCES):
        if data[offset : offset + 4] not in (b"8BIM", b"8B1M", b"MeSa", b"AgHg", b"PHUT", b"DCSR"):
            return None
        head = data[offset + 4 : offset + 7]
        if len(head) < 3:
            return None
        name_length = (head[2] + 2) & ~1  # a Pascal string, padded to even
        at = offset + 6 + name_length
        size_bytes = data[at : at + 4]
        if len(size_bytes) < 4:
            return None
        size = struct.unpack(">I", size_bytes)[0]
        body = data[at + 4 : at + 4 + size]
        if struct.unpack(">H", head[:2])[0] == IPTC_RESOURCE:
            return body
        offset = at + 4 + size + (size & 1)
    return None
