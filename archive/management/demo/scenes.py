"""The demo archive: its collections and, one by one, its files."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from archive.management.demo import border, flight
from archive.management.demo.things import Thing
from archive.management.demo.walk import WEATHERS, Stop, stops
from archive.management.demo.walk_pictures import draw_back, draw_stop, packet_of

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
UNDETERMINED = "http://rightsstatements.org/vocab/UND/1.0/"
IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"


@dataclass(frozen=True)
class DemoCollection:
    slug: str
    title: str
    description: str
    provenance: str
    rights_uri: str
    visibility: Literal["public", "private"]


@dataclass(frozen=True)
class DemoFile:
    """One file to be deposited. `draw` returns its bytes and may be called in another process.

    `title` to `notes` are what a curator would type, empty where the file says it itself; `notes` are
    Markdown. So are `place` (latitude, longitude, radius in metres) and `date`, which a curator knows better.
    A file with a `role` (such as "back") belongs to the photo whose primary file is named `of`.
    """

    collection: str
    name: str
    draw: Callable[[], bytes]
    sidecar: bytes | None = None
    title: str = ""
    caption: str = ""
    alt: str = ""
    creator: str = ""
    credit: str = ""
    rights_uri: str = ""
    notes: str = ""
    keywords: tuple[str, ...] = ()
    place: tuple[float, float, float] | None = None
    date: str = ""
    role: str = ""
    of: str = ""


COLLECTIONS = (
    DemoCollection(
        "coastal-walk",
        "Coastal walk",
        "Three walks along the sea in 2019: the Algarve as far as Spain, the Sussex coast over longitude "
        "zero, and Taveuni over longitude 180. Generated demo pictures.",
        "**Generated demo data.** Every picture is drawn by a program: imagined coasts under the light "
        "that the sun really gave at that place and minute. The files carry EXIF and XMP as a camera "
        "writes them: position, direction of view, clock and zone; some lack one or the other, and two "
        "clocks are wrong, as in any real bag of photographs.",
        CC0,
        "public",
    ),
    DemoCollection(
        "drone-survey",
        "Drone survey",
        "One flight over a hamlet on 14 September 2021: six lines straight down, then a circle. "
        "Neighbouring frames overlap. Generated demo pictures.",
        "**Generated demo data.** One imagined piece of farmland, drawn by a program from seventy poses of "
        "a camera. Position and height are in EXIF or XMP, the direction of view only in XMP, as drones "
        "write it.",
        CC0,
        "public",
    ),
    DemoCollection(
        "border-flights",
        "Border flights (unverified)",
        "Seven aerial pictures from one anonymous post. Nobody has confirmed where or when. Generated demo "
        "pictures of an invented town.",
        border.PROVENANCE.format(post=border.POST),
        UNDETERMINED,
        "public",
    ),
    DemoCollection(
        "sealed-deposit",
        "Sealed deposit",
        "Three pictures held back at the wish of their depositor. Only members of the collection see that "
        "it exists. Generated demo pictures.",
        "**Generated demo data.** Deposited on condition that nothing is shown before 2040.",
        IN_COPYRIGHT,
        "private",
    ),
)

_SEALED = (
    Stop(
        title="Landing place",
        latitude=37.0651,
        longitude=-8.8172,
        zone="Europe/Lisbon",
        when="2019-04-01T07:08:00",
        heading=250,
        shore="cove",
        weather=WEATHERS["streaked"],
        things=(Thing("trawler", 70, -8, 1.0, 2),),
        along=1400,
        inland=18,
        eye=6,
    ),
    Stop(
        title="Hut above the cove",
        latitude=37.0656,
        longitude=-8.8161,
        zone="Europe/Lisbon",
        when="2019-04-01T07:40:00",
        heading=110,
        shore="cove",
        weather=WEATHERS["banded"],
        things=(Thing("house", 96, -34, 1.2, 4),),
        along=1100,
    ),
    Stop(
        title="The path they took",
        latitude=37.0671,
        longitude=-8.8150,
        zone="Europe/Lisbon",
        when="2019-04-01T08:02:00",
        heading=96,
        shore="cliffs",
        weather=WEATHERS["mist"],
        things=(Thing("gulls", 60, 10, 1.0, 4, 8),),
        along=2000,
        inland=26,
    ),
)

_KNOWN_PLACES = {"Armação de Pêra under cloud": (37.1011, -8.3655, 250.0)}
_KNOWN_DATES = {"Birling Gap, wrong year on the clock": "2019-10-27"}

_EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "TIFF": "tif", "WebP": "webp"}


def scenes() -> Iterator[DemoFile]:
    """Yield every file of the demo, collection by collection, always the same."""
    yield from _walk()
    for frame in flight.frames():
        yield DemoFile(
            "drone-survey",
            f"DEMO_{frame.number:04}.jpg",
            partial(flight.draw_frame, frame),
            title=frame.title,
            credit=flight.MODEL,
        )
    for number, exposure in enumerate(border.EXPOSURES, 1):
        yield DemoFile(
            "border-flights",
            f"border-{number}-{exposure.slug}.jpg",
            partial(border.draw_exposure, exposure),
            title=exposure.title,
            caption=exposure.caption,
            alt=f"Aerial view, drawn: {exposure.title[0].lower()}{exposure.title[1:]}",
            credit=exposure.credit,
            rights_uri=UNDETERMINED,
            notes=border.notes_of(exposure, number),
            keywords=("unverified", "aerial", "generated demo picture"),
        )
    for number, stop in enumerate(_SEALED, 1):
        yield DemoFile(
            "sealed-deposit",
            f"sealed-{number}.jpg",
            partial(draw_stop, stop, 700 + number),
            rights_uri=IN_COPYRIGHT,
        )


def _walk() -> Iterator[DemoFile]:
    for number, stop in enumerate(stops(), 1):
        name = f"walk-{number:03}-{slug_of(stop.title)}.{_EXTENSIONS[stop.form]}"
        typed = stop.typed or stop.form in ("PNG", "TIFF")
        yield DemoFile(
            "coastal-walk",
            name,
            partial(draw_stop, stop, number),
            sidecar=packet_of(stop).encode() if stop.sidecar else None,
            title=stop.title if typed else "",
            caption=stop.caption if typed else "",
            credit="Demo camera" if typed else "",
            place=_KNOWN_PLACES.get(stop.title),
            date=_KNOWN_DATES.get(stop.title, ""),
        )
        if stop.title == "Tavira island":
            lines = ("Tavira island, 2 April", "print 14 x 21 cm", "generated demo data")
            yield DemoFile(
                "coastal-walk",
                f"{name.removesuffix('.webp')}_back.jpg",
                partial(draw_back, lines),
                role="back",
                of=name,
            )


def slug_of(title: str) -> str:
    """Return a title in plain lower-case letters, words joined by hyphens, six words at most."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:6])
