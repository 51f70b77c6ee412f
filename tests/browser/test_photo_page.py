"""The photo page in a browser: deep zoom, keys, copies of texts, phone, no script, accessibility."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.drawing import LARGE
from tests.browser.exploring import open_explore
from tests.browser.patience import at_rest, eventually
from tests.browser.windows import DESK, PHONE

WIDTH, HEIGHT = LARGE
HOME = "/?collection=coast-walk"


def address(page, collection, number=0):
    """Return where a photo is read within its collection: quicker than a click on the way there."""
    photos = page.context.request.get(f"/api/photos?collection={collection}").json()["photos"]
    return f"{photos[number]['url']}?collection={collection}"


def look_closely(page):
    page.goto(address(page, "close-looks"))
    expect(page.locator("deep-zoom[data-ready]")).to_be_visible()
    return page


@pytest.fixture
def close_look(login_as):
    return look_closely(login_as("admin", reduced_motion="no-preference"))


def zoomed_out(page):
    return page.locator("deep-zoom:not([data-zoomed])")


def zoomed_in(page):
    return page.locator("deep-zoom[data-zoomed]")


def tiles_shown(page):
    return page.evaluate(
        "[...document.querySelectorAll('.deep-zoom-ground .leaflet-tile-loaded img')]"
        ".filter((image) => image.naturalWidth > 0).length"
    )


def picture_box(page):
    return page.locator("deep-zoom img").first.bounding_box()


def open_walk(page, number=0):
    page.goto(address(page, "coast-walk", number))
    expect(page.locator("deep-zoom[data-ready]")).to_be_visible()


def test_the_copy_stands_under_the_tiles_so_that_nothing_flashes(close_look):
    page = close_look
    assert tiles_shown(page) == 0
    page.get_by_role("button", name="Zoom in", exact=True).click()
    page.get_by_role("button", name="Zoom in", exact=True).click()
    expect(zoomed_in(page)).to_be_visible()
    page.locator(".deep-zoom-ground .leaflet-tile-loaded").nth(3).wait_for()
    eventually(page, lambda: tiles_shown(page) > 3)
    still = page.locator("deep-zoom img[alt]:not([alt=''])")
    expect(still).to_be_visible()
    eventually(page, lambda: still.evaluate("image => image.naturalWidth") == 1600)


def test_tiles_lie_exactly_where_the_copy_lies(close_look):
    """A tile's left edge over the copy's, in proportion: what is at 1,024 px stands at 1,024 px."""
    page = close_look
    page.get_by_role("button", name="Zoom in", exact=True).click()
    page.locator(".deep-zoom-ground .leaflet-tile-loaded").first.wait_for()
    copy = at_rest(page, lambda: picture_box(page))
    placed = page.evaluate(
        "[...document.querySelectorAll('.deep-zoom-ground .leaflet-tile-loaded img')].map((image) => {"
        " const box = image.getBoundingClientRect();"
        " return [image.src, box.left, box.top, box.width]; })"
    )
    assert placed
    for address, left, top, width in placed:
        x, y, wide, _ = map(int, re.search(r"/(\d+),(\d+),(\d+),(\d+)/", address).groups())
        assert abs(left - (copy["x"] + x * copy["width"] / WIDTH)) < 2
        assert abs(top - (copy["y"] + y * copy["height"] / HEIGHT)) < 2
        assert abs(width - wide * copy["width"] / WIDTH) < 2


def test_the_picture_is_looked_at_by_keyboard_alone(close_look):
    page = close_look
    ground = page.get_by_role("group", name="The picture: plus and minus zoom")
    ground.focus()
    page.keyboard.press("+")
    expect(zoomed_in(page)).to_be_visible()
    before = at_rest(page, lambda: picture_box(page))
    page.keyboard.press("ArrowRight")
    eventually(page, lambda: picture_box(page)["x"] < before["x"] - 50)
    page.keyboard.press("0")
    expect(zoomed_out(page)).to_be_visible()
    assert "/photos/" in page.url


def test_the_picture_cannot_be_lost(close_look):
    page = close_look
    page.locator(".deep-zoom-ground").focus()
    for _ in range(12):
        page.keyboard.press("+")
        page.wait_for_timeout(60)
    expect(page.get_by_role("button", name="Zoom in", exact=True)).to_be_disabled()
    assert at_rest(page, lambda: picture_box(page))["width"] / WIDTH < 10
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    frame = page.locator("deep-zoom").bounding_box()
    assert at_rest(page, lambda: picture_box(page))["x"] <= frame["x"] + 1
    page.get_by_role("button", name="Fit the whole picture").click()
    expect(zoomed_out(page)).to_be_visible()


def test_a_double_click_looks_closer(close_look):
    page = close_look
    page.locator(".deep-zoom-ground").dblclick()
    expect(zoomed_in(page)).to_be_visible()


def test_two_fingers_zoom_the_picture_and_one_scrolls_the_page(login_as):
    phone = look_closely(login_as("admin", viewport=PHONE, has_touch=True, is_mobile=True))
    assert (
        phone.locator(".deep-zoom-ground").evaluate("node => getComputedStyle(node).touchAction")
        == "pan-x pan-y"
    )
    box = phone.locator("deep-zoom").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    link = phone.context.new_cdp_session(phone)

    def touch(kind, spread=None):
        sides = () if spread is None else (-spread, spread)
        points = [
            {"x": middle[0] + side, "y": middle[1], "id": number} for number, side in enumerate(sides, 1)
        ]
        link.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 20)
    for spread in range(25, 120, 10):
        touch("touchMove", spread)
        phone.wait_for_timeout(20)
    touch("touchEnd")
    expect(zoomed_in(phone)).to_be_visible()
    assert phone.evaluate("visualViewport.scale") == 1


def test_from_explore_to_a_photo_through_the_view_and_back_by_keyboard(page):
    open_explore(page, HOME.removeprefix("/"))
    page.locator("article.photo-card a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 48")).to_be_visible()
    for key, position in (("j", 2), ("ArrowRight", 3), ("k", 2), ("ArrowLeft", 1)):
        expect(page.locator("photo-way:defined")).to_be_visible()
        page.keyboard.press(key)
        expect(page.get_by_text(f"{position} of 48")).to_be_visible()
    expect(page.locator("photo-way:defined")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(re.escape(HOME) + "$"))
    expect(page.locator("article.photo-card").first).to_be_visible()


def test_typing_in_the_search_never_turns_the_page(page):
    open_walk(page)
    page.get_by_label("Search the archive").fill("")
    page.get_by_label("Search the archive").press("j")
    page.wait_for_timeout(300)
    expect(page.get_by_text("1 of 48")).to_be_visible()


def test_the_small_map_shows_the_place_with_its_doubt_and_direction(page):
    page.goto(address(page, "coast-walk", 1))
    small = page.locator("place-map")
    small.scroll_into_view_if_needed()
    expect(small).to_be_in_viewport(ratio=0.9)
    expect(small.locator(".pin-dot")).to_be_visible()
    expect(small.locator(".pin-wedge")).to_be_visible()
    expect(small.locator("path.doubt")).to_have_count(1)
    pin = small.locator(".place-map-pin")
    home = at_rest(page, pin.bounding_box)
    small.get_by_role("button", name="Zoom in on the map").click()
    at_rest(page, pin.bounding_box)
    small.get_by_role("button", name="Show the place again").click()
    assert abs(at_rest(page, pin.bounding_box)["x"] - home["x"]) < 3


def test_coordinates_and_citation_are_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_walk(page)
    page.get_by_role("button", name="Copy the decimal coordinates").click()
    expect(page.get_by_text("Copied the decimal coordinates.").first).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"-?\d+\.\d{6}, -?\d+\.\d{6}", copied)
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_text("Copied the citation.").first).to_be_visible()
    assert page.url.split("?")[0] in page.evaluate("navigator.clipboard.readText()")


def test_statements_are_found_by_words(page):
    open_walk(page)
    page.get_by_text("Everything the file says").click()
    rows = page.locator("#statement-rows tr:visible")
    expect(rows.first).to_be_visible()
    every = rows.count()
    page.get_by_role("searchbox", name="Find a statement").fill("gps latitude")
    expect(page.get_by_role("status").get_by_text("statement")).to_be_visible()
    eventually(page, lambda: 0 < rows.count() < every)


def test_whether_it_is_unchanged_is_answered_in_place(page):
    open_walk(page)
    address = page.url
    page.get_by_role("link", name="Is it unchanged? Check now").click()
    expect(page.get_by_text("Unchanged since received")).to_be_visible()
    assert page.url == address


def test_on_a_phone_picture_headline_caption_where_and_when_follow_each_other(phone):
    open_walk(phone)
    order = [
        phone.locator("deep-zoom"),
        phone.locator(".photo-headline"),
        phone.locator(".photo-title"),
        phone.get_by_role("heading", name="Where"),
        phone.get_by_role("heading", name="When"),
    ]
    tops = [place.bounding_box()["y"] for place in order]
    assert tops == sorted(tops)
    expect(phone.locator(".photo-headline")).to_be_in_viewport()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_script_everything_is_there_to_read(open_window, page):
    open_walk(page)
    plain = open_window(java_script_enabled=False)
    plain.goto(page.url)
    expect(plain.locator("deep-zoom > img")).to_be_visible()
    assert plain.locator("deep-zoom > img").bounding_box()["height"] > 200
    for words in ("Where", "When", "Provenance", "Cite"):
        expect(plain.get_by_role("heading", name=words, exact=True)).to_be_visible()
    plain.get_by_role("link", name="Is it unchanged? Check now").click()
    expect(plain.get_by_text("Unchanged since received")).to_be_visible()
    plain.go_back()
    plain.get_by_role("link", name="Next photo").click()
    expect(plain.get_by_text("2 of 48")).to_be_visible()


def test_on_paper_the_picture_stands_above_the_facts(page):
    open_walk(page)
    page.emulate_media(media="print")
    picture, facts = page.locator("deep-zoom img").first, page.locator(".photo-headline")
    assert picture.bounding_box()["height"] > 100
    assert picture.bounding_box()["y"] < facts.bounding_box()["y"]
    expect(page.locator(".deep-zoom-tools")).to_be_hidden()


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_the_page_is_accessible(open_window, assert_accessible_in_both_themes, viewport):
    page = open_window(viewport=viewport)
    page.goto(address(page, "coast-walk", 1))
    expect(page.locator("deep-zoom[data-ready]")).to_be_visible()
    expect(page.locator("place-map .pin-dot")).to_be_visible()
    for opener in page.locator("main summary").all():
        opener.click()
    assert_accessible_in_both_themes(page)
