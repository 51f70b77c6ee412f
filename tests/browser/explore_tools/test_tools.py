"""Asking for a place on Explore's map: by pointer, by keys alone, by finger, and by the plain form."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.exploring import drag, listed, on_the_map, open_explore, settled, total

COAST = "?bbox=-4,54,-2.5,54.9"  # where the walk's photos are, from 54.2 north by 0.02 degrees each


def tool(page: Page, name: str):
    return page.get_by_role("group", name="Ask for a place").get_by_role("button", name=name, exact=True)


def middle(page: Page) -> tuple[float, float]:
    box = page.locator(".map-surface").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def corners(page: Page) -> list[tuple[float, float]]:
    text = re.search(r"within=([^&]+)", page.url)
    assert text, page.url
    pairs = [corner.split(",") for corner in text[1].split(";")]
    return [(float(latitude), float(longitude)) for latitude, longitude in pairs]


def test_an_area_is_drawn_by_clicks_changed_by_dragging_and_taken_away_by_its_chip(page):
    open_explore(page, COAST)
    everything = total(page)
    tool(page, "Area").click()
    x, y = middle(page)
    for right, down in ((-30, -60), (160, -60), (290, 200), (160, 150), (-30, 150)):
        page.mouse.click(x + right, y + down)
    page.keyboard.press("Escape")  # gives up what is half drawn
    expect(page.locator(".asked")).to_have_count(0)
    for right, down in ((-30, -60), (160, -60), (290, 200)):
        page.mouse.click(x + right, y + down)
    page.keyboard.press("Backspace")
    for right, down in ((160, 150), (-30, 150), (-30, -60)):  # the last is the first corner again
        page.mouse.click(x + right, y + down)
    page.wait_for_url("**within=**")
    settled(page)
    assert len(corners(page)) == 4
    assert "bbox" not in page.url
    some = total(page)
    assert 0 < some < everything
    assert listed(page) == some
    assert on_the_map(page) == some
    expect(page.get_by_role("link", name="Remove in the drawn area")).to_be_visible()
    handle = page.locator(".draw-corner").first.bounding_box()
    assert handle
    start = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    before = corners(page)
    drag(page, start, (start[0], start[1] + 100))
    page.wait_for_url(lambda url: f"within={before[0][0]}" not in url)
    settled(page)
    assert corners(page)[1:] == before[1:]
    assert corners(page)[0][0] < before[0][0]
    assert total(page) < some
    page.go_back()
    settled(page)
    assert total(page) == some
    expect(page.locator(".draw-corner")).to_have_count(4)
    page.get_by_role("link", name="Remove in the drawn area").click()
    settled(page)
    assert "within" not in page.url
    expect(page.locator(".asked")).to_have_count(0)


def test_a_circle_is_set_and_sized_and_taken_away_by_keys_alone(page, assert_accessible):
    open_explore(page, COAST)
    tool(page, "Circle").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Inside a circle")
    expect(panel.get_by_role("heading")).to_be_focused()
    page.keyboard.press("Tab")  # the button that closes
    page.keyboard.press("Tab")
    expect(panel.get_by_label("Town or coordinates")).to_be_focused()
    page.keyboard.type("54°30′N 3°18′W")
    expect(page.get_by_role("option", name="54.5, -3.3")).to_be_visible()
    page.keyboard.press("Escape")  # closes the suggestions, not the panel
    expect(page.locator(".tool-panel [role=option]").first).to_be_hidden()
    panel.get_by_label("Not farther than").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("many")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("Write a length")).to_be_visible()
    expect(panel.get_by_label("Not farther than")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("10 km")
    page.keyboard.press("Enter")
    page.wait_for_url("**near=54.5,-3.3,10000")
    settled(page)
    some = total(page)
    assert 0 < some == listed(page)
    expect(page.get_by_role("link", name=re.compile("Remove within 10 km of a point"))).to_be_visible()
    assert_accessible(page, exclude=[])
    page.locator(".map-surface").focus()
    panel.get_by_role("button", name="Draw on the map").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-surface")).to_be_focused()
    expect(page.locator(".draw-cross")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.wait_for_url(lambda url: "near=" in url and "near=54.5,-3.3" not in url)
    assert page.url.endswith(",10000")
    settled(page)
    panel.get_by_role("button", name="Remove").focus()
    page.keyboard.press("Enter")
    settled(page)
    assert "near" not in page.url
    panel.get_by_label("Town or coordinates").focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(tool(page, "Circle")).to_be_focused()


def test_photos_that_look_at_a_point_say_how_many_could_tell(page):
    open_explore(page, f"{COAST}&sure=possibly")  # the walk's files say which way, not how wide
    tool(page, "Looking at a point").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Looking at a point")
    panel.get_by_label("The point, a town or coordinates").focus()
    page.keyboard.type("54.5, -3.25")
    panel.get_by_label("Taken not farther away than").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("20 km")
    page.keyboard.press("Enter")
    page.wait_for_url("**sees=54.5,-3.25,20000&sure=possibly")
    settled(page)
    note = page.locator(".headline-note").first
    pattern = r"(\d+) photos? looks? or might look at this point; (\d+) of (\d+) photos taken within 20 km"
    found = re.search(pattern, note.inner_text())
    assert found, note.inner_text()
    looking, directed, near = map(int, found.groups())
    assert 0 < looking == total(page) == listed(page) == on_the_map(page)
    assert looking < directed < near  # every second photo of the walk has a direction
    expect(panel.locator(".place-counts")).to_have_text(note.inner_text())
    expect(page.locator(".explore-head")).to_contain_text(
        "Nobody has checked whether something stands in the way."
    )
    expect(page.locator(".draw-sight")).to_be_visible()
    page.reload()
    settled(page)
    assert total(page) == looking
    expect(page.locator(".draw-sight")).to_be_visible()


def test_a_place_is_found_by_its_name_and_the_map_turns_there(page):
    open_explore(page)
    tool(page, "Place…").click()
    page.keyboard.type("barrow in f")
    option = page.get_by_role("option", name="Barrow in Furness, United Kingdom")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**near=54.**,2000")
    settled(page)
    expect(page.get_by_role("link", name="Remove within 2 km of Barrow in Furness")).to_be_visible()
    page.get_by_role("group", name="Common distances").get_by_role("button", name="20 km").click()
    page.wait_for_url("**,20000")
    expect(page.locator(".headline-count")).to_have_text("5 photos", timeout=15_000)
    expect(page.get_by_label("Town or coordinates", exact=True)).to_have_value(
        "Barrow in Furness, United Kingdom"
    )
    rim, surface = (page.locator(one).bounding_box() for one in (".draw-rim", ".map-surface"))
    assert rim
    assert surface
    assert rim["x"] < surface["x"] + surface["width"]
    download = page.locator("[data-download]").first.get_attribute("href")
    assert download
    assert "near=54." in download
    expect(page.locator(".total-count")).to_have_text(page.locator(".headline-count").inner_text())


def test_on_a_phone_the_tools_come_from_below_and_a_finger_draws_the_circle(phone, assert_accessible):
    open_explore(phone, f"{COAST}&view=map")
    expect(phone.get_by_role("button", name="Circle", exact=True)).to_be_hidden()
    phone.get_by_role("button", name="Ask for a place").tap()
    tool(phone, "Circle").tap()
    x, y = middle(phone)
    finger = phone.context.new_cdp_session(phone)
    for step in range(6):
        kind = "touchMove" if step else "touchStart"
        finger.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + 12 * step, "y": y - 100}]}
        )
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.wait_for_url("**near=**")
    settled(phone)
    assert total(phone) > 0
    expect(phone.locator(".draw-rim")).to_be_visible()
    assert_accessible(phone)


def test_without_script_the_same_is_a_form_that_keeps_what_was_typed(open_window, watch):
    watch.forgive("status of 400")
    page = open_window(java_script_enabled=False)
    page.goto("/")
    page.get_by_text("Place", exact=True).click()
    page.get_by_label("Town or coordinates", exact=True).fill("Xyzzyville")
    page.get_by_role("button", name="Show these photos").click()
    expect(page.get_by_text("No town of this name is known here")).to_be_visible()
    field = page.get_by_label("Town or coordinates", exact=True)
    expect(field).to_have_value("Xyzzyville")
    field.fill("Barrow in Furness")
    page.get_by_label("Not farther than").fill("20 km")
    page.get_by_role("button", name="Show these photos").click()
    page.wait_for_url("**/?near=54.**,20000")
    expect(page.get_by_role("link", name="Remove within 20 km of Barrow in Furness")).to_be_visible()
