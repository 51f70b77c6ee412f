"""Sending, pausing, failing, cancelling, refusing: each said plainly."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Dialog, Route, expect

from tests.browser.studio.uploads import DONE, Uploads


def test_a_paused_upload_sends_nothing_until_it_is_resumed(uploads: Uploads):
    uploads.slow(400_000)
    uploads.draw(10, 400)
    uploads.choose()
    uploads.wait_until_arrived(2)
    uploads.page.get_by_role("button", name="Pause").click()
    expect(uploads.headline).to_contain_text("Paused")
    expect(uploads.part("pace")).to_contain_text("You may close this page")
    sent = uploads.sendings()
    uploads.page.wait_for_timeout(1500)
    assert sent == []
    uploads.slow(None)
    uploads.page.get_by_role("button", name="Resume").click()
    expect(uploads.headline).to_have_text("10 files: 10 stored", timeout=DONE)
    assert len(uploads.photos()) == 10


def test_a_failed_file_is_told_with_its_reason_and_sent_again_on_request(uploads: Uploads, watch):
    watch.forgive("status of 400")

    def refuse(route: Route) -> None:
        if route.request.method in {"POST", "PATCH"}:
            route.fulfill(
                status=400, content_type="application/json", body=json.dumps({"error": "the disk coughed"})
            )
        else:
            route.fallback()

    uploads.page.route("**/api/deposits/*/files/**", refuse)
    uploads.draw(3)
    uploads.choose()
    expect(uploads.page.get_by_text("The disk coughed").first).to_be_visible(timeout=30_000)
    uploads.page.unroute("**/api/deposits/*/files/**")
    uploads.page.get_by_role("button", name="Try 3 failed files again").click()
    expect(uploads.headline).to_have_text("3 files: 3 stored", timeout=DONE)
    assert len(uploads.photos()) == 3


def test_a_file_whose_answer_was_lost_is_asked_for_with_empty_hands(uploads: Uploads, watch):
    watch.forgive("ERR_CONNECTION_RESET")

    def lose(route: Route) -> None:
        if route.request.headers.get("content-type") == "application/offset+octet-stream":
            route.fetch()  # the bytes arrive, the answer does not
            route.abort("connectionreset")
        else:
            route.fallback()

    uploads.page.route("**/api/deposits/*/files/", lose)
    uploads.draw(2)
    uploads.choose()
    expect(uploads.headline).to_have_text("2 files: 2 stored", timeout=DONE)
    assert len(uploads.photos()) == 2


def test_a_cancelled_upload_keeps_what_arrived_and_sends_no_more(uploads: Uploads):
    uploads.slow(300_000)
    uploads.draw(8, 400)
    uploads.choose()
    uploads.wait_until_arrived(2)
    uploads.page.get_by_role("button", name="Cancel the upload").click()
    uploads.page.get_by_role("button", name="Go on uploading").click()
    expect(uploads.headline).not_to_contain_text("cancelled")
    uploads.page.get_by_role("button", name="Cancel the upload").click()
    uploads.page.get_by_role("dialog").get_by_role("button", name="Cancel the upload").click()
    expect(uploads.headline).to_have_text("Upload cancelled")
    expect(uploads.page.get_by_role("button", name="Choose a folder")).to_be_focused()
    sent = uploads.sendings()
    uploads.page.wait_for_timeout(1500)
    assert sent == []
    assert 0 <= len(uploads.photos()) < 8
    uploads.reload()
    expect(uploads.part("unfinished")).to_be_hidden()


def test_a_refused_file_shows_its_reason_and_the_rest_goes_on(uploads: Uploads, watch):
    watch.forgive("status of 415")
    folder = uploads.draw(3)
    (folder / "letter.doc").write_bytes(b"Dear Sir")
    (folder / "torn.jpg").write_bytes(b"\xff\xd8\xff\xe0 and then nothing")
    (folder / ".DS_Store").write_bytes(b"leftover")
    uploads.choose()
    expect(uploads.headline).to_have_text("5 files: 3 stored, 2 refused", timeout=DONE)
    uploads.page.get_by_role("button", name="Refused 2").click()
    rows = uploads.page.locator(".deposit-file")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="letter.doc")).to_contain_text("not taken")
    expect(rows.filter(has_text="torn.jpg").locator("[data-part=reason]")).not_to_be_empty()
    assert len(uploads.photos()) == 3


def test_the_same_folder_again_is_known_and_a_copy_says_of_what(uploads: Uploads):
    folder = uploads.draw(2)
    uploads.choose()
    expect(uploads.headline).to_have_text("2 files: 2 stored", timeout=DONE)
    (folder / "IMG_0000.jpg").rename(folder / "copy.jpg")
    uploads.reload()
    uploads.choose()
    expect(uploads.headline).to_have_text("2 files: 2 already here", timeout=DONE)
    expect(uploads.page.locator(".deposit-file").first.get_by_role("link", name="Open")).to_be_visible()
    assert len(uploads.photos()) == 2


def test_a_stored_file_links_to_its_photo_and_the_summary_names_what_is_left_to_do(uploads: Uploads):
    uploads.draw(2)
    uploads.choose()
    expect(uploads.headline).to_have_text("2 files: 2 stored", timeout=DONE)
    summary = uploads.page.get_by_role("region", name="Outcome of the upload")
    expect(summary.get_by_role("link", name="2 without a location")).to_be_visible()
    expect(summary.get_by_role("link", name="2 without a date")).to_be_visible()
    first = uploads.page.locator(".deposit-file").first
    expect(first.locator("img")).to_have_attribute("src", re.compile("^/files/"))
    first.get_by_role("link", name="Open").click()
    uploads.page.wait_for_url("**/photos/*/")


def test_leaving_is_warned_of_only_while_something_is_being_sent(uploads: Uploads):
    warned: list[str] = []

    def note(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    uploads.page.on("dialog", note)
    uploads.page.reload()
    assert warned == []
    uploads.page.wait_for_selector("deposit-box:defined")
    uploads.slow(200_000)
    uploads.page.get_by_role("button", name="Choose files").focus()
    uploads.draw(4, 200)
    uploads.choose()
    expect(uploads.headline).to_contain_text("Sending")
    uploads.page.locator("h1").click()  # browsers warn only on pages that a person has touched
    uploads.page.reload()
    assert warned == ["beforeunload"]


def test_ten_thousand_files_make_fifty_rows(uploads: Uploads, watch):
    watch.forgive("net::ERR_FAILED")
    uploads.page.route("**/api/deposits/*/files/**", lambda route: route.abort())
    uploads.page.evaluate(
        """() => {
            const input = document.querySelector("[data-part=files]");
            const box = new DataTransfer();
            for (let n = 0; n < 10000; n += 1) box.items.add(new File(["x"], `picture-${n}.jpg`));
            input.files = box.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    expect(uploads.part("range")).to_have_text("1–50 of 10,000", timeout=30_000)
    expect(uploads.page.locator(".deposit-file")).to_have_count(50)
    uploads.page.get_by_role("button", name="After").click()
    expect(uploads.part("range")).to_have_text("51–100 of 10,000")
