"""A real server over a small drawn archive, and pages that fail the test when the browser complains.

What a test asks for:

`site`            the running server: `.url`, `.data` (its data folder), `.password` (of every account).
                  Production settings, hashed static files, a background worker. It stands over what
                  `seeding.py` draws: the public collections coast-walk, flight-roll and border-flights, the
                  private closed-box and close-looks. Tests share it, so a test only reads from it.
`page`, `phone`   a fresh window, nobody logged in. The test fails on a console error or warning, on a
                  refusal by the content security policy, and on a request to anybody but `site`.
`open_window`     makes further such windows: `open_window(color_scheme="dark", java_script_enabled=False)`.
`login_as`        makes such a window with somebody logged in: `login_as("reviewer", viewport=PHONE)`. owner,
                  curator, reviewer, contributor and reader have that role in every collection but
                  close-looks; newcomer has none; admin is the superuser.
`log_in`          logs in through the form, for tests of logging in and out: `log_in(page, "reader")`.
`watch`           `watch.forgive("status of 404")` names what a test provokes on purpose.
`assert_accessible`  axe finds nothing on the page as it stands.

Tests that write have a server of their own over a copy of the archive, which costs about three seconds.
In the conftest.py of their folder they replace `site`, and everything above works on theirs:

    @pytest.fixture(scope="session")
    def site(archives, tmp_path_factory):
        with served(archives, tmp_path_factory.mktemp("x"), DRAWN, "tests.browser.x.seeding") as one:
            yield one

The last module may be left out. It has `fill(folder: Path)` and adds to the archive what those tests need;
see archives.py. Windows are what a test costs: one test of three things on a page beats three that load it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    StorageStateCookie,
    sync_playwright,
)

from tests.browser.archives import Archives
from tests.browser.drawing import PASSWORD
from tests.browser.serving import Server

DRAWN = "tests.browser.seeding"
NOT_WANTED = [
    # Chromium starts two processes of its own for the address bar of every window, with or without a screen:
    # they take ten times the processor time of the page.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    # Only the last --disable-features counts, so what Playwright turns off stands here again.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(NOT_WANTED)}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # what a page asks of others does not leave
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
def archives(tmp_path_factory) -> Archives:
    own = tmp_path_factory.getbasetemp()
    return Archives((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "archives")


@contextmanager
def served(archives: Archives, folder: Path, *fillings: str) -> Iterator[Site]:
    """Start a server over an archive of its own, filled by these modules in turn."""
    server = Server(folder / "data")
    archives.copy(server.data, *fillings)
    try:
        server.start()
        yield Site(server.url, server.data)
    finally:
        server.stop()


@pytest.fixture(scope="session")
def site(archives: Archives, tmp_path_factory) -> Iterator[Site]:
    """Return the server for tests that read.

    While writing tests, WHENCE_TEST_SITE may name one that runs already over the same seeding.
    """
    if os.environ.get("WHENCE_TEST_SITE"):
        yield Site(os.environ["WHENCE_TEST_SITE"], tmp_path_factory.getbasetemp())
        return
    with served(archives, tmp_path_factory.mktemp("whence"), DRAWN) as one:
        yield one


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

    def asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.complaints.append(f"request to the outside: {request.url}")

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
        window.on("request", watch.asked)
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
    """Return a verb that logs an account in as a person does, on the page for it."""

    def logged_in(page: Page, name: str) -> None:
        page.goto("/accounts/login/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(site.password)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)

    return logged_in


@pytest.fixture(scope="session")
def logins() -> dict[tuple[str, str], list[StorageStateCookie]]:
    """Return the cookies of whoever logged in before, by address of the server and account."""
    return {}


@pytest.fixture
def login_as(open_window: Callable[..., Page], site: Site, logins) -> Callable[..., Page]:
    """Return a maker of windows in which an account is logged in; the form is filled once per run."""

    def opened(name: str, **options: Any) -> Page:
        page = open_window(**options)
        window = page.context
        if (site.url, name) in logins:
            window.add_cookies(logins[site.url, name])
            return page
        form = f"{site.url}/accounts/login/"
        window.request.get(form)
        token = next(one["value"] for one in window.cookies() if one["name"] == "csrftoken")
        sent = {"username": name, "password": site.password, "csrfmiddlewaretoken": token}
        window.request.post(form, form=sent, headers={"Referer": form}, max_redirects=0)
        logins[site.url, name] = window.storage_state()["cookies"]
        assert any(one["name"] == "sessionid" for one in logins[site.url, name]), f"{name} could not log in"
        return page

    return opened


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """Return a check that axe finds no violation of WCAG 2.2 A and AA on the page as it stands."""

    def check(page: Page, **options) -> None:
        rules = {
            "type": "tag",
            "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }
        page.wait_for_load_state("load")  # a click that led here returns before the page stands
        found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"], **options})
        report = [
            f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes'][:4]]}"
            for one in found.response["violations"]
        ]
        assert report == []

    return check
