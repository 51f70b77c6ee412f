"""A real server over a small drawn archive, and pages that fail the test when the browser complains."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route, sync_playwright

from tests.browser.drawing import PASSWORD

PROJECT = Path(__file__).resolve().parents[2]
STARTED_WITHIN = 120
SEED = (
    "import sys, pathlib, django; django.setup();"
    "from tests.browser.seeding import fill; fill(pathlib.Path(sys.argv[1]))"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Site:
    """Where the server answers, and the folder it keeps everything in."""

    url: str
    data: Path
    password: str = PASSWORD


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """Return a server of its own kind: production settings, hashed static files, a worker.

    While writing tests, WHENCE_TEST_SITE may name one that runs already over the same seeding.
    """
    if os.environ.get("WHENCE_TEST_SITE"):
        yield Site(os.environ["WHENCE_TEST_SITE"], tmp_path_factory.getbasetemp())
        return
    data = tmp_path_factory.mktemp("whence")
    environment = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(("WHENCE_", "DJANGO_", "DATABASE_"))
    }
    environment |= {
        "WHENCE_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "archive.settings",
    }
    subprocess.run(
        [sys.executable, "-c", SEED, str(data / "drawn")],
        cwd=PROJECT,
        env=environment,
        check=True,
    )
    port = _free_port()
    log = (data / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"],
        cwd=PROJECT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/health/live", server, data / "server.log")
        yield Site(url, data)
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium from PATH or /usr/bin: Playwright's own cannot always be downloaded."""
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
        "/usr/bin/chromium",
    )
    if not Path(found).exists():
        pytest.fail("no Chromium: install it (Debian: apt install chromium), or run `make system`")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Watch:
    """What the browser complained about. `forgive` names, by pattern, what a test provokes on purpose."""

    origin: str
    complaints: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, pattern: str) -> None:
        self.forgiven.append(pattern)

    def attend(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"error in a script: {error}"))

    def guard(self, route: Route, request: Request) -> None:
        if request.url.startswith((self.origin, "data:", "blob:")):
            route.fallback()
            return
        self.complaints.append(f"request to the outside: {request.url}")
        route.abort()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            where = message.location.get("url", "")
            self.complaints.append(f"console {message.type}: {message.text} ({where})")

    def unforgiven(self) -> list[str]:
        return [text for text in self.complaints if not any(re.search(one, text) for one in self.forgiven)]


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """Fail the test on a console error or warning, a refusal by the CSP, or a request to anybody else."""
    watching = Watch(site.url)
    yield watching
    assert watching.unforgiven() == []


@pytest.fixture
def open_window(browser: Browser, site: Site, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages in windows of their own; give viewport, color_scheme and the like."""
    windows: list[BrowserContext] = []

    def opened(**options: Any) -> Page:
        window = browser.new_context(base_url=site.url, **{"viewport": DESK, "locale": "en-GB", **options})
        window.route("**/*", watch.guard)
        window.on("page", watch.attend)
        windows.append(window)
        page = window.new_page()
        page.set_default_timeout(15_000)
        return page

    yield opened
    for window in windows:
        window.close()


@pytest.fixture
def page(open_window: Callable[..., Page]) -> Page:
    return open_window()


@pytest.fixture
def phone(open_window: Callable[..., Page]) -> Page:
    return open_window(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def log_in(site: Site) -> Callable[[Page, str], None]:
    """Return a verb that logs an account of the seeded archive in: curator, reader or admin."""

    def logged_in(page: Page, name: str) -> None:
        page.goto("/accounts/login/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(site.password)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)

    return logged_in


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """Return a check that axe finds no violation of WCAG 2.2 A and AA on the page as it stands."""

    def check(page: Page, **options) -> None:
        rules = {
            "type": "tag",
            "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }
        page.wait_for_load_state("load")  # a click that led here returns before the page stands
        found = Axe().run(page, options={"runOnly": rules, **options})
        report = [
            f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes'][:4]]}"
            for one in found.response["violations"]
        ]
        assert report == []

    return check
