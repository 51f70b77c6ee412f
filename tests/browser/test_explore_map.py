from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.exploring import ask, on_the_map, open_explore, settled, total


@pytest.fixture
def page(open_window) -> Page:
    """A window in which the map moves: elsewhere the reader is spared movement."""
    return open_window(reduced_motion="no-preference")


def test_a_click_on_a_cluster_zooms_there_and_the_view_becomes_the_filter(page):
    open_explore(page)
    everything = total(page)
    page.locator(".pin-cluster").first.click()
    page.wait_for_url("**bbox=**")
    settled(page)
    assert 0 < total(page) < everything
    answer = ask(page, "/api/atlas")
    assert on_the_map(page) + answer["several"] + answer["edge"] == total(page)


def test_home_clears_the_area_and_counts_everything_again(page):
    open_explore(page, "?bbox=-3.6,54,-3,54.6")
    some = total(page)
    page.get_by_role("button", name="Show everything, everywhere").click()
    settled(page)
    expect(page).not_to_have_url(re.compile("bbox"))
    assert total(page) > some


def test_with_an_area_photos_without_a_location_are_counted_beside_it(page):
    open_explore(page, "?bbox=-3.6,54,-3,54.6")
    expect(page.locator(".headline-lines")).to_contain_text("more match but have no location")
    page.locator(".headline-lines").get_by_role("link", name="show them").click()
    settled(page)
    expect(page).to_have_url(re.compile("unplaced=1"))
    assert "bbox" not in page.url
    assert total(page) == 8


def test_every_pin_is_in_a_list_that_keys_can_reach(page):
    open_explore(page)
    page.get_by_role("button", name="List of places on this map").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Photos on the map")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("listitem")).to_have_count(page.locator(".pin-frame").count())
    panel.get_by_role("button").nth(1).press("Enter")
    page.wait_for_url("**bbox=**")
    settled(page)


def test_tab_leaves_the_map_and_arrow_keys_move_it(page):
    open_explore(page)
    page.locator(".map-surface").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**bbox=**")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.querySelector('.map-surface') === document.activeElement")


def test_pointing_at_a_card_lights_its_pin_and_back(page):
    open_explore(page, "?collection=coast-walk")
    page.locator("article.photo-card").first.hover()
    expect(page.locator(".pin-frame.lit")).to_have_count(1)
    expect(page.locator(".pin-here")).to_have_count(1)
    spot = page.locator(".pin-frame.lit").bounding_box()
    page.locator(".headline-count").hover()
    expect(page.locator(".pin-frame.lit")).to_have_count(0)
    page.mouse.move(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
    expect(page.locator("article.photo-card.lit").first).to_be_attached()


def test_photos_at_one_point_are_listed_since_no_zoom_can_part_them(page):
    open_explore(page, "?collection=flight-roll&bbox=7.499,45.9995,7.501,46.0005")
    expect(page.locator(".pin-count")).to_have_text("2")
    page.locator(".pin-cluster").click()
    links = page.locator(".map-panel").get_by_role("link")
    expect(links).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(".map-panel")).to_be_hidden()


def test_a_wide_circle_of_doubt_is_drawn_and_what_only_touches_the_view_might_match(page):
    open_explore(page, "?bbox=124.37,40.09,124.41,40.11")
    assert total(page) == 0
    page.get_by_label("include photos that might match").check()
    settled(page)
    assert total(page) == 3
    expect(page.locator(".pin-possible").first).to_be_visible()
