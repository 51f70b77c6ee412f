"""Pixels: one decode of an untrusted file into small bare JPEGs or tiles. Runs in a quarantine child.

Everything written is made of bare sRGB pixels in display orientation: no metadata can be left in it. Scaled
decoding (`draft`) to the exact fitted size and one resampling make 24 megapixels cost about 0.2 s.
"""

from __future__ import annotations

import functools
import io
import json
import struct
from pathlib import Path
from typing import Any, Final

import pi_heif
from PIL import Image, ImageCms, TiffImagePlugin, UnidentifiedImageError

from archive.vault.errors import Undecodable

Image.init()  # every plugin, so that naming formats below finds them
pi_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = None  # our own limit is asked before anything is decoded

FORMATS: Final = ("JPEG", "PNG", "TIFF", "WEBP", "HEIF", "AVIF")  # MPO opens as JPEG
TILE: Final = 512
QUALITY: Final = 82
TURNED_BY_DECODER: Final = frozenset({"HEIF", "TIFF"})
TURNS: Final = {  # EXIF 2.32, tag 274: what brings the stored rows and columns upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# what Pillow's plugins raise on broken files, by looking at its code and at mutated files
_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)
_ORIENTATION: Final = 274
_SUBFILE_TYPE: Final = 254
_DNG_VERSION: Final = 50706
_FRAMES_LOOKED_AT: Final = 16


def render(path: str, *, orientation: int | None, targets: dict[str, str], max_pixels: int) -> dict[str, Any]:
    """Write one JPEG for each target, long edge in pixels -> file to create; never larger than the picture.

    Returns {"format", "width", "height"} with the size as displayed. Raises `Undecodable`.
    """
    edges = sorted((int(edge) for edge in targets), reverse=True)
    with _opened(path, max_pixels) as image:
        turn = _turn(image, orientation)
        size = _turned(image.size, turn)
        kind = "JPEG" if image.format == "MPO" else str(image.format)
        if edges:
            picture = _decoded(image, fitted(image.size, edges[0]), turn)
            for edge in edges:
                picture = _resized(picture, fitted(size, edge))
                _save(picture, targets[str(edge)])
    return {"format": kind, "width": size[0], "height": size[1]}


def cut(
    path: str, *, orientation: int | None, max_px: int | None, folder: str, max_pixels: int
) -> dict[str, Any]:
    """Write the tiles of all levels as `folder/<scale>/<column>_<row>.jpg`, and `folder/pyramid.json` last.

    Returns what `pyramid.json` holds: {"width", "height", "scales", "bytes"}. Raises `Undecodable`.
    """
    with _opened(path, max_pixels) as image:
        turn = _turn(image, orientation)
        size = _turned(image.size, turn)
        full = fitted(size, max_px) if max_px else size
        picture = _decoded(image, _turned(full, turn), turn)
    picture = _resized(picture, full)
    scales, written = [1], 0
    while max(full) > TILE * scales[-1]:
        scales.append(scales[-1] * 2)
    for scale in scales:
        if scale > 1:
            picture = picture.reduce(2)  # halves round up, as `ceil(size / scale)` does
        written += _tiles(picture, Path(folder) / str(scale))
    told = {"width": full[0], "height": full[1], "scales": scales, "bytes": written}
    (Path(folder) / "pyramid.json").write_text(json.dumps(told), encoding="ascii")
    return told


def fitted(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """The size within a square of `edge`, sides in proportion, at least one pixel, never enlarged."""
    width, height = size
    longest = max(width, height)
    if longest <= edge:
        return size
    return max(1, round(width * edge / longest)), max(1, round(height * edge / longest))


def _opened(path: str, max_pixels: int) -> Image.Image:
    """Read the header only; refuse what is no picture, raw, or too large before any pixel is decoded."""
    try:
        image = Image.open(path, formats=FORMATS)
    except UnidentifiedImageError:
        raise Undecodable("no picture could be found in it: the file is damaged or of another kind") from None
    except _BROKEN as error:
        raise Undecodable(f"the file breaks off or is damaged ({error})") from error
    _check(image.size, max_pixels)
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        if _DNG_VERSION in image.tag_v2:
            raise Undecodable("it is a camera's raw file: give the picture developed from it")
        _seek_largest(image)
        _check(image.size, max_pixels)
    return image


def _check(size: tuple[int, int], max_pixels: int) -> None:
    if min(size) < 1:
        raise Undecodable("it has no pixels")
    if size[0] * size[1] > max_pixels:
        raise Undecodable(
            f"{size[0]} x {size[1]} pixels are more than the {max_pixels // 1_000_000} million taken here"
        )


def _seek_largest(image: TiffImagePlugin.TiffImageFile) -> None:
    """A TIFF may begin with its own thumbnail: take the largest page then, else the first."""
    if not int(image.tag_v2.get(_SUBFILE_TYPE, 0)) & 1:
        return
    best, largest = 0, 0
    for frame in range(_FRAMES_LOOKED_AT):
        try:
            image.seek(frame)
        except EOFError:
            break
        if image.width * image.height > largest:
            best, largest = frame, image.width * image.height
    image.seek(best)


def _turn(image: Image.Image, orientation: int | None) -> Image.Transpose | None:
    """HEIF and TIFF are turned by their decoders; AVIF states its turn in a box, handed on as EXIF."""
    if image.format in TURNED_BY_DECODER:
        return None
    if image.format == "AVIF":
        orientation = image.getexif().get(_ORIENTATION)
    return TURNS.get(orientation) if isinstance(orientation, int) else None


def _turned(size: tuple[int, int], turn: Image.Transpose | None) -> tuple[int, int]:
    sideways = turn is not None and turn in {TURNS[5], TURNS[6], TURNS[7], TURNS[8]}
    return (size[1], size[0]) if sideways else size


def _decoded(image: Image.Image, size: tuple[int, int], turn: Image.Transpose | None) -> Image.Image:
    """Decode at no less than `size`, scale to it, then turn: bare L or RGB pixels in sRGB."""
    profile = image.info.get("icc_profile")
    image.draft(image.mode, size)
    try:
        image.load()
    except _BROKEN as error:
        raise Undecodable(f"the picture breaks off or is damaged ({error})") from error
    picture = _resized(_plain(image), size)
    picture = _in_srgb(picture, profile)
    if turn is not None:
        picture = picture.transpose(turn)
    bare = picture.copy() if picture is image else picture
    bare.info = {}  # a comment kept there would be saved again
    return bare


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture in a mode that can be resampled and shown; opacity is laid on white."""
    mode = image.mode
    if mode in {"I", "F"} or mode.startswith("I;16"):
        return _eight_bits(image)
    if image.has_transparency_data:
        return _on_white(image.convert("RGBA"))
    if mode in {"L", "RGB", "CMYK", "LAB"}:
        return image
    return image.convert("L" if mode == "1" else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    return flat


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scale deep greys: 16 bits by their range, others by the values that occur."""
    image = image.convert("F")
    low, high = image.getextrema()
    low, high = float(low), float(high)  # type: ignore[arg-type]  # one band in mode F
    if low >= 0 and 255 < high <= 65535:
        low, high = 0.0, 65535.0
    elif low >= 0 and 1 < high <= 255:
        low, high = 0.0, 255.0
    factor = 255.0 / (high - low) if high > low else 1.0
    return image.point(lambda value: value * factor - low * factor).convert("L")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            transform = _transform(profile, image.mode)
            if transform is not None:
                return ImageCms.applyTransform(image, transform) or image
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a profile that does not fit its picture is not followed
        else:
            return image
    if image.mode == "LAB":
        lab = ImageCms.buildTransform(ImageCms.createProfile("LAB"), _srgb(), "LAB", "RGB")
        return ImageCms.applyTransform(image, lab) or image.convert("RGB")
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


@functools.cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@functools.lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """None when the profile is sRGB already, as nearly every camera's is."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    if mode in {"L", "RGB"} and ImageCms.getProfileDescription(source).strip().startswith("sRGB"):
        return None
    return ImageCms.buildTransform(source, _srgb(), mode, "RGB")


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _save(image: Image.Image, target: str) -> int:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return Path(target).write_bytes(out.getbuffer())


def _tiles(image: Image.Image, folder: Path) -> int:
    folder.mkdir(parents=True)
    written = 0
    for row in range(-(-image.height // TILE)):
        for column in range(-(-image.width // TILE)):
            box = (
                column * TILE,
                row * TILE,
                min((column + 1) * TILE, image.width),
                min((row + 1) * TILE, image.height),
            )
            written += _save(image.crop(box), str(folder / f"{column}_{row}.jpg"))
    return written
