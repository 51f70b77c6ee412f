"""Drawing on the picture: a region by mouse and by keys, a shadow by four clicks, marks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.windows import PHONE


@pytest.fixture
def address(login_as) -> tuple[Page, str]:
    """The first photo of coast-walk, open for its curator."""
    page: Page = login_as("curator")
    page.goto("/collections/coast-walk/")
    return page, page.locator("a.photo-card-title").first.get_attribute("href").split("?")[0]


def new_evidence(page: Page, photo: str, query: str = "") -> None:
    page.goto(f"{photo}evidence/new/{query}")
    expect(page.locator(".region-box").first).to_be_attached()


def sides(page: Page) -> list[float]:
    return [
        float(page.locator(f"[name={side}]").input_value() or "nan")
        for side in ("left", "top", "wide", "high")
    ]


def at(page: Page, stage, across: float, down: float) -> tuple[float, float]:
    box = stage.bounding_box()
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down


def test_a_region_is_drawn_by_mouse_and_stands_on_the_photo_page(address, assert_accessible, login_as):
    page, photo = address
    new_evidence(page, photo)
    stage = page.locator("region-drawing .drawing-stage").first
    stage.scroll_into_view_if_needed()
    page.mouse.move(*at(page, stage, 0.2, 0.3))
    page.mouse.down()
    page.mouse.move(*at(page, stage, 0.6, 0.5))
    page.mouse.up()
    assert sides(page) == pytest.approx([20, 30, 40, 20], abs=1)
    page.get_by_label("Name of the region").fill("the tower")
    page.get_by_label("What does it show?").fill("a tower with two windows")
    assert_accessible(page)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url(re.compile(r"/photos/\w{13}/$"))

    mark = page.get_by_role("link", name=re.compile(r"Mark \d+: the tower"))
    expect(mark).to_be_visible()
    page.get_by_role("button", name="marks").click()
    expect(mark).to_be_hidden()
    page.get_by_role("button", name="marks").click()
    mark.click()
    expect(page.locator(".ground:target")).to_contain_text("a tower with two windows")
    for _step in range(3):
        page.get_by_role("button", name="Zoom in", exact=True).click()
    expect(page.get_by_role("button", name="Zoom in", exact=True)).to_have_attribute("aria-disabled", "true")
    page.get_by_role("link", name="Mark a region").click()
    page.wait_for_url(re.compile(r"\?region="))
    expect(page.locator("[name=left]")).not_to_have_value("")
    left, _top, wide, _high = sides(page)
    assert left > 5
    assert 20 < wide < 90


def test_a_region_is_drawn_by_keys_and_taken_back(address):
    page, photo = address
    new_evidence(page, photo)
    stage = page.locator("region-drawing .drawing-stage").first
    stage.focus()
    page.keyboard.press("ArrowRight")
    begun = sides(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+ArrowUp")
    moved = sides(page)
    assert moved == pytest.approx([begun[0] + 2, begun[1] - 0.2, begun[2], begun[3] + 2])
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_contain_text("Accepted: ")
    page.keyboard.press("ArrowLeft")
    assert sides(page) != moved
    page.keyboard.press("Escape")
    assert sides(page) == moved


def test_four_clicks_measure_a_shadow_and_the_windows_come_as_bands(address, assert_accessible, login_as):
    page, photo = address
    new_evidence(page, photo, "?kind=shadow")
    stage = page.locator("shadow-tool .drawing-stage")
    stage.scroll_into_view_if_needed()
    for across, down in ((0.5, 0.7), (0.5, 0.4), (0.5, 0.7), (0.9, 0.7)):
        page.mouse.click(*at(page, stage, across, down))
    expect(page.get_by_text("All four points are set.")).to_be_visible()
    page.get_by_role("button", name="Point: the tip of its shadow").focus()
    before = page.locator("[name=tip]").input_value()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[name=tip]")).not_to_have_value(before)

    page.get_by_role("button", name="What would fit?").click()
    expect(page.locator("#what-fits")).to_contain_text("not stated to be level")
    page.get_by_label("is level").check()
    page.get_by_label("Where is that?").select_option("typed")
    page.get_by_label("Coordinates").fill("54.2, -0.4")
    page.get_by_label("Camera tilted down by").fill("20")
    page.get_by_label("Angle of view, top to bottom").fill("50")
    page.get_by_role("button", name="What would fit?").click()
    expect(page.locator("#what-fits .shadow-band").first).to_be_visible()
    assert_accessible(page)
    page.get_by_label("What does it show?").fill("the shadow of a post")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url(re.compile(r"/photos/\w{13}/$"))

    phone = login_as("reader", viewport=PHONE, color_scheme="dark")
    phone.goto(photo)
    expect(phone.locator(".ground .shadow-band").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert_accessible(phone)
