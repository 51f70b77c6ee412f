"""Uploads that are interrupted: whatever happens, every file arrives, and once."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from tests.browser.studio.workshop import Workshop

DONE = 120_000


def headline(page: Page):
    return page.locator("[data-part=headline]")


def drop(page: Page, *paths) -> None:
    """Drop files or folders on the page as a person does, through the browser's own drag and drop."""
    box = page.locator(".deposit-drop").bounding_box()
    assert box is not None
    wire = page.context.new_cdp_session(page)
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        wire.send("Input.dispatchDragEvent", {"type": kind, "data": data, **at})


def arrived(page: Page) -> int:
    found = re.search(r"([\d,]+) of", headline(page).inner_text())
    return int(found[1].replace(",", "")) if found else 0


def wait_until_arrived(page: Page, number: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if arrived(page) >= number:
            return
        page.wait_for_timeout(30)
    raise AssertionError(f"only: {headline(page).inner_text()}")


def assert_all_arrived_once(workshop: Workshop, slug: str, folder) -> None:
    photos = workshop.photos(slug)
    assert sorted(str(name).rsplit("/", 1)[-1] for name, _ in photos) == sorted(
        path.name for path in folder.iterdir()
    )
    assert len({digest for _, digest in photos}) == len(photos)


def test_forty_dropped_files_arrive_once_though_the_server_is_killed_half_way(
    page: Page, upload_page, workshop: Workshop, folder_of, watch, slow_line
):
    watch.forgive(r"net::ERR_|Failed to load resource")
    folder = folder_of(40, kilobytes=300)
    slug = upload_page()
    slow_line(page, 2_500_000)
    drop(page, folder)
    wait_until_arrived(page, 15)
    workshop.kill()
    expect(page.locator("[data-part=pace]")).to_contain_text("The connection was lost", timeout=20_000)
    assert arrived(page) < 40
    workshop.start()
    expect(headline(page)).to_have_text("40 files: 40 stored", timeout=DONE)
    assert_all_arrived_once(workshop, slug, folder)
    states = workshop.rows(
        "SELECT state, count(*) FROM archive_depositfile f JOIN archive_deposit d ON d.id ="
        " f.deposit_id JOIN archive_collection c ON c.id = d.collection_id WHERE c.slug = ? GROUP BY state",
        slug,
    )
    assert states == [("stored", 40)]
    expect(page.get_by_role("link", name="See the collection in Explore")).to_be_visible()


def test_a_closed_tab_is_taken_up_again_by_choosing_the_same_folder(
    page: Page, upload_page, open_window, workshop: Workshop, folder_of, slow_line
):
    folder = folder_of(12, kilobytes=200)
    slug = upload_page()
    slow_line(page, 400_000)
    page.locator("[data-part=folder-input]").set_input_files(folder)
    wait_until_arrived(page, 2)
    window = page.context
    page.close(run_before_unload=False)
    again = window.new_page()
    sent: list[str] = []
    again.on("request", lambda request: sent.append(request.method) if request.method == "PATCH" else None)
    again.goto(f"/studio/collections/{slug}/upload/")
    expect(again.locator("[data-part=unfinished]")).to_contain_text("of 12 files arrived")
    again.locator("[data-part=folder-input]").set_input_files(folder)
    expect(headline(again)).to_have_text("12 files: 12 stored", timeout=DONE)
    assert 0 < len(sent) <= 10
    assert_all_arrived_once(workshop, slug, folder)


def test_a_picture_edited_while_the_tab_was_closed_is_sent_anew_and_not_stitched_together(
    page: Page, upload_page, workshop: Workshop, folder_of, slow_line
):
    folder = folder_of(1, kilobytes=900)
    slug = upload_page()
    slow_line(page, 300_000)
    page.locator("[data-part=folder-input]").set_input_files(folder)
    page.wait_for_timeout(1500)
    window = page.context
    page.close(run_before_unload=False)
    (picture,) = folder.iterdir()
    changed = bytearray(picture.read_bytes())
    changed[-1] ^= 0xFF
    picture.write_bytes(changed)
    again = window.new_page()
    again.goto(f"/studio/collections/{slug}/upload/")
    expect(again.locator("[data-part=unfinished]")).to_be_visible()
    again.locator("[data-part=folder-input]").set_input_files(folder)
    expect(headline(again)).to_have_text("1 file: 1 stored", timeout=DONE)
    import hashlib

    assert workshop.photos(slug)[0][1] == hashlib.sha256(changed).hexdigest()


def test_a_lost_connection_is_told_and_sending_goes_on_by_itself(
    page: Page, upload_page, workshop: Workshop, folder_of, watch, slow_line
):
    watch.forgive(r"net::ERR_|Failed to load resource")
    folder = folder_of(6, kilobytes=300)
    slug = upload_page()
    slow_line(page, 500_000)
    page.locator("[data-part=folder-input]").set_input_files(folder)
    wait_until_arrived(page, 1)
    page.context.set_offline(True)
    expect(headline(page)).to_have_text("Waiting for the connection")
    expect(page.locator("[data-part=pace]")).to_contain_text("nothing that arrived is lost")
    page.context.set_offline(False)
    slow_line(page, 0)
    expect(headline(page)).to_have_text("6 files: 6 stored", timeout=DONE)
    assert_all_arrived_once(workshop, slug, folder)


def test_an_ended_login_stops_the_upload_and_a_new_one_lets_it_go_on(
    page: Page, upload_page, workshop: Workshop, folder_of, watch, slow_line, log_in
):
    watch.forgive("401")
    folder = folder_of(6, kilobytes=300)
    slug = upload_page()
    slow_line(page, 300_000)
    page.locator("[data-part=folder-input]").set_input_files(folder)
    wait_until_arrived(page, 1)
    page.context.clear_cookies(name="sessionid")
    expect(page.locator("[data-part=login]")).to_be_visible(timeout=30_000)
    other = page.context.new_page()
    log_in(other, "curator")
    slow_line(page, 0)
    page.get_by_role("button", name="Resume").click()
    expect(headline(page)).to_have_text("6 files: 6 stored", timeout=DONE)
    assert_all_arrived_once(workshop, slug, folder)
