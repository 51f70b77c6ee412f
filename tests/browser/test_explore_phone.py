from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.drawing import WALK
from tests.browser.exploring import open_explore, settled, total


def test_on_a_phone_the_list_comes_first_and_the_map_is_a_tab(phone):
    open_explore(phone)
    expect(phone.locator("article.photo-card").first).to_be_in_viewport()
    expect(phone.locator("photo-map")).to_be_hidden()
    phone.get_by_role("link", name="Map").click()
    settled(phone)
    expect(phone.locator("photo-map")).to_be_in_viewport(ratio=0.9)
    expect(phone.locator(".pin-cluster").first).to_be_in_viewport()
    expect(phone.locator("article.photo-card").first).to_be_hidden()


def test_nothing_on_a_phone_is_wider_than_the_window(phone):
    for address in (
        "/",
        "/?view=map",
        "/?view=table",
        "/?from=2018-06-12&to=2020-03-01",
        "/help/",
        "/accounts/login/",
    ):
        phone.goto(address)
        if phone.locator("explore-view").count():
            settled(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_filters_come_as_a_sheet_and_go_back_to_the_bar(phone):
    open_explore(phone)
    phone.get_by_role("button", name="Filters").click()
    sheet = phone.get_by_role("dialog", name="Filters")
    sheet.locator("summary", has_text="Collection").click()
    sheet.get_by_label("Coastal walk").check()
    settled(phone)
    assert total(phone) == WALK
    sheet.get_by_role("button", name="Show photos").click()
    expect(sheet).to_be_hidden()
    expect(phone.get_by_role("button", name="Filters · 1")).to_be_visible()


def test_the_menu_opens_and_leads_to_help(phone):
    phone.goto("/")
    phone.get_by_role("button", name="Menu").click()
    phone.get_by_role("link", name="Help", exact=True).click()
    phone.wait_for_url("**/help/")
