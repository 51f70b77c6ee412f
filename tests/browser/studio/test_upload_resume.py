"""Uploads that are interrupted: whatever happens, every file arrives, and once."""

from __future__ import annotations

import hashlib
import re

from playwright.sync_api import expect

from tests.browser.studio.uploads import DONE, Uploads

CHUNK_KB = 4195  # kilobytes that the page sends in one request


def test_forty_dropped_files_arrive_once_though_the_server_is_killed_half_way(uploads: Uploads, watch):
    watch.forgive(r"net::ERR_|Failed to load resource")
    uploads.draw(40, 300)
    uploads.slow(2_500_000)
    uploads.drop()
    uploads.wait_until_arrived(15)
    uploads.workshop.kill()
    expect(uploads.part("pace")).to_contain_text("The connection was lost", timeout=20_000)
    assert uploads.arrived < 40
    uploads.workshop.start()
    expect(uploads.headline).to_have_text("40 files: 40 stored", timeout=DONE)
    uploads.assert_all_arrived_once()
    assert uploads.states() == [("stored", 40)]
    expect(uploads.page.get_by_role("link", name="See the collection in Explore")).to_be_visible()


def test_a_closed_tab_is_taken_up_again_by_choosing_the_same_folder(uploads: Uploads):
    uploads.draw(12, 200)
    uploads.slow(400_000)
    uploads.choose()
    uploads.wait_until_arrived(2)
    uploads.close_tab()
    sent = uploads.sendings()
    uploads.open()
    expect(uploads.part("unfinished")).to_contain_text("of 12 files arrived", timeout=15_000)
    uploads.choose()
    expect(uploads.headline).to_have_text("12 files: 12 stored", timeout=DONE)
    assert 0 < len(sent) <= 10
    uploads.assert_all_arrived_once()


def test_a_picture_edited_while_the_tab_was_closed_is_sent_anew_and_not_stitched_together(uploads: Uploads):
    folder = uploads.draw(1, 3 * CHUNK_KB)
    uploads.slow(1_500_000)
    uploads.choose()
    expect(uploads.part("pace")).to_have_text(re.compile(r"^[5-9]"), timeout=30_000)
    uploads.close_tab()
    (picture,) = folder.iterdir()
    changed = bytearray(picture.read_bytes())
    changed[100_000] ^= 0xFF  # in the part that has arrived
    picture.write_bytes(changed)
    uploads.open()
    expect(uploads.part("unfinished")).to_be_visible(timeout=15_000)
    uploads.choose()
    expect(uploads.headline).to_have_text("1 file: 1 stored", timeout=DONE)
    assert uploads.photos()[0][1] == hashlib.sha256(changed).hexdigest()


def test_a_lost_connection_is_told_and_sending_goes_on_by_itself(uploads: Uploads, watch):
    watch.forgive(r"net::ERR_|Failed to load resource")
    uploads.draw(20, 200)
    uploads.slow(400_000)
    uploads.choose()
    uploads.wait_until_arrived(1)
    uploads.slow(0)
    expect(uploads.headline).to_have_text("Waiting for the connection", timeout=15_000)
    expect(uploads.part("pace")).to_contain_text("nothing that arrived is lost")
    uploads.slow(None)
    expect(uploads.headline).to_have_text("20 files: 20 stored", timeout=DONE)
    uploads.assert_all_arrived_once()


def test_an_ended_login_stops_the_upload_and_a_new_one_lets_it_go_on(uploads: Uploads, watch, log_in):
    watch.forgive("401")
    uploads.draw(20, 200)
    uploads.slow(400_000)
    uploads.choose()
    uploads.wait_until_arrived(1)
    uploads.page.context.clear_cookies(name="sessionid")
    expect(uploads.part("login")).to_be_visible(timeout=30_000)
    other = uploads.page.context.new_page()
    log_in(other, "curator")
    uploads.slow(None)
    uploads.page.get_by_role("button", name="Resume").click()
    expect(uploads.headline).to_have_text("20 files: 20 stored", timeout=DONE)
    uploads.assert_all_arrived_once()
