"""The pages of collections in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.drawing import WALK
from tests.browser.patience import at_rest
from tests.browser.windows import DESK, PHONE


def test_from_the_list_to_a_collection_and_its_photos(page):
    page.goto("/collections/")
    page.get_by_role("link", name="Coastal walk").click()
    expect(page.get_by_role("heading", name="Coastal walk")).to_be_visible()
    expect(page.get_by_text(f"{WALK} photos ·")).to_be_visible()
    page.locator("a.photo-card-title").first.click()
    expect(page.get_by_text(f"1 of {WALK}")).to_be_visible()


def test_map_and_timeline_of_a_collection_answer_each_other(page):
    page.goto("/collections/coast-walk/")
    link = page.locator(".overview-link")
    expect(page.locator("collection-overview .pin").first).to_be_visible()
    expect(page.locator("photo-map")).to_be_in_viewport(ratio=0.9)
    expect(link).to_have_text(f"Explore {WALK} photos on map and timeline")
    page.get_by_role("slider", name="From").focus()
    with page.expect_response(re.compile(r"/api/atlas\?.*from=")):  # one question for all five
        for _ in range(5):
            page.keyboard.press("ArrowRight")
    expect(link).not_to_have_text(f"Explore {WALK} photos on map and timeline")
    chosen = at_rest(page, link.inner_text).split()[1]
    link.click()
    expect(page).to_have_url(re.compile(r"/\?(?=.*collection=coast-walk)(?=.*from=)"))
    expect(page.locator(".headline-count")).to_contain_text(chosen)


def test_a_private_collection_is_on_the_list_of_its_members_only(open_window, log_in):
    stranger, member = open_window(), open_window()
    stranger.goto("/collections/")
    expect(stranger.get_by_text("Coastal walk")).to_be_visible()
    expect(stranger.get_by_text("Closed box")).to_have_count(0)
    log_in(member, "reader")
    member.goto("/collections/")
    expect(member.get_by_role("link", name="Closed box")).to_be_visible()


def test_without_script_the_collection_is_a_page_to_read(open_window):
    page = open_window(java_script_enabled=False)
    page.goto("/collections/coast-walk/")
    expect(page.get_by_role("heading", name="Statement of provenance")).to_be_visible()
    assert page.locator(".photo-card").count() == WALK
    expect(page.locator(".overview-map")).to_be_hidden()
    page.get_by_role("link", name="Explore").last.click()
    expect(page).to_have_url(re.compile(r"/\?.*collection=coast-walk"))


@pytest.mark.parametrize("viewport", [DESK, PHONE])
@pytest.mark.parametrize("address", ["/collections/", "/collections/coast-walk/"])
def test_the_pages_are_accessible(open_window, assert_accessible_in_both_themes, address, viewport):
    page = open_window(viewport=viewport)
    page.goto(address)
    if address.endswith("walk/"):
        expect(page.locator("collection-overview .pin").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert_accessible_in_both_themes(page)
