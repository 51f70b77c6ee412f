"""Take the screenshots of docs/pictures anew: a demo archive, a server, Chromium; two sizes, two themes.

usage: python tools/pictures.py [--data FOLDER] [--out docs/pictures]

Without --data a demo archive is made in a temporary folder; with it that folder is used, or filled if empty.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Page, ViewportSize, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
SIZES: dict[str, ViewportSize] = {
    "desk": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
]
QUALITY = 88
SET_TOOLS = {
    "area": "within=37.15,-9.05;37.15,-8.8;36.95,-8.85;36.96,-9.06",
    "circle": "near=46.5712,4.9255,500",
    "looking": "sees=46.5712,4.9255,1000&sure=possibly",
}
STARTED_WITHIN = 180


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, default=PROJECT / "docs" / "pictures")
    asked = parser.parse_args()
    data = asked.data or Path(tempfile.mkdtemp(prefix="whence-pictures-"))
    asked.out.mkdir(parents=True, exist_ok=True)
    try:
        with _archive(data) as address, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=_chromium(), args=FLAGS)
            for size, viewport in SIZES.items():
                for theme in ("light", "dark"):
                    context = browser.new_context(
                        viewport=viewport,
                        color_scheme="dark" if theme == "dark" else "light",
                        device_scale_factor=1 if size == "desk" else 2,
                    )
                    for name in _pictures(context.new_page(), address, asked.out, f"{size}-{theme}"):
                        print(name)
                    if (size, theme) == ("desk", "light"):
                        for name in _tools(context.new_page(), address, asked.out):
                            print(name)
                    context.close()
            browser.close()
    finally:
        if asked.data is None:
            shutil.rmtree(data, ignore_errors=True)


def _pictures(page: Page, address: str, out: Path, kind: str) -> Iterator[str]:
    """Walk through the archive as a researcher, then as a curator, and yield the name of each picture."""

    def take(name: str) -> str:
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1200)  # thumbnails fade in and the map draws its names after the last answer
        page.screenshot(path=out / f"{name}-{kind}.jpg", type="jpeg", quality=QUALITY)
        return f"{name}-{kind}.jpg"

    page.goto(f"{address}/?from=2019-03&to=2019-04&bbox=-12,35,1,43")
    yield take("explore")
    page.goto(f"{address}/?view=map&map=sketch-of-the-walk:80&bbox=-0.15,50.72,0.36,50.88")
    page.get_by_role("button", name="Maps", exact=True).click()
    yield take("maps")
    page.goto(f"{address}/?collection=coastal-walk&q=vicente")
    page.locator("photo-grid a[href*='/photos/']").first.click()
    yield take("photo")
    page.goto(f"{address}/?collection=border-flights&q=apartment")
    page.locator("photo-grid a[href*='/photos/']").first.click()
    yield take("unverified")
    page.goto(f"{address}/collections/coastal-walk/")
    yield take("collection")
    page.goto(f"{address}/accounts/login/?next=/studio/collections/coastal-walk/upload/")
    page.fill("input[name=username]", "curator")
    page.fill("input[name=password]", "whence-demo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/upload/**")
    page.set_input_files("deposit-box input[type=file] >> nth=0", _some_files(out))
    yield take("upload")
    page.goto(f"{address}/review/")
    yield take("review")


def _tools(page: Page, address: str, out: Path) -> Iterator[str]:
    """Take one picture of each tool of Explore and of what is kept; still logged in as the curator."""

    def take(name: str) -> str:
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1200)
        page.screenshot(path=out / f"tool-{name}.jpg", type="jpeg", quality=QUALITY)
        return f"tool-{name}.jpg"

    for name, query in SET_TOOLS.items():
        page.goto(f"{address}/?{query}")
        yield take(name)
    page.goto(f"{address}/?span=2017,2020")
    page.wait_for_selector("explore-view[brushable]")
    track = page.locator("time-line .track").bounding_box()
    assert track is not None
    height = track["y"] + track["height"] / 3
    page.mouse.move(track["x"] + track["width"] * 0.3, height)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] * 0.75, height, steps=12)
    yield take("brush")
    page.mouse.up()
    page.goto(f"{address}/selections/new?collection=drone-survey")
    page.get_by_role("button", name="Freeze", exact=True).click()
    yield take("frozen")
    page.goto(f"{address}/?collection=coastal-walk&q=vicente")
    page.locator("photo-grid a[href*='/photos/']").first.click()
    page.wait_for_load_state()
    pin = page.get_by_role("button", name="Pin to your desk")
    if pin.count():
        pin.click()
        page.get_by_role("button", name="Take off").wait_for()
    page.goto(f"{address}/desk/")
    yield take("desk")


def _some_files(out: Path) -> list[Path]:
    """Pictures that the archive does not hold yet: screenshots taken a moment ago, and one it will refuse."""
    taken = sorted(out.glob("*.jpg"), key=lambda path: path.stat().st_mtime, reverse=True)[:6]
    return [*taken, PROJECT / "LICENSE"]


@contextmanager
def _archive(data: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{probe.getsockname()[1]}"
    environment = {**os.environ, "WHENCE_DATA_DIR": str(data), "WHENCE_BIND": bind}
    subprocess.run([sys.executable, "manage.py", "demo"], cwd=PROJECT, env=environment, check=True)
    server = subprocess.Popen([sys.executable, "manage.py", "serve"], cwd=PROJECT, env=environment)
    try:
        _wait_for(f"http://{bind}/health/ready", server)
        yield f"http://{bind}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    sys.exit("the server did not start")


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    sys.exit("Chromium is not installed: run make system")


if __name__ == "__main__":
    main()
