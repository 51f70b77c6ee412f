"""The grammar of IIIF Image API 3.0 sections 4.1 to 4.6, without pixels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.api.iiif_request import Extent, IiifError, Region, parse

PICTURE = Extent(600, 400, 1_000_000)


def order(region="full", size="max", rotation="0", last="default.jpg", extent=PICTURE):
    return parse(extent, region, size, rotation, last)


@pytest.mark.parametrize(
    ("region", "cut"),
    [
        ("full", Region(0, 0, 600, 400)),
        ("square", Region(100, 0, 400, 400)),
        ("125,15,120,140", Region(125, 15, 120, 140)),
        ("125,15,9999,9999", Region(125, 15, 475, 385)),
        ("pct:41.6,7.5,40,70", Region(250, 30, 240, 280)),
        ("pct:0,0,100,100", Region(0, 0, 600, 400)),
    ],
)
def test_regions_are_cut_in_whole_pixels(region, cut):
    assert order(region).region == cut


@pytest.mark.parametrize(
    "region",
    ["", "all", "1,2,3", "1,2,3,4,5", "0,0,0,5", "0,0,5,0", "600,0,1,1", "0,400,1,1", "-1,0,5,5", "1.5,0,5,5",
     "pct:", "pct:1,2,3", "pct:-1,0,5,5", "pct:0,0,0,5", "pct:100,0,5,5", "pct:1e3,0,5,5", "٣,0,5,5",
     "pct:nan,0,1,1", "pct:99.99,0,0.001,100", "9" * 300 + ",0,1,1"],
)  # fmt: skip
def test_a_region_that_is_none_is_a_bad_request(region):
    with pytest.raises(IiifError) as refused:
        order(region)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("size", "measures"),
    [
        ("max", (600, 400)),
        ("300,", (300, 200)),
        (",100", (150, 100)),
        ("pct:50", (300, 200)),
        ("30,70", (30, 70)),
        ("!300,300", (300, 200)),
        ("!9999,200", (300, 200)),
        ("!600,9999", (600, 400)),
        ("1,", (1, 1)),
    ],
)
def test_sizes_are_measured(size, measures):
    found = order(size=size)
    assert (found.width, found.height) == measures


@pytest.mark.parametrize(
    ("size", "status"),
    [("", 400), (",", 400), ("0,", 400), (",0", 400), ("pct:0", 400), ("pct:101", 400), ("601,", 400),
     ("600,401", 400), ("!,5", 400), ("!5,", 400), ("!700,500", 400), ("full", 400), ("x,y", 400),
     ("^max", 501), ("^700,", 501)],
)  # fmt: skip
def test_a_size_that_cannot_be_had_is_refused(size, status):
    with pytest.raises(IiifError) as refused:
        order(size=size)
    assert refused.value.status == status


@pytest.mark.parametrize(
    ("rotation", "found"),
    [("0", (False, 0)), ("90", (False, 90)), ("!0", (True, 0)), ("!270", (True, 270)), ("360", (False, 0)),
     ("180.0", (False, 180))],
)  # fmt: skip
def test_quarter_turns_and_mirroring_are_made(rotation, found):
    made = order(rotation=rotation)
    assert (made.mirrored, made.rotation) == found


@pytest.mark.parametrize(
    ("rotation", "status"), [("45", 501), ("!22.5", 501), ("361", 400), ("-90", 400), ("a", 400)]
)
def test_other_turns_are_refused(rotation, status):
    with pytest.raises(IiifError) as refused:
        order(rotation=rotation)
    assert refused.value.status == status


@pytest.mark.parametrize(
    ("last", "status"),
    [("default.webp", 501), ("default.tif", 501), ("default.exe", 400), ("native.jpg", 400), ("default", 400),
     ("default.jpg.png", 400), (".jpg", 400)],
)  # fmt: skip
def test_other_qualities_and_formats_are_refused(last, status):
    with pytest.raises(IiifError) as refused:
        order(last=last)
    assert refused.value.status == status


def test_the_largest_answer_keeps_below_the_bound():
    huge = Extent(20_000, 10_000, 1_000_000)
    best = order(extent=huge)
    assert best.width * best.height <= 1_000_000
    assert best.canonical == "full/max/0/default.jpg"
    with pytest.raises(IiifError):
        order(size="2000,", extent=huge)


def test_every_spelling_of_a_request_has_one_canonical_form():
    same = {
        order("full", "max", "0", "color.jpg").canonical,
        order("0,0,600,400", "600,", "360", "default.jpg").canonical,
        order("pct:0,0,100,100", "600,400", "0", "default.jpg").canonical,
    }
    assert same == {"full/max/0/default.jpg"}


PART = st.one_of(
    st.text(max_size=25), st.from_regex(r"[!^]?(pct:)?[0-9.]{0,6}(,[0-9.]{0,6}){0,4}", fullmatch=True)
)


@given(PART, PART, PART, st.one_of(PART, st.sampled_from(["default.jpg", "gray.png", "bitonal.jpg"])))
def test_no_request_is_unbounded(region, size, rotation, last):
    try:
        found = parse(PICTURE, region, size, rotation, last)
    except IiifError:
        return
    assert found.region.x + found.region.width <= 600
    assert found.region.y + found.region.height <= 400
    assert 1 <= found.width <= found.region.width
    assert 1 <= found.height <= found.region.height
