"""Where each file format keeps its EXIF, XMP and IPTC blocks. Nothing here decodes a picture."""
