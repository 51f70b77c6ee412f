"""The blocks of one file side by side, and how a fact is asked of them in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from archive.metadata.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.metadata.exif import Exif
    from archive.metadata.notes import Notes
    from archive.metadata.xmp import Packet


class Said(NamedTuple):
    tag: str
    text: str


@dataclass(slots=True)
class Witnesses:
    """`packets` are the file's own XMP, `sidecars` that of files beside it, `texts` the container's own."""

    exif: Exif
    packets: list[Packet]
    sidecars: list[Packet]
    iptc: dict[str, list[str]]
    notes: Notes
    texts: dict[str, str] = field(default_factory=dict)
    present: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Note which tags say anything at all: most of those asked for say nothing."""
        self.present = self.exif.tags()
        for packet in (*self.packets, *self.sidecars):
            self.present.update(f"XMP {path}" for path in packet.paths())
        self.present.update(f"IPTC {name}" for name in self.iptc)
        self.present.update(f"TEXT {keyword}" for keyword in self.texts)

    @property
    def xmp(self) -> list[Packet]:
        """What the camera's file says before what was written beside it."""
        return [*self.packets, *self.sidecars]

    @property
    def edited_first(self) -> list[Packet]:
        """Sidecars hold what a person wrote last."""
        return [*self.sidecars, *self.packets]

    def ask(self, fact: str, tags: tuple[str, ...]) -> Iterator[Said]:
        """Yield what each tag says, in the order given, and note every one as a statement of the fact.

        Tags are exifread's names, "XMP prefix:name", "IPTC Name" or "TEXT keyword".
        """
        for tag in filter(self.present.__contains__, tags):
            kind, _, name = tag.partition(" ")
            if kind == "XMP":
                said = [Said(p.tag(name), v) for p in self.edited_first if (v := p.first(name)) is not None]
            elif kind == "IPTC":
                said = [Said(tag, value) for value in self.iptc.get(name, [])[:1]]
            elif kind == "TEXT":
                said = [Said(f"text {name}", self.texts[name])] if name in self.texts else []
            else:
                said = [Said(tag, self.exif.raw(tag))] if self.exif.text(tag) is not None else []
            for entry in said:
                text = clean(entry.text)
                if text is not None:
                    self.notes.say(fact, entry.tag, entry.text)
                    yield Said(entry.tag, text)

    def settle(self, fact: str, tags: tuple[str, ...]) -> str | None:
        """Return the first answer; all are noted."""
        if self.present.isdisjoint(tags):
            return None
        answers = list(self.ask(fact, tags))
        return answers[0].text if answers else None
