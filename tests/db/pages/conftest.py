"""Pages are rendered strictly: a name that the page's context does not have fails the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template import engines


class Misspelt(str):
    """Django formats this with the name it could not find; `{% if %}` and `with` stay lenient by design."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"a template asks for {name}, which its page does not have")


@pytest.fixture(autouse=True)
def _strict_templates(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hold for our own templates; the admin's are Django's."""
    engine = engines["django"].engine
    before = engine.string_if_invalid
    if "test_admin" not in request.node.nodeid:
        engine.string_if_invalid = Misspelt("%s")
    yield
    engine.string_if_invalid = before
