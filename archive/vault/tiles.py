"""Deep zoom: the tile pyramid of an original, made whole at first zoom and kept on disk while there is room.

    pyramid(sha256: str, orientation: int | None, max_px: int | None) -> Pyramid

`orientation` is the file's EXIF/XMP tag (None: 1). `max_px` bounds the longer edge of the largest level (None:
full size): tiles of a smaller public size are cut from the reduced picture, never from the original's pixels.

    Pyramid.width, .height      of the largest level in pixels, orientation applied
    Pyramid.tile                512, edge of a tile in pixels
    Pyramid.scales              (1, 2, 4, ...): scale factors of the levels, largest picture first
    Pyramid.path(scale, column, row) -> Path      a JPEG; raises TileMissing outside the picture
    Pyramid.level_size(scale) -> (width, height)  ceil(width / scale), ceil(height / scale)

First call about 0.2 s for 24 megapixels, later calls a stat. Raises OriginalMissing or Undecodable.
"""
