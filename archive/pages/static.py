"""How static files are named and compressed by `collectstatic`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_SCRIPTS = "js/*.js"
MAP_DATA = "basemap/"
ASKED_FOR = re.compile(r"\.[0-9a-f]{12}\.(?!map$)")  # a hash in the name, and no source map
_ALL = CompressedManifestStaticFilesStorage
_IMPORTS = _ALL._js_module_import_aggregation_patterns[1]  # noqa: SLF001 - no public way to scope these


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise carries no types
    """Hashed names, compressed; imports between our own modules follow the hashes.

    Django rewrites the imports of every `*.js` when asked to, and stops at the extensions django-htmx ships,
    whose imports do not resolve. So the same patterns are applied to our own folder alone.

    The map's data keeps its names: its folder carries a version, its files are compressed already, and there
    are more than a thousand of them.
    """

    support_js_module_import_aggregation = False
    max_post_process_passes = 20  # each may settle but one more step of the imports; Django stops after 5
    patterns = (*CompressedManifestStaticFilesStorage.patterns, (OWN_SCRIPTS, _IMPORTS))

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        named = {name: path for name, path in paths.items() if not name.startswith(MAP_DATA)}
        yield from super().post_process(named, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what pages ask for; plain names are there too, but nothing links to them."""
        yield from super().compress_files([path for path in paths if ASKED_FOR.search(path)])
