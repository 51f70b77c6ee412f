"""A disk that is full, files that cannot be read, and files made to do harm."""

from __future__ import annotations

import struct
import zlib

from PIL import Image

from tests.pictures import a_huge_header, a_jpeg, encoded, upright


def test_a_full_disk_is_said_and_the_rest_is_stored_once_there_is_room(machine, folder):
    """The limit on file size stands in for the full disk: the kernel refuses the write in the same way."""
    (folder / "small.jpg").write_bytes(a_jpeg(size=(200, 150)))
    (folder / "large.jpg").write_bytes(encoded(Image.effect_noise((1500, 1500), 90), quality=100))
    limited = ("sh", "-c", 'ulimit -f 2000; exec "$@"', "limited")  # blocks of 512 bytes: about 1 MB
    assert (folder / "large.jpg").stat().st_size > 2000 * 512
    process = machine.start("deposit", str(folder), "--collection", "walk", wrapper=limited)
    process.wait(timeout=60)
    machine.manage("work", "--once")
    told = machine.counts()
    assert told["photos"] == 1
    assert any("disk is full" in reason for reason in told["reasons"])
    told = machine.manage("deposit", str(folder), "--collection", "walk", "--wait")
    assert "1 stored, 1 duplicate" in told
    assert "0 losses" in machine.manage("verify")


def test_hostile_files_are_refused_and_the_worker_lives_on(machine, folder):
    (folder / "a-pixels.png").write_bytes(a_huge_header(60_000, 60_000))
    (folder / "b-zeros.png").write_bytes(_zeros(9_000, 9_000))
    (folder / "c-tags.jpg").write_bytes(_many_tags())
    (folder / "d-half.jpg").write_bytes(a_jpeg(size=(900, 900))[:3000])
    (folder / "e-words.tif").write_bytes(b"II*\x00" + struct.pack("<I", 8) + b"\xff" * 400)
    (folder / "z-good.jpg").write_bytes(a_jpeg())
    lines = machine.manage("deposit", str(folder), "--collection", "walk", "--wait").splitlines()
    told = {line.split()[1]: line.split()[0] for line in lines if "walk/" in line}
    assert told["walk/z-good.jpg"] == "stored"
    assert {told[f"walk/{name}"] for name in ("a-pixels.png", "d-half.jpg", "e-words.tif")} == {"refused"}
    assert told["walk/b-zeros.png"] in {"stored", "refused"}
    assert "failed" not in told.values()


def _zeros(width: int, height: int) -> bytes:
    """A picture of 81 million pixels in 100 kB: allowed by its size, and all of it must be decoded."""
    pack = zlib.compressobj(9)
    rows = b"".join(pack.compress(bytes(width * 3 + 1)) for _ in range(height)) + pack.flush()
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", rows),
        (b"IEND", b""),
    ]
    packed = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def _many_tags() -> bytes:
    """A JPEG whose EXIF block says thousands of times that it holds a thousand rationals."""
    count = 4500
    tiff = b"II*\x00" + struct.pack("<IH", 8, count)
    tiff += b"".join(struct.pack("<HHII", 0x9000 + n % 4000, 5, 999, 8) for n in range(count)) + bytes(4)
    jpeg = encoded(upright())
    block = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]
