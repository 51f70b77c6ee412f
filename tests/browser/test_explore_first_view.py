from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.drawing import CLOSED, DRONE, ROLL, WALK
from tests.browser.exploring import ask, listed, number_in, on_the_map, open_explore, total

LIMIT_KB = 350


def test_headline_map_and_list_count_the_same_photos(page):
    open_explore(page)
    assert total(page) == WALK + ROLL + DRONE
    unplaced = number_in(page.get_by_role("link", name="without a location").inner_text())
    several = ask(page, "/api/atlas")["several"]
    assert on_the_map(page) + unplaced + several == total(page)
    assert listed(page) == total(page)


def test_the_map_has_height_and_lies_in_the_window(page):
    open_explore(page)
    expect(page.locator("photo-map")).to_be_in_viewport(ratio=0.9)
    assert page.locator("photo-map").bounding_box()["height"] > 400
    expect(page.locator(".pin-cluster").first).to_be_in_viewport()


def test_a_private_collection_is_in_no_count_for_a_stranger_and_in_every_count_for_a_member(page, login_as):
    open_explore(page)
    member = login_as("reader")
    open_explore(member)
    assert total(member) == total(page) + CLOSED


def test_without_script_there_are_cards_links_and_a_search(open_window):
    page = open_window(java_script_enabled=False)
    page.goto("/?collection=flight-roll")
    cards = page.locator("article.photo-card")
    assert total(page) == ROLL
    expect(cards).to_have_count(60)
    first = cards.first.get_attribute("data-id")
    page.get_by_role("link", name="More photos").click()
    expect(cards.first).not_to_have_attribute("data-id", first)
    expect(cards).to_have_count(60)
    page.get_by_label("Search the archive").fill("coast")
    page.get_by_label("Search the archive").press("Enter")
    expect(page).to_have_url(re.compile(r"\?.*q=coast"))


def test_the_first_page_of_cards_is_not_asked_for_again(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_explore(page, "?collection=coast-walk")
    assert not [url for url in asked if "/api/photos" in url]


def test_the_first_view_weighs_little(page):
    weights = {}
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.setCacheDisabled", {"cacheDisabled": True})
    urls = {}
    link.on(
        "Network.requestWillBeSent", lambda event: urls.update({event["requestId"]: event["request"]["url"]})
    )
    link.on(
        "Network.loadingFinished",
        lambda event: weights.update({event["requestId"]: event["encodedDataLength"]}),
    )
    open_explore(page)
    page.wait_for_load_state("networkidle")
    heavy = {
        urls[one]: weight for one, weight in weights.items() if "/files/" not in urls.get(one, "/files/")
    }
    assert sum(heavy.values()) < LIMIT_KB * 1000, sorted(heavy.items(), key=lambda pair: -pair[1])[:8]


def test_an_address_that_cannot_be_read_says_so_and_shows_everything(page, watch):
    watch.forgive("status of 400")
    open_explore(page, "?from=yesterday")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text("could not be read")
    expect(page.locator(".date-menu.set")).to_have_count(0)
    assert total(page) == WALK + ROLL + DRONE
