"""Messages between a process and its children: a four-byte length, then JSON.

JSON and not pickle: a child that hostile bytes have taken over can answer nonsense, but cannot make the
reader run code.
"""

from __future__ import annotations

import json
import struct
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

HEADER = struct.Struct(">I")
CHUNK = 65536


class TooLong(Exception):  # noqa: N818 - named for what happened
    """The other side announced more bytes than are allowed."""


def send(sock: socket.socket, message: object, *, deadline: float | None = None) -> None:
    """Send one JSON value. `deadline` is on the monotonic clock; raises TimeoutError, OSError."""
    body = json.dumps(message, separators=(",", ":")).encode()
    view = memoryview(HEADER.pack(len(body)) + body)
    while view:
        _arm(sock, deadline)
        view = view[sock.send(view) :]


def receive(sock: socket.socket, *, limit: int, deadline: float | None = None) -> Any:
    """Return one JSON value, or None when the other side has gone.

    Raises TimeoutError, TooLong beyond `limit` bytes, ValueError when the bytes are no JSON.
    """
    head = _exactly(sock, HEADER.size, deadline)
    if head is None:
        return None
    (length,) = HEADER.unpack(head)
    if length > limit:
        raise TooLong(f"{length} bytes announced, {limit} allowed")
    body = _exactly(sock, length, deadline)
    return None if body is None else json.loads(body)


def _exactly(sock: socket.socket, count: int, deadline: float | None) -> bytes | None:
    parts: list[bytes] = []
    while count:
        _arm(sock, deadline)
        try:
            part = sock.recv(min(count, CHUNK))
        except ConnectionError:
            return None
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _arm(sock: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        sock.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    sock.settimeout(left)
