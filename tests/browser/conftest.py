"""A real server over a small drawn archive, and pages that fail the test when the browser complains.

What a test asks for:

`site`            the running server: `.url`, `.data` (its data folder), `.password` (of every account).
                  Production settings, hashed static files, no background worker. It stands over what
                  `seeding.py` draws: the public collections coast-walk, flight-roll and border-flights, the
                  private closed-box and close-looks. Tests share it, so a test only reads from it.
`page`, `phone`   a window of one's own, nobody logged in. The test fails on a console error or warning, on a
                  refusal by the content security policy, and on a request to anybody but `site`.
`open_window`     makes further such windows: `open_window(color_scheme="dark", java_script_enabled=False)`.
                  Windows ask to be spared movement; `reduced_motion="no-preference"` is for tests of it.
`explore`         Explore, open and at rest, over everything a stranger may see. Elsewhere than at "/":
                  `open_explore(page, "?view=list")` of exploring.py, which has the readings and waits too.
`login_as`        makes such a window with somebody logged in: `login_as("reviewer", viewport=PHONE)`. owner,
                  curator, reviewer, contributor and reader have that role in every collection but
                  close-looks; newcomer has none; admin is the superuser.
`log_in`          logs in through the form, for tests of logging in and out: `log_in(page, "reader")`.
`watch`           `watch.forgive("status of 404")` names what a test provokes on purpose.
`assert_accessible`  axe finds nothing on the page as it stands; `assert_accessible_in_both_themes` asks
                  what colours decide once more in the dark, and nothing else: half of a second visit's price.

A reading right after a click reads the page that was there before. Wait with `expect(...)`, with `settled` of
exploring.py, or with patience.py, and read then.

Tests that write have a server of their own over a copy of the archive, which costs about three seconds.
In the conftest.py of their folder they replace `site`, and everything above works on theirs:

    @pytest.fixture(scope="session")
    def site(archives, tmp_path_factory):
        with served(archives, tmp_path_factory.mktemp("x"), DRAWN, "tests.browser.x.seeding") as one:
            yield one

The last module may be left out. It has `fill(folder: Path)` and adds to the archive what those tests need;
see archives.py. With `--dist loadgroup` one process runs all tests of such a folder, or of a test file that
replaces `site`; other tests go to whoever is free. In processor time a visit of Explore costs one second, axe
0.7, a window a third of one, being used again (windows.py), and a server eight: read from the shared one.
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
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    StorageStateCookie,
    expect,
    sync_playwright,
)

from tests.browser.accessibility import assert_nothing_found, assert_nothing_found_in_either_theme
from tests.browser.archives import Archives
from tests.browser.drawing import PASSWORD
from tests.browser.exploring import open_explore
from tests.browser.patience import PATIENCE
from tests.browser.scheduling import ByServer
from tests.browser.serving import Server
from tests.browser.windows import DESK, PHONE, Windows, page_in

expect.set_options(timeout=PATIENCE * 1000)
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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByServer | None:
    return ByServer(config, log) if config.getvalue("dist") == "loadgroup" else None


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
def served(archives: Archives, folder: Path, *fillings: str, working: bool = True) -> Iterator[Site]:
    """Start a server over an archive of its own, filled by these modules in turn."""
    server = Server(folder / "data", working=working)
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
    with served(archives, tmp_path_factory.mktemp("whence"), DRAWN, working=False) as one:
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


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def open_window(windows: Windows, site: Site, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages in windows of their own; give viewport, color_scheme and the like."""
    borrowed: list[BrowserContext] = []

    def opened(**options: Any) -> Page:
        media = {"color_scheme": "light", "reduced_motion": "reduce"}
        media |= {name: options.pop(name) for name in media if name in options}
        viewport = options.pop("viewport", DESK)
        window = windows.lend(site.url, **{"locale": "en-GB", **options})
        borrowed.append(window)
        window.on("request", watch.asked)
        window.on("page", watch.attend)
        page = page_in(window, site.url, viewport=viewport, **media)
        page.set_default_timeout(PATIENCE * 1000)
        return page

    yield opened
    for window in borrowed:
        window.remove_listener("request", watch.asked)
        window.remove_listener("page", watch.attend)
        windows.take_back(window)


@pytest.fixture
def page(open_window: Callable[..., Page]) -> Page:
    return open_window()


@pytest.fixture
def phone(open_window: Callable[..., Page]) -> Page:
    return open_window(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def explore(page: Page) -> Page:
    """Return Explore, open over the shared archive, once all its parts have had their answer."""
    open_explore(page)
    return page


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
    return assert_nothing_found


@pytest.fixture
def assert_accessible_in_both_themes() -> Callable[[Page], None]:
    """Return the same check of the page in the light and in the dark theme."""
    return assert_nothing_found_in_either_theme
