from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.drawing import WALK
from tests.browser.exploring import open_explore, settled, total
from tests.browser.patience import at_rest, eventually

ROW = "Number(document.activeElement.closest('[data-index]')?.dataset.index ?? -1)"


def press_until(page, key: str, there: str, most: int = 60) -> None:
    """Press a key until the focused element matches the CSS selector."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("css => document.activeElement?.matches(css)", there):
            return
    raise AssertionError(f"{key} never came to {there}")


def test_keys_alone_lead_from_explore_to_a_photo_and_back(page):
    open_explore(page)
    page.keyboard.press("/")
    page.keyboard.type("coast walk")
    page.keyboard.press("Enter")
    settled(page)
    assert total(page) == WALK
    press_until(page, "Tab", "a.photo-card-title")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.closest('[data-id]').dataset.id")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/photos/{chosen}/**")
    press_until(page, "Tab", ".header-extra a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/\?q="))
    settled(page)
    assert total(page) == WALK


def test_arrow_keys_walk_over_groups_and_past_the_window(page):
    open_explore(page)
    page.locator("a.photo-card-title").first.focus()
    for _ in range(30):
        page.keyboard.press("ArrowDown")
    row = at_rest(page, lambda: page.evaluate(ROW))
    assert row > 25
    expect(page.locator(f'[data-index="{row}"]')).to_be_in_viewport()
    page.keyboard.press("Home")
    eventually(page, lambda: page.evaluate(ROW) == 0)


def test_the_address_restores_the_view_and_back_undoes_a_step(page):
    open_explore(page)
    everything = total(page)
    page.locator(".facet-menu summary", has_text="Collection").click()
    page.get_by_label("Flight roll").check()
    settled(page)
    some, address = total(page), page.url
    page.reload()
    settled(page)
    assert (total(page), page.url) == (some, address)
    expect(page.get_by_role("link", name="Remove Collection: Flight roll")).to_be_visible()
    page.go_back()
    settled(page)
    assert total(page) == everything


def test_a_view_is_cited_with_its_address_number_and_day(page):
    open_explore(page, "?collection=coast-walk&from=2018&to=2019")
    page.get_by_role("button", name="Cite this view").click()
    expect(page.get_by_label("Citation")).to_have_value(re.compile(f"{total(page)} photos"))
    words = page.get_by_label("Citation").input_value()
    assert page.get_by_label("Address").input_value() in words
    assert page.get_by_label("Address").input_value().endswith("?from=2018&to=2019&collection=coast-walk")


def test_downloads_carry_the_view(page):
    open_explore(page, "?collection=coast-walk")
    page.locator(".view-bar summary", has_text="Download").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV, for tables").click()
    assert len(waiting.value.path().read_text().splitlines()) == WALK + 1


def test_a_chosen_theme_is_kept_on_the_next_page(open_window):
    page = open_window(color_scheme="light")
    open_explore(page)
    paper = "getComputedStyle(document.body.parentElement).backgroundColor"
    light = page.evaluate(paper)
    page.locator("[data-menu] summary", has_text="account").click()
    page.get_by_role("button", name="Theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/help/")
    assert page.evaluate(paper) != light


def test_where_few_photos_have_a_location_the_grid_leads(page):
    open_explore(page, "?unplaced=1")
    expect(page.locator("explore-view")).to_have_attribute("data-lead", "grid")
    assert (
        page.locator(".explore-results").bounding_box()["width"]
        > 1.5 * page.locator("photo-map").bounding_box()["width"]
    )
