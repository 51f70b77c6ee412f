"""Which tests of a run stay together: those with a server of their own, so that it starts once."""

from __future__ import annotations

from functools import cache

from xdist.scheduler import LoadScopeScheduling

from tests.browser.archives import PROJECT

SHARED = PROJECT / "tests" / "browser" / "conftest.py"


class ByServer(LoadScopeScheduling):
    """Hands out the tests of one server whole and first, many before few, and then test by test.

    What `--dist loadgroup` does with marks, which this version of pytest does not show it.
    """

    def _split_scope(self, nodeid: str) -> str:
        return server_of(nodeid.partition("::")[0]) or nodeid


@cache
def server_of(file: str) -> str:
    """Return what replaces `site` for a test file, itself or its folder's conftest.py, or an empty text."""
    path = PROJECT / file
    own = (one for one in (path, path.with_name("conftest.py")) if one != SHARED and one.is_file())
    return next((str(one) for one in own if "def site(" in one.read_text(encoding="utf-8")), "")
