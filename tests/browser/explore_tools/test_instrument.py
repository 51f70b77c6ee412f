"""Map, timeline and list as one instrument: what moves without a question, and the way in and out of time."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, expect

from tests.browser.exploring import drag, on_the_map, open_explore, settled, total
from tests.browser.patience import at_rest, eventually

ONE_POINT = "?collection=flight-roll&bbox=7.499,45.9995,7.501,46.0005"


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def spot(page: Page, share: float) -> tuple[float, float]:
    """A place in the middle of the timeline's height, at a share of its width."""
    box = page.locator(".track").bounding_box()
    assert box
    return box["x"] + box["width"] * share, box["y"] + box["height"] / 2


def test_clusters_follow_the_brush_without_a_question_and_say_what_the_answer_will(page):
    open_explore(page)
    page.wait_for_selector("explore-view[brushable]")
    everything, everywhere = total(page), on_the_map(page)
    pictures = at_rest(page, page.locator(".pin-frame img").count)
    questions: list[str] = []
    page.on("request", lambda request: questions.append(request.url))
    page.mouse.move(*spot(page, 0.1))
    page.mouse.down()
    page.mouse.move(*spot(page, 0.55), steps=6)
    eventually(page, lambda: total(page) < everything and on_the_map(page) < everywhere)
    held, counted = on_the_map(page), total(page)
    assert questions == []
    assert page.locator(".pin-frame img").count() == pictures
    page.mouse.up()
    settled(page)
    assert (on_the_map(page), total(page)) == (held, counted)


def test_the_timeline_opens_down_to_a_day_by_wheel_keys_and_double_click_and_back_by_its_crumbs(page):
    open_explore(page, "?collection=coast-walk")
    page.mouse.move(*spot(page, 0.5))
    page.mouse.wheel(0, -500)
    page.wait_for_url("**span=**")
    settled(page)
    longer = asked(page)["span"]
    page.locator(".track").press("+")
    settled(page)
    assert asked(page)["span"] != longer
    bars = page.evaluate("""() => {
        const { certain } = document.querySelector('time-line').slots;
        return { first: certain.findIndex(Boolean), length: certain.length };
    }""")
    before = asked(page).get("from")
    page.mouse.dblclick(*spot(page, (bars["first"] + 0.5) / bars["length"]))
    settled(page)
    assert asked(page).get("from") == before, "a double click opens a bar and chooses no dates"
    crumbs = page.get_by_role("navigation", name="Part of the timeline on show")
    expect(crumbs).to_contain_text("outside")
    opened = asked(page)["span"]
    page.locator(".track").press("ArrowRight")
    settled(page)
    assert asked(page)["span"] != opened
    crumbs.get_by_role("button", name="All dates").click()
    settled(page)
    assert "span" not in asked(page)
    expect(crumbs).to_be_hidden()


def test_the_timeline_as_a_table_chooses_dates_and_playing_walks_through_them(page):
    open_explore(page, "?collection=coast-walk")
    everything = total(page)
    page.get_by_label("The timeline as a table", exact=True).first.press("Enter")
    table = page.get_by_role("table", name=re.compile("Photos by"))
    rows = table.locator("tbody tr")
    row = rows.first
    count, name = row.locator("td").first.inner_text(), row.get_by_role("button").first.inner_text()
    row.get_by_role("button", name=f"Only {name}").press("Enter")
    settled(page)
    assert total(page) == int(count) < everything
    page.get_by_role("button", name="Play through time").press("Enter")
    since = asked(page)["from"]
    expect(page.get_by_role("slider", name="From")).not_to_have_attribute("aria-valuenow", "0")
    page.get_by_role("button", name="Pause").press("Enter")
    settled(page)
    assert asked(page)["from"] > since


def test_a_place_that_was_asked_for_stays_when_the_map_moves_and_others_may_change_the_view(page):
    open_explore(page, "?near=46.03,7.5,20000")
    some = total(page)
    assert some > 0
    page.evaluate("""() => {
        const view = document.querySelector('explore-view');
        window.heard = [];
        const hear = (name, told) =>
            view.addEventListener(name, ({ detail }) => window.heard.push([name, told(detail)]));
        hear('statechange', (detail) => detail.selection.toString());
        hear('stateshown', (detail) => detail.answer.total);
    }""")
    page.get_by_role("button", name="Zoom in").first.click()
    settled(page)
    assert asked(page) == {"near": ["46.03,7.5,20000"]}
    assert total(page) == some
    page.evaluate("""() => {
        const detail = { changes: { sort: '-date', map: 'old-town' }, drop: 'near', replace: true };
        const wanted = new CustomEvent('wanted', { bubbles: true, detail });
        document.querySelector('photo-map').dispatchEvent(wanted);
    }""")
    settled(page)
    assert asked(page) == {"sort": ["-date"], "map": ["old-town"]}
    assert ["statechange", "sort=-date"] in page.evaluate("window.heard")
    assert ["stateshown", total(page)] in page.evaluate("window.heard")


def test_however_many_photos_stand_at_one_point_a_bounded_number_is_in_the_page(page):
    """The pages of the list are made up here: ten thousand would take long to deposit."""

    def many(route: Route) -> None:
        first = int(parse_qs(urlsplit(route.request.url).query).get("after", ["0"])[0])
        card = cards[0]
        photos = [
            card | {"id": f"made-up-{number}", "title": f"Photo {number}"}
            for number in range(first, first + 60)
        ]
        following = str(first + 60) if first + 60 < 10_000 else None
        route.fulfill(json={"photos": photos, "next": following})

    open_explore(page, ONE_POINT)
    cards = json.loads(
        page.evaluate("() => fetch('/api/photos' + location.search).then((answer) => answer.text())")
    )["photos"]
    page.route(re.compile(r"/api/photos\?.*sure=possibly"), many)
    opener = page.get_by_role("button", name="List of places on this map")
    opener.press("Enter")
    panel = page.get_by_role("region", name="Photos on the map")
    panel.get_by_role("listitem").first.get_by_role("button").press("Enter")
    expect(panel.get_by_role("link", name="Photo 0 ").first).to_be_visible()
    panel.get_by_role("link").first.focus()

    def far_down() -> bool:
        page.keyboard.press("End")
        return int(panel.get_by_role("listitem").last.get_attribute("aria-posinset") or 0) > 240

    eventually(page, far_down)
    assert panel.get_by_role("listitem").count() < 60
    assert page.evaluate("document.activeElement.closest('.map-panel') !== null")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


def test_photos_without_a_date_stand_beside_the_timeline_and_lead_to_their_list(page):
    page.route(
        re.compile(r"/api/atlas\?"),
        lambda route: route.fulfill(json=_with_undated(route.fetch().json(), 37)),
    )
    open_explore(page)
    page.get_by_role("button", name="37 without a date: show them").press("Enter")
    page.wait_for_url("**undated=1**")


def _with_undated(answer: dict[str, Any], undated: int) -> dict[str, Any]:
    return answer | {"undated": undated, "bins": answer["bins"] | {"undated": undated}}


def test_ctrl_with_the_wheel_is_the_browsers_own(page):
    open_explore(page)
    page.evaluate("""() => document.querySelector('.track').addEventListener('wheel', (event) => {
        window.taken = event.defaultPrevented;
    })""")
    page.mouse.move(*spot(page, 0.5))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    eventually(page, lambda: page.evaluate("window.taken === false"))
    drag(page, spot(page, 0.2), spot(page, 0.2))
    assert "span" not in asked(page)
