"""Names of the licences and rights statements whose addresses people paste."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_CREATIVE_COMMONS = re.compile(r"/licenses/([a-z-]+)/([0-9.]+)")
_STATEMENTS = {  # rightsstatements.org, version 1.0
    "InC": "In copyright",
    "InC-OW-EU": "In copyright: EU orphan work",
    "InC-EDU": "In copyright: educational use permitted",
    "InC-NC": "In copyright: non-commercial use permitted",
    "InC-RUU": "In copyright: rights-holder cannot be found",
    "NoC-CR": "No copyright: contractual restrictions",
    "NoC-NC": "No copyright: non-commercial use only",
    "NoC-OKLR": "No copyright: other legal restrictions",
    "NoC-US": "No copyright: United States",
    "CNE": "Copyright not evaluated",
    "UND": "Copyright undetermined",
    "NKC": "No known copyright",
}


def name(uri: str) -> str:
    """Return a licence's usual name, or its address without the scheme."""
    parts = urlsplit(uri)
    host = parts.netloc.removeprefix("www.")
    if host == "creativecommons.org":
        found = _CREATIVE_COMMONS.match(parts.path)
        if found:
            return f"CC {found.group(1).upper()} {found.group(2)}"
        if parts.path.startswith("/publicdomain/zero/"):
            return "CC0: no rights reserved"
        if parts.path.startswith("/publicdomain/mark/"):
            return "Public domain mark"
    if host == "rightsstatements.org":
        code = next((part for part in parts.path.split("/") if part in _STATEMENTS), "")
        if code:
            return _STATEMENTS[code]
    return f"{host}{parts.path}".rstrip("/")
