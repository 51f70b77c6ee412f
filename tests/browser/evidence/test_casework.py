"""A curator writes down who says what: a series, a source, an area drawn without a mouse, a distance."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.windows import PHONE


def test_a_curator_records_a_series_and_what_a_poster_says_of_it(login_as, assert_accessible):
    page: Page = login_as("curator")
    page.goto("/studio/collections/border-flights/")
    page.get_by_role("link", name="New series").click()
    page.get_by_role("textbox", name="Title").fill("Seven aerial pictures")
    page.get_by_role("button", name="Tick all on this page").click()
    expect(page.get_by_text("7 photos · 7 ticked")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Make the series").click()
    page.wait_for_url(re.compile(r"/series/\w{13}/$"))
    series = page.url

    page.get_by_role("link", name="Who says what").click()
    page.get_by_label("Who says it?").select_option("new")
    page.get_by_label("Name or handle", exact=True).fill("u/XiaoHao2")
    expect(page.get_by_text("A source whose name is withheld")).to_be_visible()
    page.get_by_label("the name or handle").check()
    expect(page.locator("[data-part=example]")).to_contain_text("u/XiaoHao2 says")

    expect(page.get_by_text("Choose above what it is about.")).to_be_visible()
    page.get_by_label("Where the camera was").check()
    page.get_by_label("an area").check()
    draw_by_keyboard(page)
    follow_typing(page)
    assert_accessible(page)
    ask_for_towns(page)

    page.get_by_label("In which words?").fill("The city lies around two kilometres from the border.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(series)
    expect(page.get_by_role("link", name="Undo")).to_be_visible()
    expect(page.locator("#line-A")).to_contain_text(
        "u/XiaoHao2 says: within 2 km of the border of North Korea and China, in North Korea"
    )
    assert_accessible(page)


def draw_by_keyboard(page: Page) -> None:
    """Three corners, one taken back and set again; the fields say what was drawn."""
    surface, corners = page.get_by_role("application"), page.get_by_label("Corners of the area")
    page.get_by_label("Show a town on the map").focus()
    page.keyboard.press("Tab")
    expect(surface).to_be_focused()
    expect(page.locator(".crosshair")).to_be_visible()
    for key in ("Enter", "Shift+ArrowRight", "Enter", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("3 corners set")).to_be_visible()
    first, second, third = corners.input_value().splitlines()
    assert first.split(", ")[0] == second.split(", ")[0]
    assert second.split(", ")[1] == third.split(", ")[1]
    page.keyboard.press("Backspace")
    expect(page.get_by_text("2 corners set, at least 1 more needed")).to_be_visible()
    page.keyboard.press("Escape")
    expect(corners).to_be_focused()


def follow_typing(page: Page) -> None:
    corners = page.get_by_label("Corners of the area")
    corners.fill("40.1, 124.3\n40.2, 124.4\n40°06′N 124°30′E")
    expect(page.get_by_text("3 corners set")).to_be_visible()
    expect(page.locator(".drawing-handle")).to_have_count(3)
    corners.fill("40.1, 124.3\nhere")
    expect(page.locator("[data-part=unread]")).to_contain_text("Line 2")


def ask_for_towns(page: Page) -> None:
    page.get_by_label("near something that has a name").check()
    page.get_by_label("How far", exact=True).fill("2")
    page.get_by_label("Of what?").select_option("pair")
    page.get_by_label("Country", exact=True).select_option("KP")
    page.get_by_label("and country").select_option("CN")
    page.get_by_label("On which side?").select_option("KP")
    page.get_by_role("button", name="Which towns fit?").click()
    fits = page.locator("[data-part=fits]")
    expect(fits).to_contain_text("towns of North Korea fit", timeout=60_000)
    expect(page.locator(".drawing-town")).to_have_count(fits.locator("li").count())


def test_an_area_is_drawn_by_finger_on_a_phone(login_as, assert_accessible):
    page: Page = login_as("curator", viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/collections/border-flights/")
    photo = page.locator("a[href^='/photos/']").first.get_attribute("href")
    assert photo is not None
    page.goto(f"{photo.partition('?')[0]}claims/new/?facet=subject_place")
    page.get_by_label("an area").check()
    surface = page.get_by_role("application")
    surface.scroll_into_view_if_needed()
    for x, y in ((80, 60), (200, 60), (140, 150)):
        surface.tap(position={"x": x, "y": y})
    expect(page.get_by_text("3 corners set")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Choose who says it.")).to_be_visible()
    expect(page.get_by_label("Corners of the area")).not_to_be_empty()
