"""A curator at work: founding, editing by keyboard alone, undoing, going through what is left."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.studio.uploads import DONE, Uploads, one_picture


@pytest.fixture
def desk(login_as) -> Page:
    return login_as("curator")


def open_photo(page: Page, number: int) -> None:
    page.goto("/studio/collections/harbour/")
    page.locator(".photo-card-title").nth(number).click()
    page.wait_for_selector("place-picker:defined")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field or button with a name has the focus, as somebody without a mouse does."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const here = document.activeElement;
                return (here.labels?.[0] ?? here).textContent.trim();
            }"""
        )
        if focused == name:
            return
    raise AssertionError(f"the keyboard does not reach “{name}”")


def test_a_newcomer_founds_a_collection_and_comes_to_the_upload_page(desk: Page):
    desk.goto("/studio/")
    desk.get_by_role("link", name="New collection").click()
    desk.get_by_label("Title").fill("Père Lachaise, 1890")
    expect(desk.get_by_label("Address", exact=True)).to_have_value("pere-lachaise-1890")
    expect(desk.get_by_label("Address of another statement")).to_be_hidden()
    desk.get_by_label("Rights", exact=True).select_option("own")
    desk.get_by_label("Address of another statement").fill("https://example.org/rights")
    desk.get_by_role("button", name="Found the collection").click()
    desk.wait_for_url("**/studio/collections/pere-lachaise-1890/upload/")
    expect(desk.get_by_text("is founded")).to_be_visible()


def test_making_a_collection_public_names_the_photos_that_become_visible(uploads: Uploads):
    page = uploads.page
    uploads.draw(2)
    uploads.choose()
    expect(uploads.headline).to_have_text("2 files: 2 stored", timeout=DONE)
    page.goto(f"/studio/collections/{uploads.slug}/edit/")
    page.get_by_label("Public: everybody").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("2 photos become visible to everybody")).to_be_visible()
    page.get_by_role("button", name="Make 2 photos public").click()
    expect(page.get_by_text("Public: everybody may see it.")).to_be_visible()


def test_caption_place_and_date_are_edited_and_undone_with_the_keyboard_alone(desk: Page):
    open_photo(desk, 2)
    desk.keyboard.press("Tab")
    tab_to(desk, "Caption")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Boats at low tide")
    tab_to(desk, "Coordinates")
    desk.keyboard.type("40°06′N 124°23′E")
    expect(desk.locator("place-picker [data-part=words]")).to_contain_text("Read as 40°06′00.0″ N")
    tab_to(desk, "Date")
    desk.keyboard.type("about 1923")
    expect(desk.locator("date-field [data-part=words]")).to_contain_text(
        "1 January 1918 – 31 December 1928, about"
    )
    desk.keyboard.press("Control+s")
    expect(desk.locator("#saved")).to_contain_text("Saved: caption, place and date")
    expect(desk.get_by_label("Caption")).to_have_value("Boats at low tide")
    desk.keyboard.press("Tab")
    tab_to(desk, "Undo")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Undone: caption, date and place of “")).to_be_visible()
    expect(desk.get_by_label("Caption")).to_have_value("Harbour 2")
    expect(desk.get_by_label("Coordinates")).to_have_value("")
    expect(desk.get_by_label("Date")).to_have_value("")


def test_the_marker_is_moved_by_arrow_keys_and_by_dragging(desk: Page):
    open_photo(desk, 0)
    coordinates = desk.get_by_label("Coordinates")
    before = coordinates.input_value()
    marker = desk.locator(".place-pin-box")
    marker.focus()
    desk.keyboard.press("Shift+ArrowRight")
    expect(coordinates).not_to_have_value(before)
    after_keys = coordinates.input_value()
    assert float(after_keys.split(",")[1]) > float(before.split(",")[1])
    marker.scroll_into_view_if_needed()
    box = marker.bounding_box()
    assert box is not None
    desk.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 60, box["y"] - 40, steps=6)
    desk.mouse.up()
    expect(coordinates).not_to_have_value(after_keys)


def test_a_town_is_found_and_the_map_goes_there(desk: Page):
    open_photo(desk, 3)
    desk.get_by_role("combobox", name="Go to a town").fill("Sinui")
    desk.get_by_role("option", name="Sinŭiju, North Korea").wait_for()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Put the marker in the middle of the map").click()
    expect(desk.get_by_label("Coordinates")).to_have_value(re.compile(", "))
    latitude, longitude = desk.get_by_label("Coordinates").input_value().split(", ")
    assert float(latitude) == pytest.approx(40.1, abs=0.05)
    assert float(longitude) == pytest.approx(124.4, abs=0.05)


def test_words_become_chips_and_stay_what_they_are(desk: Page):
    open_photo(desk, 4)
    field = desk.get_by_role("textbox", name="Keywords")
    field.fill("harbour")
    desk.keyboard.press("Enter")
    field.press_sequentially('"Cork, Ireland", boats, ')
    desk.keyboard.press("Control+s")
    expect(desk.locator("#saved")).to_contain_text("keywords")
    chips = desk.get_by_role("list", name="Keywords").get_by_role("listitem")
    expect(chips).to_have_text(["harbour", "Cork, Ireland", "boats"])
    desk.get_by_role("button", name="Remove boats").click()
    desk.keyboard.press("Control+s")
    expect(chips).to_have_text(["harbour", "Cork, Ireland"])


def test_save_and_next_goes_through_the_photos_without_a_location(desk: Page):
    desk.goto("/studio/collections/harbour/?show=unplaced")
    desk.locator(".photo-card-title").first.click()
    desk.wait_for_selector("edit-form:defined")
    title, edited = desk.locator("h1").inner_text(), desk.url
    desk.get_by_label("Title").fill(f"{title}, seen")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#saved")).to_contain_text(f"Saved: title of “{title}, seen”")
    assert desk.url != edited
    desk.locator("#saved").get_by_role("button", name="Undo").click()
    desk.wait_for_url(edited)
    expect(desk.locator("h1")).to_have_text(title)


def test_two_people_who_change_the_same_field_see_both_texts(desk: Page, login_as):
    open_photo(desk, 1)
    other = login_as("curator")
    other.goto(desk.url)
    other.get_by_label("Title").fill("Theirs")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator("#saved")).to_be_visible()
    desk.get_by_label("Title").fill("Mine")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(desk.locator(".studio-theirs")).to_have_text("Theirs")
    expect(desk.get_by_label("Title")).to_have_value("Mine")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("h1")).to_have_text("Mine")


def test_leaving_with_typing_that_is_not_saved_is_warned_of(desk: Page):
    warned: list[str] = []

    def note(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    desk.on("dialog", note)
    open_photo(desk, 0)
    desk.reload()
    assert warned == []
    desk.wait_for_selector("edit-form:defined")
    desk.get_by_label("Title").press_sequentially("x")
    desk.reload()
    assert warned == ["beforeunload"]


def test_notes_are_previewed_as_the_photo_s_page_will_show_them(desk: Page):
    open_photo(desk, 0)
    desk.get_by_label("Provenance notes").fill("From **the estate**")
    desk.get_by_role("button", name="Preview").click()
    expect(desk.locator("notes-field strong")).to_have_text("the estate")


def test_a_back_is_added_to_a_photo(desk: Page, tmp_path):
    back = one_picture(tmp_path / "back.jpg")
    open_photo(desk, 0)
    desk.get_by_label("File", exact=True).set_input_files(back)
    desk.get_by_label("It is the").select_option("back")
    desk.get_by_role("button", name="Add it").click()
    expect(desk.locator("further-file [data-part=state]")).to_contain_text("Added", timeout=DONE)
    desk.reload()
    expect(desk.locator(".studio-further")).to_contain_text("back.jpg")


def test_a_photo_is_removed_after_saying_what_goes(uploads: Uploads):
    page = uploads.page
    uploads.draw(1)
    uploads.choose()
    expect(uploads.headline).to_have_text("1 file: 1 stored", timeout=DONE)
    page.goto(f"/studio/collections/{uploads.slug}/")
    page.locator(".photo-card-title").click()
    page.get_by_role("link", name="Remove this photo").click()
    expect(page.get_by_text("It cannot be undone")).to_be_visible()
    page.get_by_role("button", name="Remove the photo").click()
    expect(page.get_by_text("No photos yet")).to_be_visible()
    assert uploads.photos() == []
