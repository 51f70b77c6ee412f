"""axe on Explore and the pages around it, in both themes."""

from __future__ import annotations

import pytest

from tests.browser.exploring import open_explore

ADDRESSES = ["?from=2018&to=2019", "?view=list", "?view=table", "?q=zeppelin", "?unplaced=1"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["?from=2018&to=2019", "?view=list", "?view=table", "?q=zeppelin", "?unplaced=1"]
)
def test_explore_is_accessible(open_window, assert_accessible, theme, address):
    page = open_window(color_scheme=theme)
    open_explore(page, address)
    assert_accessible(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_explore_on_a_phone_is_accessible_with_its_sheet_open(open_window, assert_accessible, theme):
    page = open_window(color_scheme=theme, viewport={"width": 390, "height": 844})
    open_explore(page)
    assert_accessible(page)
    page.get_by_role("button", name="Filters").click()
    assert_accessible(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/help/", "/accounts/login/", "/nothing-here/"])
def test_the_pages_around_it_are_accessible(open_window, assert_accessible, watch, theme, address):
    watch.forgive("status of 404")
    page = open_window(color_scheme=theme)
    page.goto(address)
    assert_accessible(page)


def test_menus_dialogs_and_panels_are_accessible_when_open(page, assert_accessible):
    open_explore(page)
    page.locator(".facet-menu summary").first.click()
    assert_accessible(page)
    page.get_by_role("button", name="Cite this view").click()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="List of places on this map").click()
    assert_accessible(page)
