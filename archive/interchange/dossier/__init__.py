"""A dossier: what is known of some photos, on what grounds, with proof, to be read and checked anywhere."""

from archive.interchange.dossier.building import MOST_PHOTOS, Dossier, DossierError
from archive.interchange.dossier.handing import stream_dossier, write_dossier

__all__ = ["MOST_PHOTOS", "Dossier", "DossierError", "stream_dossier", "write_dossier"]
