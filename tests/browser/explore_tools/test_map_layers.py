"""The choice among the installation's own maps: by keys, in the address, remembered, asked of nobody else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.exploring import open_explore, settled
from tests.mapmaking import a_map

WHERE = "bbox=-3.6,54,-3,54.6"


@pytest.fixture
def plan(site):
    """One tile of zoom 5 over the west of Britain, in the folder of maps for as long as the test lasts."""
    folder = site.data / "maps"
    path = a_map(folder, zoom=5, columns=(15,), rows=(10,), attribution="County & Town Library")
    yield path
    path.unlink()
    folder.rmdir()


def test_a_map_is_laid_over_the_ground_by_keys_and_a_link_brings_it_back(page, plan, assert_accessible):
    open_explore(page, f"?{WHERE}")
    button = page.get_by_role("button", name="Maps", exact=True)
    button.press("Enter")
    panel = page.get_by_role("region", name="Maps")
    expect(panel.get_by_role("checkbox", name="Town plan")).to_be_focused()
    page.keyboard.press("Space")
    tile = page.locator(".map-file img.leaflet-tile-loaded").first
    expect(tile).to_be_visible()
    assert tile.evaluate("picture => picture.naturalWidth") > 0
    slider = panel.get_by_role("slider", name="Opacity of Town plan")
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    expect(page.locator(".map-file")).to_have_css("opacity", "0.7")
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("County & Town Library")
    page.wait_for_url("**map=plan:70**")
    settled(page)
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()

    page.reload()
    expect(page.locator(".map-file")).to_have_css("opacity", "0.7")

    open_explore(page, "?bbox=100,-40,150,0")  # remembered by the browser, but elsewhere
    page.wait_for_url("**map=plan:70**")
    button.click()
    expect(panel).to_contain_text("not in this view")
    panel.get_by_role("button", name="Show where Town plan is").click()
    expect(tile).to_be_visible()
    expect(panel.get_by_text("not in this view")).to_be_hidden()
    panel.get_by_role("checkbox", name="Town plan").uncheck()
    expect(page.locator(".map-file")).to_have_count(0)
    page.wait_for_url(lambda address: "map=" not in address)


def test_without_map_files_there_is_no_button(page):
    open_explore(page)
    expect(page.get_by_role("button", name="List of places on this map")).to_be_visible()
    expect(page.get_by_role("button", name="Maps", exact=True)).to_have_count(0)
