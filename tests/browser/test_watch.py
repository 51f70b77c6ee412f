"""What the other tests rely on: a page that turns to anybody else, or complains, is noticed."""

from __future__ import annotations

import re

from tests.browser.patience import eventually


def test_a_request_to_the_outside_and_a_refusal_by_the_policy_are_noticed(open_window, watch, site):
    window = open_window(bypass_csp=True)
    window.goto("/help/")
    window.evaluate("fetch('https://example.org/').catch(() => null)")
    strict = open_window()
    strict.goto("/help/")
    strict.evaluate("fetch('https://example.org/').catch(() => null)")
    strict.evaluate("console.warn('a warning')")
    eventually(strict, lambda: len(watch.unforgiven()) >= 3)
    strict.close()
    window.close()
    told = "\n".join(watch.unforgiven())
    watch.forgive("")
    assert "request to the outside: https://example.org/" in told
    assert re.search("Content Security Policy", told)
    assert "console warning: a warning" in told
    assert site.url not in told.replace(f"({site.url}", "")
