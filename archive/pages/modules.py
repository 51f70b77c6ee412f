"""Which modules a page will need, so that the browser can fetch them all at once.

Without a word beforehand it learns of a module's imports only after having read it, one storey after another.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

_IMPORT = re.compile(r'^(?:import|export)\b[^;"]*"(\.{1,2}/[^"]+)";', re.MULTILINE)


def preload_modules(*entries: str) -> SafeString:
    """Return links that fetch our modules and everything they import; names below static/."""
    return format_html_join(
        "\n", '<link rel="modulepreload" href="{}">', ((static(name),) for name in modules_of(*entries))
    )


@cache
def modules_of(*entries: str) -> tuple[str, ...]:
    """Return the entries and all they import, nearest first. Raises FileNotFoundError."""
    found = dict.fromkeys(entries)
    waiting = list(entries)
    while waiting:
        name = waiting.pop(0)
        path = finders.find(name)
        if not isinstance(path, str):
            raise FileNotFoundError(f"there is no static/{name}")
        for wanted in _IMPORT.findall(Path(path).read_text(encoding="utf-8")):
            module = posixpath.normpath(posixpath.join(posixpath.dirname(name), wanted))
            if module not in found:
                found[module] = None
                waiting.append(module)
    return tuple(found)
