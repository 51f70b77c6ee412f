"""The case on the photo page: map and list light each other, by pointer and keys; phone, dark, no script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.windows import DESK, PHONE


def open_case(page: Page) -> None:
    photos = page.context.request.get("/api/photos?collection=close-looks").json()["photos"]
    page.goto(photos[0]["url"])
    expect(page.get_by_role("heading", level=2)).to_contain_text("Place disputed: 8 possible places")


def test_map_and_list_light_each_other(login_as):
    page = login_as("admin")
    open_case(page)
    letters = page.locator("place-map .place-letter")
    expect(letters).to_have_count(9)
    expect(page.locator("place-map .pin-dot")).to_have_count(0)
    expect(page.locator("place-map .pin-hatch")).to_have_count(9)

    town = page.locator(".candidate-list li", has_text="Town R")
    town.focus()
    expect(page.locator("place-map .place-map-pin.lit")).to_have_count(1)
    expect(town).to_have_class(re.compile("lit"))
    page.keyboard.press("Tab")
    expect(page.locator("[data-part].lit")).to_have_text(re.compile("Town S"))

    page.locator("#answer-b .answer-head").hover()
    expect(page.locator("place-map .place-map-pin.lit")).to_have_text("B")
    northernmost = page.locator("place-map .place-map-pin").nth(7)
    northernmost.hover(position={"x": 16, "y": 3})  # its neighbour may lie over the lower part
    expect(page.locator("[data-part].lit")).to_have_text(re.compile("Town W"))


def test_a_day_in_the_past_is_asked_for_and_left_again(login_as):
    page = login_as("admin")
    open_case(page)
    page.get_by_label("As it stood on").fill("2001-01-01")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("note")).to_contain_text("As it stood at the end of 1 January 2001")
    expect(page.get_by_role("heading", level=2)).to_have_text("Nobody has said where or when.")
    page.get_by_role("link", name="See it as it stands now").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Place disputed")


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_the_case_is_accessible(login_as, assert_accessible_in_both_themes, viewport):
    page = login_as("admin", viewport=viewport)
    open_case(page)
    expect(page.locator("place-map .place-letter").first).to_be_visible()
    for opener in page.locator("main summary").all():
        if not opener.evaluate("node => node.parentElement.open"):
            opener.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert_accessible_in_both_themes(page)


def test_without_script_the_whole_case_can_be_read(login_as):
    page = login_as("admin", java_script_enabled=False)
    open_case(page)
    for words in ("Town W", "based on the line above, not a second source", "Seven more fit."):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.locator(".time-axis")).to_be_visible()
    page.get_by_text("Why this answer?").first.click()
    expect(page.get_by_text("reviewers disagree", exact=False).first).to_be_visible()
