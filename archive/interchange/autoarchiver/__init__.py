"""Results of an auto-archiver (CSV or JSON, with WACZ files) as sources, appearances and claims."""

from archive.interchange.autoarchiver.importing import Imported, Kept, Matched, apply, match
from archive.interchange.autoarchiver.reading import ImportError_, Record, read_results
from archive.interchange.autoarchiver.wacz import WaczError, WebArchive, read_wacz

__all__ = [
    "ImportError_",
    "Imported",
    "Kept",
    "Matched",
    "Record",
    "WaczError",
    "WebArchive",
    "apply",
    "match",
    "read_results",
    "read_wacz",
]
