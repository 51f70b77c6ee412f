"""Results of an auto-archiver (CSV or JSON, with WACZ files) as sources, appearances and claims."""

from archive.interchange.autoarchiver.bundle import MOST_FILES, Bundle, keep, read_bundle
from archive.interchange.autoarchiver.importing import Imported, Matched, apply, match

__all__ = ["MOST_FILES", "Bundle", "Imported", "Matched", "apply", "keep", "match", "read_bundle"]
