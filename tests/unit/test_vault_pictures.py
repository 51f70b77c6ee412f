from __future__ import annotations

import io
import json

import pytest
from PIL import Image, PngImagePlugin

from archive import vault
from archive.ingest.names import PICTURES
from archive.vault.pictures import TURNS, fitted
from tests.pictures import (
    RED,
    a_huge_header,
    a_jpeg,
    a_sidecar,
    corners,
    encoded,
    exif_of,
    swapped_profile,
    upright,
)

UPRIGHT = ["red", "green", "blue", "white"]


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


def shown(data: bytes, size: int = 256, orientation: int | None = None) -> Image.Image:
    digest = vault.put(io.BytesIO(data)).sha256
    vault.derive(digest, orientation=orientation)
    image = Image.open(vault.derivative_path(digest, size))
    image.load()
    return image


def mean(image: Image.Image) -> tuple[int, ...]:
    pixel = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return pixel


def test_the_long_edge_fits_and_sides_stay_in_proportion():
    data = a_jpeg(size=(3000, 2000))
    assert shown(data, 1600).size == (1600, 1067)
    assert shown(data, 256).size == (256, 171)


def test_a_small_picture_is_never_enlarged():
    assert shown(a_jpeg(size=(120, 80)), 1600).size == (120, 80)


def test_nothing_but_pixels_is_left():
    exif = exif_of(taken="2020:01:01 10:00:00", latitude=51.5, longitude=-0.1)
    data = a_jpeg(
        size=(2000, 1500), exif=exif, xmp=a_sidecar(), icc_profile=swapped_profile(), dpi=(300, 300)
    )
    for size in vault.SIZES:
        image = shown(data, size)
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert image.info["jfif_density"] == (1, 1)
        assert not image.getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_every_orientation_comes_out_upright(orientation, kind):
    stored = upright()
    undo = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    turn = undo.get(orientation) or TURNS.get(orientation)
    if turn is not None:
        stored = stored.transpose(turn)
    image = shown(encoded(stored, kind, exif=exif_of(orientation=orientation)), orientation=orientation)
    assert corners(image) == UPRIGHT
    assert image.size == (120, 80)


def test_an_avif_is_turned_as_its_own_box_says():
    stored = upright().transpose(Image.Transpose.ROTATE_90)
    data = encoded(stored, "AVIF", exif=exif_of(orientation=6))
    assert corners(shown(data, orientation=6)) == UPRIGHT


def test_real_photographs_come_out_the_right_way_up(samples):
    """HEIC among them: its decoder has turned the pixels already, whatever the tag says."""
    wrong, heic = [], 0
    for name, row in json.loads((samples / "expected.json").read_text()).items():
        path = samples / name
        if not row["pillow"]["decodes"] or path.suffix.lower() not in PICTURES:
            continue
        width, height = row["pillow"]["transposed_size"]
        if width * height > 100_000_000:
            continue
        image = shown(path.read_bytes(), orientation=row["exif_orientation"])
        heic += row["format"] in {"HEIC", "HEIF"}
        if image.size != fitted((width, height), 256):
            wrong.append((name, image.size, (width, height)))
    assert wrong == []
    assert heic


def test_a_colour_profile_is_followed_into_srgb():
    flat = Image.new("RGB", (400, 300), (200, 0, 0))
    plain = mean(shown(encoded(flat)))
    followed = mean(shown(encoded(flat, icc_profile=swapped_profile())))
    assert plain[0] > plain[1]
    assert followed[1] > followed[0]


def test_a_broken_colour_profile_is_left_aside():
    flat = Image.new("RGB", (300, 300), RED)
    assert mean(shown(encoded(flat, icc_profile=b"no profile at all")))[0] > 200


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_what_is_transparent_is_shown_on_white(mode):
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    kind = "TIFF" if mode == "PA" else "PNG"
    assert min(mean(shown(encoded(image.convert(mode) if mode != "PA" else image, kind)))) > 250


def test_a_palette_with_a_transparent_colour_is_shown_on_white():
    image = Image.new("P", (300, 300), 0)
    image.putpalette([0, 0, 0, 255, 0, 0])
    assert min(mean(shown(encoded(image, "PNG", transparency=0)))) > 250


@pytest.mark.parametrize(("value", "grey"), [(0, 0), (32768, 128), (65535, 255)])
def test_sixteen_bit_greys_keep_their_brightness(value, grey):
    image = Image.new("I;16", (300, 300), value)
    image.putpixel((0, 0), 65535)
    image.putpixel((1, 0), 0)
    assert mean(shown(encoded(image, "PNG")))[0] == pytest.approx(grey, abs=3)


def test_four_ink_pictures_become_colours():
    image = Image.new("CMYK", (300, 300), (0, 255, 255, 0))
    red, green, blue = mean(shown(encoded(image)))
    assert red > 200
    assert max(green, blue) < 100


def test_black_and_white_stays_so():
    assert mean(shown(encoded(Image.new("1", (300, 300), 1), "TIFF")))[0] > 250


def test_the_largest_page_of_a_tiff_that_begins_with_its_thumbnail_is_shown():
    small, large = upright(60, 40), upright(600, 400)
    thumbnail = encoded(small, "TIFF", tiffinfo={254: 1}, append_images=[large], save_all=True)
    assert shown(thumbnail).size == (256, 171)


def test_the_first_page_of_a_document_is_shown():
    first, second = Image.new("RGB", (300, 200), RED), Image.new("RGB", (900, 900), "black")
    image = shown(encoded(first, "TIFF", append_images=[second], save_all=True))
    assert mean(image)[0] > 180


def test_more_pixels_than_allowed_are_refused_by_their_header():
    with pytest.raises(vault.Undecodable, match="20000 x 20000"):
        shown(a_huge_header(20_000, 20_000))


def test_a_picture_that_breaks_off_is_refused_with_its_reason():
    data = a_jpeg(size=(800, 600))
    with pytest.raises(vault.Undecodable, match="breaks off or is damaged"):
        shown(data[: len(data) // 2])


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"GIF89a" + bytes(100), bytes(5000)])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(vault.Undecodable):
        shown(data)


def test_a_raw_file_is_refused_by_name():
    data = encoded(upright(), "TIFF", tiffinfo={50706: b"\x01\x04\x00\x00"})
    with pytest.raises(vault.Undecodable, match="raw"):
        shown(data)


def test_a_text_bomb_in_a_png_does_not_harm_the_caller():
    text = PngImagePlugin.PngInfo()
    text.add_text("bomb", "a" * 80_000_000, zip=True)
    with pytest.raises(vault.Undecodable):
        shown(encoded(upright(), "PNG", pnginfo=text))


def test_deriving_leaves_no_temporary_files(tmp_path):
    shown(a_jpeg())
    with pytest.raises(vault.Undecodable):
        shown(b"nothing")
    assert {path.suffix for path in (tmp_path / "derivatives").rglob("*") if path.is_file()} == {".jpg"}
