"""XMP packets (ISO 16684-1) flattened to properties, hostile XML kept out."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MOST_ELEMENTS = 20_000
MOST_DEPTH = 40
MOST_PROPERTIES = 5_000
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML = "{http://www.w3.org/XML/1998/namespace}"
TRANSPARENT = frozenset(
    [f"{RDF}{name}" for name in ("RDF", "Description", "Bag", "Seq", "Alt", "li", "value")]
    + ["{adobe:ns:meta/}xmpmeta", "{adobe:ns:meta/}xapmeta"]
)
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#": "stEvt",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
    "http://www.dji.com/drone-dji/1.0/": "drone-dji",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://www.metadataworkinggroup.com/schemas/regions/": "mwg-rs",
    "http://ns.microsoft.com/photo/1.2/t/Region#": "MPReg",
}


class Property(NamedTuple):
    """A leaf: names joined by slashes, its text, the number of the list item it stands in, its language."""

    path: str
    value: str
    item: int
    language: str


class Packet:
    """What one packet says. `fault` tells how far it could be read, None when to the end."""

    def __init__(self, origin: str, properties: list[Property], fault: str | None = None) -> None:
        self.origin = origin
        self.properties = properties
        self.fault = fault
        self._by_path: dict[str, list[Property]] = {}
        for entry in properties:
            self._by_path.setdefault(entry.path, []).append(entry)

    def all(self, path: str) -> list[Property]:
        return self._by_path.get(path, [])

    def values(self, path: str) -> list[str]:
        return [entry.value for entry in self.all(path)]

    def first(self, path: str) -> str | None:
        """Return the value, of several languages the default one."""
        entries = self.all(path)
        for entry in entries:
            if entry.language == "x-default":
                return entry.value
        return entries[0].value if entries else None

    def tag(self, path: str) -> str:
        return f"{self.origin} {path}"


def parse(data: bytes, origin: str) -> Packet:
    """Read a packet. A broken one yields what stood before the break and says so; never raises."""
    collector = _Collector()
    parser = DefusedXMLParser(target=collector, forbid_dtd=True)
    fault = None
    try:
        text, fault = _trimmed(data)
        parser.feed(text)
        parser.close()
    except DefusedXmlException as error:
        fault = f"It holds what no packet needs and attacks are made of: {type(error).__name__}."
    except (ParseError, ValueError, LookupError) as error:
        fault = f"It is broken XML: {error}."
    return Packet(origin, collector.properties, fault)


def _trimmed(data: bytes) -> tuple[bytes, str | None]:
    """Cut padding off both ends, and make the text UTF-8 where it claims to be and is not."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data, None
    start, end = data.find(b"<"), data.rfind(b">")
    data = data[max(start, 0) : end + 1].replace(b"\x00", b"")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if b"encoding=" in data[:100]:
            return data, None
        return data.decode(
            "cp1252", "replace"
        ).encode(), "Its text is not UTF-8; it was taken as Windows-1252."
    return data, None


class _Collector:
    """Target of the parser: turns elements and attributes into properties as they come."""

    def __init__(self) -> None:
        self.properties: list[Property] = []
        self._path: list[str] = []
        self._items: list[int] = []
        self._languages: list[str] = []
        self._text: list[str] = []
        self._leaf = False
        self._elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS or len(self._path) >= MOST_DEPTH:
            raise ValueError("too many or too deeply nested elements")
        if tag == f"{RDF}li" and self._items:
            self._items[-1] += 1
        parent = self._path[-1] if self._path else ""
        path = parent if tag in TRANSPARENT else f"{parent}/{_named(tag)}" if parent else _named(tag)
        self._path.append(path)
        self._items.append(0)
        self._languages.append(attributes.get(f"{XML}lang", ""))
        self._text.clear()
        self._leaf = True
        for name, value in attributes.items():
            if not name.startswith((RDF, XML)) and name.startswith("{"):
                self._add(f"{path}/{_named(name)}" if path else _named(name), value)
            elif name == f"{RDF}resource":
                self._add(path, value)

    def data(self, text: str) -> None:
        if self._leaf:
            self._text.append(text)

    def end(self, tag: str) -> None:  # noqa: ARG002 - the parser's call
        if self._leaf and self._path[-1]:
            value = "".join(self._text).strip()
            if value:
                self._add(self._path[-1], value)
        self._leaf = False
        self._path.pop()
        self._items.pop()
        self._languages.pop()

    def close(self) -> None:
        """End of the packet."""

    def _add(self, path: str, value: str) -> None:
        if len(self.properties) >= MOST_PROPERTIES:
            raise ValueError("too many properties")
        item = next((number for number in self._items if number), 0)
        self.properties.append(Property(path, value, item, self._languages[-1]))


def _named(tag: str) -> str:
    if not tag.startswith("{"):
        return tag
    space, _, name = tag[1:].partition("}")
    prefix = PREFIXES.get(space)
    return f"{prefix}:{name}" if prefix else f"{{{space}}}{name}"
