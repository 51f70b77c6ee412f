"""XMP packets (ISO 16684-1) flattened to properties, hostile XML kept out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

if TYPE_CHECKING:
    from collections.abc import KeysView

MOST_ELEMENTS = 20_000
MOST_DEPTH = 40
MOST_PROPERTIES = 5_000
UNKNOWN = "?"  # prefix of the namespaces nothing is asked of
LIST_ITEM = "rdf:li"
# what holds properties without being one
TRANSPARENT = frozenset(
    (
        "x:xmpmeta",
        "x:xapmeta",
        "rdf:RDF",
        "rdf:Description",
        "rdf:Bag",
        "rdf:Seq",
        "rdf:Alt",
        LIST_ITEM,
        "rdf:value",
    )
)
PREFIXES = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "adobe:ns:meta/": "x",
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

    def paths(self) -> KeysView[str]:
        return self._by_path.keys()

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
    # its guards stay in place; straight from expat, elements cost half as much
    expat = parser.parser
    expat.StartElementHandler, expat.EndElementHandler = collector.start, collector.end
    expat.CharacterDataHandler = collector.data
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
    start = data.find(b"<")
    if data.startswith(b"<?xpacket", start):
        start = data.find(b"?>", start) + 2
    # kilobytes of blank lines may follow the last closing tag
    end = data.find(b">", max(data.rfind(b"</"), start, 0))
    data = data[max(start, 0) : end + 1 if end >= 0 else None].replace(b"\x00", b"")
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
    """Turns elements and attributes into properties as the parser meets them."""

    def __init__(self) -> None:
        self.properties: list[Property] = []
        self._open = [("", 0, "")]  # path, number of the list item, language
        self._items = [0]  # list items met so far in each open element
        self._text: list[str] = []
        self._leaf = False
        self._elements = 0

    def start(self, tag: str, attributes: list[str]) -> None:
        """Begin an element; `attributes` are names and values by turns."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS or len(self._open) > MOST_DEPTH:
            raise ValueError("too many or too deeply nested elements")
        path, item, _ = self._open[-1]
        name = _named(tag)
        if name not in TRANSPARENT:
            path = f"{path}/{name}" if path else name
        elif name == LIST_ITEM and not item:  # of lists in lists, the outer one numbers
            self._items[-1] += 1
            item = self._items[-1]
        self._open.append((path, item, ""))
        self._items.append(0)
        self._text.clear()
        self._leaf = True
        if attributes:
            names = map(_named, attributes[::2])
            self._attributes(dict(zip(names, attributes[1::2], strict=True)), path, item)

    def data(self, text: str) -> None:
        if self._leaf:
            self._text.append(text)

    def end(self, _tag: str) -> None:
        path, item, language = self._open.pop()
        self._items.pop()
        if self._leaf and path:
            value = "".join(self._text).strip()
            if value:
                self._add(path, value, item, language)
        self._leaf = False

    def _attributes(self, attributes: dict[str, str], path: str, item: int) -> None:
        language = attributes.get("xml:lang", "")
        if language:
            self._open[-1] = (path, item, language)
        for name, value in attributes.items():
            if name == "rdf:resource":
                self._add(path, value, item, language)
            elif not name.startswith(("rdf:", "xml:")):
                self._add(f"{path}/{name}" if path else name, value, item, language)

    def _add(self, path: str, value: str, item: int, language: str) -> None:
        if UNKNOWN in path:  # hundreds of settings of raw developers
            return
        if len(self.properties) >= MOST_PROPERTIES:
            raise ValueError("too many properties")
        self.properties.append(Property(path, value, item, language))


@lru_cache(4096)
def _named(tag: str) -> str:
    """Give a name its usual prefix; the parser joins namespace and name with a closing brace."""
    space, brace, name = tag.rpartition("}")
    prefix = PREFIXES.get(space, UNKNOWN) if brace else UNKNOWN
    return f"{prefix}:{name}"
