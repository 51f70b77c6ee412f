from tests.db.atlas.worlds import archive

__all__ = ["archive"]
