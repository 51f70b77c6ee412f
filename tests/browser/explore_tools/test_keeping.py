"""From Explore to a list that can be cited, a saved search and a pinned photo; on a server of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.archives import Archives
from tests.browser.conftest import DRAWN, PHONE, Site, served
from tests.browser.exploring import open_explore, settled


@pytest.fixture(scope="module")
def site(archives: Archives, tmp_path_factory) -> Iterator[Site]:
    with served(archives, tmp_path_factory.mktemp("keeping"), DRAWN) as one:
        yield one


def test_a_reader_freezes_a_view_saves_it_and_pins_a_photo(login_as, assert_accessible):
    page = login_as("reader")
    open_explore(page)
    page.locator(".facet-menu summary", has_text="Collection").click()
    page.get_by_label("Coastal walk").check()
    settled(page)
    page.get_by_role("button", name="Cite this view").click()
    expect(page.get_by_label("Citation")).to_have_value(re.compile(r"\(Collection: Coastal walk\)"))
    page.get_by_role("link", name="Freeze this view for citation").press("Enter")
    page.get_by_label("Title, if you like").fill("Walks along the coast")
    assert_accessible(page)
    page.get_by_role("button", name="Freeze").click()
    expect(page.get_by_role("heading", name="Walks along the coast")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="list of ids").click()
    digest = hashlib.sha256(waiting.value.path().read_bytes()).hexdigest()
    assert digest in page.locator(".kept-hash").inner_text()

    page.get_by_role("link", name="The same filters today").click()
    settled(page)
    page.locator(".view-bar").get_by_role("link", name="Save this search").click()
    page.get_by_label("Name").fill("The coast")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("listitem").filter(has_text="The coast")).to_contain_text("nothing new")
    assert_accessible(page)
    page.get_by_role("button", name="Remove The coast").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="The coast", exact=True).click()

    settled(page)
    page.locator(".photo-card-title").first.click()
    page.get_by_role("button", name="Pin to your desk").click()
    page.get_by_label("Your note, for nobody else").fill("Compare with *the other* bay")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator("#pin em")).to_have_text("the other")
    assert_accessible(page)
    page.get_by_role("link", name="your desk").click()
    expect(page.locator(".desk-pin")).to_have_count(1)
    assert_accessible(page)


def test_the_desk_fits_a_phone_in_the_dark_without_a_script(login_as, assert_accessible):
    page = login_as("curator", viewport=PHONE, color_scheme="dark", java_script_enabled=False)
    page.goto("/?collection=coast-walk")
    page.get_by_role("link", name="Freeze this view for citation").click()
    page.get_by_role("button", name="Freeze").click()
    page.locator(".photo-card-title").first.click()
    page.get_by_role("button", name="Pin to your desk").click()
    page.get_by_label("Your note, for nobody else").fill("a word " * 40 + "x" * 80)
    page.get_by_role("button", name="Save the note").click()
    for address in ("/desk/", "/desk/searches/", "/desk/lists/", "/selections/new?collection=coast-walk"):
        page.goto(address)
        width = page.locator("main").evaluate("main => main.scrollWidth")
        assert width <= PHONE["width"], address
