from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing import DRONE, ROLL, WALK
from tests.browser.exploring import open_explore, settled, total

EVERYTHING = WALK + ROLL + DRONE
BOUND = 120


def loaded(page) -> int:
    return page.evaluate("document.querySelector('photo-grid').loaded")


SHOWN = """async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return !document.querySelector("photo-grid[aria-busy]");
}"""
SEEN_ON_THE_WAY = """async () => {
    const list = document.querySelector(".explore-results");
    const seen = new Set();
    for (let top = 0; ; top += list.clientHeight * 0.8) {
        list.scrollTo(0, top);
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        for (const card of list.querySelectorAll("article.photo-card")) seen.add(card.dataset.id);
        if (top > list.scrollHeight) return seen.size;
    }
}"""


@pytest.fixture
def page(open_window) -> Page:
    """A window in which the list moves as it does for most readers."""
    return open_window(reduced_motion="no-preference")


def scroll_to_end(page) -> None:
    for _ in range(40):
        page.evaluate("document.querySelector('.explore-results').scrollBy(0, 2000)")
        page.wait_for_function(SHOWN)
        if loaded(page) == EVERYTHING:
            page.evaluate("document.querySelector('.explore-results').scrollTo(0, 1e6)")
            page.wait_for_function(SHOWN)
            return
    raise AssertionError(f"only {loaded(page)} photos were loaded")


def test_the_list_goes_on_to_its_end_with_few_cards_in_the_document_and_back(page):
    open_explore(page)
    first = page.locator("article.photo-card").first.get_attribute("data-id")
    scroll_to_end(page)
    assert page.locator("article.photo-card").count() < BOUND
    expect(page.locator('[data-index="204"]')).to_be_in_viewport()
    page.evaluate("document.querySelector('.explore-results').scrollTo(0, 0)")
    expect(page.locator(f'[data-id="{first}"]')).to_be_in_viewport()
    assert page.locator("article.photo-card").count() < BOUND


def test_every_photo_of_the_list_appears_once(page):
    open_explore(page)
    scroll_to_end(page)
    assert page.evaluate(SEEN_ON_THE_WAY) == EVERYTHING


def test_a_failed_page_is_told_and_can_be_asked_again(page, watch):
    watch.forgive("ERR_FAILED")
    open_explore(page)
    page.route("**/api/photos**", lambda route: route.abort())
    page.evaluate("document.querySelector('.explore-results').scrollBy(0, 20000)")
    expect(page.locator("photo-grid").get_by_role("alert")).to_contain_text("No connection")
    page.unroute("**/api/photos**")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function("() => document.querySelector('photo-grid').loaded > 60")


def test_the_table_shows_the_same_photos_with_their_facts(page):
    open_explore(page, "?collection=coast-walk")
    page.get_by_role("link", name="Table").click()
    settled(page)
    expect(page).to_have_url(re.compile("view=table"))
    rows = page.locator(".photo-table tbody tr[data-id]")
    expect(rows.nth(8)).to_be_attached()
    heads = ["Picture", "Title", "Date", "Place", "Status", "Collection"]
    expect(page.get_by_role("columnheader")).to_have_text(heads)
    expect(rows.first).to_contain_text("1 March 2018")


def test_a_card_leads_to_its_photo_and_takes_the_view_along(page):
    open_explore(page, "?collection=coast-walk")
    link = page.locator("a.photo-card-title").first
    expect(link).to_have_attribute("href", re.compile(r"^/photos/[a-z2-7]{13}/\?collection=coast-walk$"))


def test_words_without_a_match_tell_how_to_widen(page):
    open_explore(page, "?q=zeppelin&collection=coast-walk")
    assert total(page) == 0
    page.get_by_role("button", name="remove the words").click()
    settled(page)
    assert total(page) == WALK


def test_a_filter_is_ticked_shown_as_a_chip_and_removed(page):
    open_explore(page)
    page.locator(".facet-menu summary", has_text="Collection").click()
    page.get_by_label("Coastal walk").check()
    settled(page)
    assert total(page) == WALK
    page.get_by_role("link", name="Remove Collection: Coastal walk").click()
    settled(page)
    assert total(page) == EVERYTHING


def test_the_order_turns_the_list_round(page):
    open_explore(page, "?collection=coast-walk")
    oldest = page.locator(".group-heading").first.inner_text()
    page.get_by_label("Order", exact=True).select_option("newest first")
    settled(page)
    expect(page.locator(".group-heading").first).not_to_have_text(oldest)
    expect(page).to_have_url(re.compile("sort=-date"))
