"""What people wrote: title, caption, names, rights, keywords, places by name; and the file's own history."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.metadata.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.metadata.witnesses import Witnesses
    from archive.metadata.xmp import Packet

MOST_WORDS = 500
MOST_HISTORY = 100
# what cameras and programs write where a caption belongs
BOILERPLATE = re.compile(
    r"(OLYMPUS|SONY|MINOLTA|KODAK|SAMSUNG|SANYO|KONICA|PENTAX|EPSON|VIVITAR)[\w\s.-]{0,20}"
    r"(DIGITAL CAMERA|DSC|DIGITAL STILL CAMERA)|DCIM\S*|DIGITAL CAMERA|default|untitled|image|\W+"
    r"|Exif_JPEG_PICTURE|<?(?:KENOX|Samsung)[\w\s/,-]*>?|CREATOR: gd-jpeg .*|charset=\S+.*|AppleMark\s*"
    r"|Screenshot|jpeg:.*",
    re.IGNORECASE | re.DOTALL,
)
# fmt: off
CAPTIONS = (
    "XMP dc:description", "IPTC Caption-Abstract", "Image ImageDescription", "XMP tiff:ImageDescription",
    "Image XPComment", "EXIF UserComment", "XMP exif:UserComment", "Image XPSubject", "TEXT Description",
    "TEXT Comment",
)
IDENTIFIERS = (
    "XMP dc:identifier", "XMP xmp:Identifier", "XMP Iptc4xmpExt:DigImageGUID",
    "XMP photoshop:TransmissionReference", "IPTC OriginalTransmissionReference", "EXIF ImageUniqueID",
)
# fmt: on
LICENCE_TAGS = ("XMP xmpRights:WebStatement", "XMP xmpRights:UsageTerms", "XMP plus:LicensorURL")
PLACE_NAMES = (
    ("city", ("XMP photoshop:City", "IPTC City")),
    ("state", ("XMP photoshop:State", "IPTC Province-State")),
    ("country", ("XMP photoshop:Country", "IPTC Country")),
    ("sublocation", ("XMP Iptc4xmpCore:Location", "IPTC Sub-location")),
)
FURTHER = (
    ("headline", ("XMP photoshop:Headline", "IPTC Headline")),
    ("instructions", ("XMP photoshop:Instructions", "IPTC SpecialInstructions")),
    ("source", ("XMP photoshop:Source", "IPTC Source")),
    ("caption_writer", ("XMP photoshop:CaptionWriter", "IPTC Writer-Editor")),
    ("licence", LICENCE_TAGS),
    ("alt_text", ("XMP Iptc4xmpCore:AltTextAccessibility",)),
    ("rating", ("XMP xmp:Rating",)),
    ("document", ("XMP xmpMM:DocumentID",)),
    ("original_document", ("XMP xmpMM:OriginalDocumentID",)),
    ("created", ("TEXT Creation Time",)),
)


@dataclass(frozen=True, slots=True)
class Words:
    title: str | None
    caption: str | None
    creator: str | None
    credit: str | None
    rights: str | None
    identifier: str | None
    source_type: str | None
    keywords: tuple[str, ...]
    people: tuple[str, ...]


def words(witnesses: Witnesses) -> Words:
    """XMP speaks before IPTC, and both before EXIF: people write the former, cameras the latter."""
    for fact, tags in (*PLACE_NAMES, *FURTHER):
        witnesses.settle(fact, tags)
    for packet in witnesses.xmp:
        _note_history(packet, witnesses)
    return Words(
        title=witnesses.settle(
            "title", ("XMP dc:title", "IPTC ObjectName", "EXIF Tag 0xA436", "Image XPTitle", "TEXT Title")
        ),
        caption=_caption(witnesses),
        creator=_creator(witnesses),
        credit=witnesses.settle("credit", ("XMP photoshop:Credit", "IPTC Credit")),
        rights=witnesses.settle(
            "rights",
            (
                "XMP dc:rights",
                "IPTC CopyrightNotice",
                "Image Copyright",
                "XMP tiff:Copyright",
                "TEXT Copyright",
            ),
        ),
        identifier=witnesses.settle(
            "identifier",
            IDENTIFIERS,
        ),
        source_type=witnesses.settle(
            "source_type", ("XMP Iptc4xmpExt:DigitalSourceType", "XMP Iptc4xmpExt:DigitalSourcefileType")
        ),
        keywords=_list(witnesses, "keywords", ("dc:subject",), "Keywords", "Image XPKeywords"),
        people=_people(witnesses),
    )


def _caption(witnesses: Witnesses) -> str | None:
    answers = witnesses.ask(
        "caption",
        CAPTIONS,
    )
    return next((said.text for said in list(answers) if not BOILERPLATE.fullmatch(said.text)), None)


def _creator(witnesses: Witnesses) -> str | None:
    for packet in witnesses.edited_first:
        names = _distinct(packet.values("dc:creator"))
        if names:
            witnesses.notes.say("creator", packet.tag("dc:creator"), "; ".join(packet.values("dc:creator")))
    rest = witnesses.settle(
        "creator",
        (
            "IPTC By-line",
            "EXIF Tag 0xA437",
            "Image Artist",
            "XMP tiff:Artist",
            "Image XPAuthor",
            "TEXT Author",
        ),
    )
    for packet in witnesses.edited_first:
        names = _distinct(packet.values("dc:creator"))
        if names:
            return "; ".join(names)
    return rest


def _list(
    witnesses: Witnesses,
    fact: str,
    paths: tuple[str, ...],
    dataset: str | None = None,
    tag: str | None = None,
) -> tuple[str, ...]:
    """Gather from all witnesses, each once, in the order met."""
    found: list[str] = []
    for packet in witnesses.xmp:
        for path in paths:
            values = packet.values(path)[:MOST_WORDS]
            if values:
                witnesses.notes.say(fact, packet.tag(path), "; ".join(values))
                found += values
    if dataset and witnesses.iptc.get(dataset):
        values = witnesses.iptc[dataset][:MOST_WORDS]
        witnesses.notes.say(fact, f"IPTC {dataset}", "; ".join(values))
        found += values
    if tag and (text := witnesses.exif.text(tag)):
        witnesses.notes.say(fact, tag, text)
        found += text.split(";")
    return _distinct(found)[:MOST_WORDS]


def _people(witnesses: Witnesses) -> tuple[str, ...]:
    """Names of people in the picture: those listed, and those whose faces are framed."""
    named = _list(witnesses, "people", ("Iptc4xmpExt:PersonInImage",))
    framed: list[str] = []
    for packet in witnesses.xmp:
        for entry in packet.properties:
            if entry.path.endswith(
                ("/MPReg:PersonDisplayName", "mwg-rs:RegionList/mwg-rs:Name")
            ) and _is_face(packet, entry.path, entry.item):
                witnesses.notes.say("people", packet.tag(entry.path.rsplit("/", 1)[-1]), entry.value)
                framed.append(entry.value)
    return _distinct([*named, *framed])[:MOST_WORDS]


def _is_face(packet: Packet, path: str, item: int) -> bool:
    """Regions may also frame pets or bar codes; one without a type is taken for a face."""
    kind_path = path.removesuffix("mwg-rs:Name") + "mwg-rs:Type"
    kinds = [entry.value for entry in packet.all(kind_path) if entry.item == item]
    return not path.endswith("mwg-rs:Name") or kinds in ([], ["Face"])


def _note_history(packet: Packet, witnesses: Witnesses) -> None:
    """One statement for each step programs have recorded."""
    steps: dict[int, list[str]] = {}
    for entry in packet.properties:
        if entry.path.startswith("xmpMM:History/stEvt:") and len(steps) <= MOST_HISTORY:
            name = entry.path.removeprefix("xmpMM:History/stEvt:")
            steps.setdefault(entry.item, []).append(f"{name}={entry.value}")
    for number, step in steps.items():
        witnesses.notes.say("history", f"{packet.tag('xmpMM:History')}[{number}]", ", ".join(step))


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    cleaned = (clean(value) for value in values)
    return tuple(dict.fromkeys(value for value in cleaned if value is not None))
