"""A reviewer judges from the queue with the keyboard alone, and on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.windows import PHONE


def test_a_reviewer_goes_through_the_queue_with_the_keyboard_alone(login_as, assert_accessible):
    page: Page = login_as("reviewer")
    page.goto("/review/?why=file&question=camera_place")
    expect(page.get_by_role("heading", name="Review")).to_be_visible()
    assert_accessible(page)
    first = page.locator(".review-title a").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/claims/\d+/verdict/"))
    judged = page.url
    assert_accessible(page)

    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="probable")).to_be_checked()
    expect(page.get_by_role("textbox", name="Reasons")).to_be_focused()
    page.keyboard.type("The bridge has 4 piers here and on the map.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != judged)
    expect(page.get_by_text("Your verdict is saved: probable.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/claims/\d+/verdict/\?at=file\.\d+"))


def test_on_a_phone_queue_and_verdict_fit_the_screen(login_as, assert_accessible):
    page: Page = login_as("reviewer", viewport=PHONE)
    for address in ("/review/", None):
        if address:
            page.goto(address)
        else:
            page.locator(".review-title a").first.click()
            expect(page.get_by_role("heading", name="Your verdict")).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"
        assert_accessible(page)
