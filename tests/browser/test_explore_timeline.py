from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.exploring import ask, brush, listed, number_in, on_the_map, open_explore, settled, total
from tests.browser.patience import eventually


def asked(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_brushing_the_timeline_makes_map_and_list_follow_and_agree(page):
    open_explore(page)
    before = total(page)
    brush(page, 0.2, 0.6)
    assert {"from", "to"} <= set(asked(page))
    after = total(page)
    assert 0 < after < before
    answer = ask(page, "/api/atlas")
    assert on_the_map(page) + answer["several"] + answer["unplaced"] == after
    assert listed(page) == after


def test_brush_fields_and_chips_say_the_same_dates(page):
    open_explore(page)
    brush(page, 0.3, 0.7)
    since, until = asked(page)["from"][0], asked(page)["to"][0]
    expect(page.locator("[data-date=from] .date-words")).to_have_text(f"from {since}")
    expect(page.locator("[data-date=to] .date-words")).to_have_text(f"to {until}")
    expect(page.get_by_role("slider", name="From")).to_have_attribute("aria-valuetext", re.compile(since[:4]))
    expect(page.get_by_role("slider", name="To")).to_have_attribute("aria-valuetext", re.compile(until[:4]))


def test_while_the_brush_moves_counts_are_shown_and_nothing_is_asked(page):
    open_explore(page)
    before = total(page)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    box = page.locator(".track").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, middle, steps=12)
    eventually(page, lambda: total(page) < before)
    assert [url for url in requests if "/api/" in url and "cube=1" not in url] == []
    page.mouse.up()
    settled(page)
    assert [url for url in requests if "/api/atlas" in url]


def test_dates_are_chosen_by_keyboard_alone_and_escape_clears_them(page):
    open_explore(page)
    everything = total(page)
    handle = page.get_by_role("slider", name="From")
    handle.focus()
    first = handle.get_attribute("aria-valuetext")
    page.keyboard.press("Shift+ArrowRight")
    settled(page)
    expect(handle).not_to_have_attribute("aria-valuetext", first)
    assert "from" in asked(page)
    assert total(page) < everything
    page.keyboard.press("Escape")
    settled(page)
    assert "from" not in asked(page)
    assert total(page) == everything


def test_the_brush_is_moved_as_a_whole_by_its_body(page):
    open_explore(page)
    brush(page, 0.2, 0.4)
    before = asked(page)
    brush(page, 0.3, 0.5)
    after = asked(page)
    assert after["from"][0] > before["from"][0]
    assert after["to"][0] > before["to"][0]


def test_typed_dates_are_applied_and_a_wrong_one_is_explained(page, watch):
    open_explore(page)
    page.locator("[data-date=from] summary").click()
    page.get_by_label("From, included").fill("2019-06")
    page.get_by_role("button", name="Apply").first.click()
    settled(page)
    assert asked(page)["from"] == ["2019-06"]
    watch.forgive("status of 400")
    page.locator("[data-date=to] summary").click()
    page.get_by_label("To, included").fill("last summer")
    page.get_by_label("To, included").press("Enter")
    expect(page.locator(".explore-trouble")).to_contain_text("last summer")


def test_photos_that_might_match_are_offered_with_their_number(page):
    open_explore(page, "?from=2020-02&to=2020-03")
    sure = total(page)
    offered = page.get_by_label("include photos that might match")
    more = number_in(page.locator(".might").inner_text())
    assert more == 3
    offered.check()
    settled(page)
    assert total(page) == sure + more


def test_zooming_the_timeline_shows_finer_bars_and_can_be_undone(page):
    open_explore(page)
    words = page.get_by_role("slider", name="From").get_attribute("aria-valuetext")
    page.get_by_role("button", name="Zoom the timeline in").click()
    settled(page)
    expect(page).to_have_url(re.compile("span="))
    page.get_by_role("button", name="Zoom the timeline out").click()
    settled(page)
    expect(page).not_to_have_url(re.compile("span="))
    expect(page.get_by_role("slider", name="From")).to_have_attribute("aria-valuetext", words)
