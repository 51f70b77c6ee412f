"""Rules of the house that no linter knows; each failure names the place and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 350


def _files(*patterns: str) -> Iterator[Path]:
    for pattern in patterns:
        yield from (
            path
            for path in PROJECT.glob(pattern)
            if path.is_file() and not {"migrations", "__pycache__"} & set(path.parts)
        )


def _places(files: Iterator[Path], pattern: str) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if wanted.search(line)
    ]


def test_doors_read_only_what_the_viewer_may_see():
    """Pages and API start from `access`, so that page, tile, count and feed cannot disagree."""
    found = _places(
        _files("archive/pages/**/*.py", "archive/api/**/*.py"), r"\b(?!User\b)[A-Z]\w*\.objects\b"
    )
    assert not found, "\n".join(found)


def test_zones_are_put_on_clocks_only_in_values():
    """Relabelling a clock as UTC moves an event by up to a day, silently."""
    files = (path for path in _files("archive/**/*.py") if "archive/values/" not in str(path))
    found = _places(files, r"replace\([^)]*tzinfo=")
    assert not found, "\n".join(found)


def test_nothing_is_left_for_later():
    found = _places(
        _files(
            "archive/**/*.py",
            "static/js/**/*.js",
            "templates/**/*.html",
            "bench/*.py",
            "tools/**/*.py",
            "tools/*.sh",
        ),
        r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError",
    )
    assert not found, "\n".join(found)


def test_a_silenced_check_names_which_and_why():
    found = _places(
        _files("archive/**/*.py", "tests/**/*.py", "bench/*.py", "tools/*.py"),
        r"# (noqa|type: ignore)($|[^:\[])|# noqa: [A-Z0-9, ]+$|# type: ignore\[[^\]]+\]\s*$",
    )
    found = [place for place in found if "test_house_rules.py" not in place]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("pattern", ["archive/**/*.py", "static/js/**/*.js", "static/css/**/*.css"])
def test_a_file_that_grows_long_is_split_by_subject(pattern):
    long = [
        f"{path.relative_to(PROJECT)}: {lines} lines"
        for path in _files(pattern)
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    ]
    assert not long, "\n".join(long)


def test_templates_carry_no_inline_script_style_or_handler():
    """The content security policy would stop them in the browser, without a word to the person."""
    found = _places(_files("templates/**/*.html"), r"<script>|<style|\sstyle=|\son[a-z]+=|javascript:")
    assert not found, "\n".join(found)


def test_nothing_is_fetched_from_a_third_party():
    found = _places(
        _files("templates/**/*.html", "static/js/**/*.js", "static/css/**/*.css"),
        r"""(src|href)=["']https?://[^"']*\.(js|css|woff2?|png|json)|url\(["']?https?:"""
        r"""|import .*["']https?:""",
    )
    assert not found, "\n".join(found)


def test_rooms_are_never_called_utils_or_helpers():
    empty_names = {"utils", "helpers", "base", "manager", "extras", "misc", "common"}
    found = [str(path.relative_to(PROJECT)) for path in _files("archive/**/*.py") if path.stem in empty_names]
    assert not found, "\n".join(found)
