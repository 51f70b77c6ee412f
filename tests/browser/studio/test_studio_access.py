"""Every page of the studio can be read and used by everybody who works there, in both themes and sizes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

PLACES = [
    "/studio/",
    "/studio/new-collection/",
    "/studio/collections/harbour/",
    "/studio/collections/harbour/?show=refused",
    "/studio/collections/harbour/edit/",
    "/studio/collections/harbour/members/",
    "/studio/collections/harbour/upload/",
]
WINDOWS = {
    "desk, light": {"color_scheme": "light"},
    "phone, dark": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
}


@pytest.fixture(params=WINDOWS)
def curator(request, login_as) -> Page:
    return login_as("curator", **WINDOWS[request.param])


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(curator: Page, assert_accessible):
    for place in PLACES:
        curator.goto(place)
        curator.wait_for_load_state("networkidle")
        assert_accessible(curator)
        assert fits(curator), place


def test_the_form_of_a_photo_and_its_removal_are_accessible(curator: Page, assert_accessible):
    curator.goto("/studio/collections/harbour/")
    curator.locator(".photo-card-title").first.click()
    curator.wait_for_selector("place-picker:defined")
    curator.get_by_label("Date").fill("nonsense")
    expect(curator.locator("date-field [data-part=words]")).not_to_be_empty()
    curator.get_by_role("button", name="Save", exact=True).click()
    expect(curator.get_by_text("Nothing is saved yet.")).to_be_visible()
    curator.locator(".studio-past > summary").click()
    curator.wait_for_load_state("networkidle")
    assert_accessible(curator)
    assert fits(curator)
    curator.get_by_role("link", name="Remove this photo").click()
    expect(curator.get_by_role("heading", name="Remove this photo?")).to_be_visible()
    assert_accessible(curator)


def test_an_upload_that_is_done_is_accessible(curator: Page, assert_accessible):
    curator.goto("/studio/")
    curator.locator(".studio-deposits a").first.click()
    expect(curator.get_by_role("heading", name="Upload of")).to_be_visible()
    assert_accessible(curator)
    assert fits(curator)


def test_an_account_without_a_role_reads_a_clear_page(login_as, assert_accessible):
    page = login_as("newcomer")
    page.goto("/studio/")
    expect(page.get_by_role("heading", name="You are not a member of any collection")).to_be_visible()
    assert_accessible(page)


def test_without_scripts_the_upload_page_names_the_command(login_as):
    page = login_as("curator", java_script_enabled=False)
    page.goto("/studio/collections/harbour/upload/")
    expect(page.get_by_text("python manage.py deposit FOLDER --collection harbour")).to_be_visible()


def test_without_scripts_a_photo_is_edited(login_as):
    page = login_as("curator", java_script_enabled=False)
    page.goto("/studio/collections/harbour/")
    page.locator(".photo-card-title").nth(5).click()
    page.get_by_label("Keywords").fill('harbour, "Cork, Ireland"')
    page.get_by_label("Coordinates").fill("51.9, -8.47")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#saved")).to_contain_text("Saved: keywords and place")
    expect(page.get_by_label("Keywords")).to_have_value('harbour, "Cork, Ireland"')
