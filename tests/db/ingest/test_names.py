from __future__ import annotations

import pytest

from archive.catalogue.models import Role
from archive.ingest.names import Kind, clean, further_of, key_of, kind_of, names_one, order_of, why_not


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jpg", Kind.PICTURE),
        ("A.JPEG", Kind.PICTURE),
        ("walk/b.HEIC", Kind.PICTURE),
        ("a.jpg.xmp", Kind.SIDECAR),
        ("a.XMP", Kind.SIDECAR),
        ("box.zip", Kind.ARCHIVE),
        ("a.gif", None),
        ("README", None),
    ],
)
def test_the_ending_tells_the_kind(name, kind):
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("name", "words"), [("a.NEF", "raw"), ("a.mov", "films"), ("notes.txt", ".txt"), ("x", "no ending")]
)
def test_what_is_not_taken_is_told_why(name, words):
    assert words in why_not(name)


@pytest.mark.parametrize("sidecar", ["walk/img.xmp", "walk/img.jpg.xmp", "Walk/IMG.JPG.XMP"])
def test_a_sidecar_shares_the_key_of_its_photo(sidecar):
    assert key_of(sidecar) == key_of("walk/IMG.jpg")


def test_other_folders_and_longer_names_do_not_pair():
    assert key_of("a/img.xmp") != key_of("b/img.jpg")
    assert key_of("img1.xmp") != key_of("img.jpg")


def test_only_the_long_form_spells_one_picture_out():
    assert names_one("a.JPG.xmp") == "a.jpg"
    assert names_one("a.xmp") is None


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("x_back.jpg", Role.BACK),
        ("x-verso.tif", Role.BACK),
        ("x Negative.tif", Role.NEGATIVE),
        ("x_neg.tif", Role.NEGATIVE),
        ("x_print_2.jpg", Role.PRINT),
        ("x_rescan2.png", Role.RESCAN),
    ],
)
def test_a_role_word_names_a_further_file(name, role):
    further = further_of(f"box/{name}")
    assert further is not None
    assert (further.key, further.role) == ("box/x", role)


@pytest.mark.parametrize(
    "name", ["back.jpg", "_back.jpg", "hunchback.jpg", "x_background.jpg", "x_print_123.jpg"]
)
def test_a_word_that_is_no_role_names_a_photo_of_its_own(name):
    assert further_of(name) is None


def test_what_others_belong_to_comes_first():
    names = ["a.xmp", "a_back.jpg", "b.jpg", "a.jpg"]
    assert sorted(names, key=order_of) == ["a.jpg", "b.jpg", "a_back.jpg", "a.xmp"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.jpg", "etc/passwd.jpg"),
        ("C:\\photos\\a.jpg", "C:/photos/a.jpg"),
        ("/a//b/./c.jpg", "a/b/c.jpg"),
        ("a\x00.jpg", "a.jpg"),
        ("..", ""),
    ],
)
def test_paths_stay_inside_and_use_forward_slashes(given, kept):
    assert clean(given) == kept
