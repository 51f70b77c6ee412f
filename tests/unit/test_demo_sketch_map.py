from __future__ import annotations

import io

from PIL import Image

from archive import mapfiles
from archive.management.demo.sketch_map import NAME, add_sketch_map


def test_the_demos_sketch_map_is_a_map_file_like_any_other(tmp_path, settings):
    settings.MAPS_DIR = tmp_path / "maps"
    add_sketch_map(tmp_path)
    found = mapfiles.listing()
    assert not found.problems
    (sketch,) = found.maps
    assert (sketch.slug, sketch.role, sketch.note.year) == (NAME, mapfiles.Role.OVERLAY, "2019")
    tile = mapfiles.tile(sketch, 9, 256, 171)
    assert tile is not None
    colours = Image.open(io.BytesIO(tile.data)).convert("RGBA").getcolors(70_000)
    assert any(colour[3] == 255 for _, colour in colours), "a part of the sheet"
    assert any(colour[3] == 0 for _, colour in colours), "nothing beside the sheet"
    written = sketch.path.stat().st_mtime_ns
    add_sketch_map(tmp_path)
    assert sketch.path.stat().st_mtime_ns == written
