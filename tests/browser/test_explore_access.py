"""axe on Explore and the pages around it, in both themes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.exploring import open_explore
from tests.browser.windows import PHONE

ADDRESSES = ["?from=2018&to=2019", "?view=list", "?view=table", "?q=zeppelin", "?unplaced=1"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_explore_is_accessible(page, assert_accessible_in_both_themes, address):
    open_explore(page, address)
    assert_accessible_in_both_themes(page)


def test_explore_on_a_phone_is_accessible_with_its_sheet_open(open_window, assert_accessible_in_both_themes):
    page = open_window(viewport=PHONE)
    open_explore(page)
    assert_accessible_in_both_themes(page)
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("dialog", name="Filters")).to_be_visible()
    assert_accessible_in_both_themes(page)


@pytest.mark.parametrize("address", ["/help/", "/accounts/login/", "/nothing-here/"])
def test_the_pages_around_it_are_accessible(page, assert_accessible_in_both_themes, watch, address):
    watch.forgive("status of 404")
    page.goto(address)
    assert_accessible_in_both_themes(page)


def test_menus_dialogs_and_panels_are_accessible_when_open(page, assert_accessible):
    open_explore(page)
    page.locator(".facet-menu summary").first.click()
    expect(page.locator(".facet-menu[open]")).to_have_count(1)
    assert_accessible(page)
    page.get_by_role("button", name="Cite this view").click()
    expect(page.get_by_label("Citation")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="List of places on this map").click()
    expect(page.get_by_role("region", name="Photos on the map")).to_be_visible()
    assert_accessible(page)
