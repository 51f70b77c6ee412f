"""The coastal walk: where each picture was taken, when, and what was in front of the camera.

The table beside this module, `stops.csv`, has one line for each picture. Its places and clock rules are real
(Portugal and Spain over the change to summer time of 31 March 2019, the English coast over the change back of
27 October 2019, Taveuni over Fiji's own change of 10 November 2019); what the pictures show is imagined.
"""

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from archive.management.demo.sky import Weather
from archive.management.demo.things import Thing

WEATHERS = {
    "clear": Weather(0.2, "streaked"),
    "wisps": Weather(0.35, "streaked"),
    "streaked": Weather(0.42, "streaked"),
    "banded": Weather(0.5, "streaked"),
    "hazy": Weather(0.3, "streaked", 0.35),
    "fair": Weather(0.5),
    "cloudy": Weather(0.7),
    "grey": Weather(0.75, "heaped", 0.5),
    "mist": Weather(0.5, "heaped", 0.8),
}


@dataclass(frozen=True)
class Stop:
    """One picture of the walk. `when` is the local civil time; `clock` what the camera wrote, if not that.

    Degrees, and metres as in `view.Stand`. `fix` False: no position in the file. `offset` False: no zone in
    the file. `turn` is the EXIF orientation. `accuracy` is in metres; `typed` marks a title and caption
    that a curator would type, not the file. `sidecar`: they stand in an XMP file beside it.
    """

    title: str
    latitude: float
    longitude: float
    zone: str
    when: str
    heading: float
    shore: str
    weather: Weather
    things: tuple[Thing, ...] = ()
    seaward: float = 180.0
    along: float = 0.0
    inland: float = 11.0
    eye: float = 12.0
    field: float = 62.0
    skyline: float = 0.42
    caption: str = ""
    keywords: tuple[str, ...] = ()
    fix: bool = True
    offset: bool = True
    subsecond: str = ""
    turn: int = 1
    reference: str = "T"
    accuracy: float | None = None
    clock: str = ""
    form: str = "JPEG"
    sidecar: bool = False
    typed: bool = False

    def moment(self) -> datetime:
        """Return when it was, with the zone of the place; a repeated hour counts as its first time round."""
        clock = datetime.fromisoformat(self.when)
        return datetime.combine(clock.date(), clock.time(), ZoneInfo(self.zone))


@lru_cache(maxsize=1)
def stops() -> tuple[Stop, ...]:
    """Return the walk's pictures in the order of the table."""
    with Path(__file__).with_name("stops.csv").open(encoding="utf-8", newline="") as table:
        return tuple(_stop(row) for row in csv.DictReader(table))


def _stop(row: dict[str, str]) -> Stop:
    return Stop(
        title=row["title"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        zone=row["zone"],
        when=row["when"],
        heading=float(row["heading"]),
        shore=row["shore"],
        weather=WEATHERS[row["weather"]],
        things=tuple(_thing(words) for words in row["things"].split("; ") if words),
        seaward=float(row["seaward"]),
        along=float(row["along"]),
        inland=float(row["inland"]),
        eye=float(row["eye"]),
        field=float(row["field"]),
        skyline=float(row["skyline"]),
        caption=row["caption"],
        keywords=tuple(word for word in row["keywords"].split("; ") if word),
        fix=row["fix"] != "no",
        offset=row["offset"] != "no",
        subsecond=row["subsecond"],
        turn=int(row["turn"]),
        reference=row["reference"],
        accuracy=float(row["accuracy"]) if row["accuracy"] else None,
        clock=row["clock"],
        form=row["form"],
        sidecar=row["sidecar"] == "yes",
        typed=row["typed"] == "yes",
    )


def _thing(words: str) -> Thing:
    """Read "kind ahead right size seed [raised]"."""
    kind, ahead, right, size, seed, *raised = words.split()
    return Thing(
        kind, float(ahead), float(right), float(size), int(seed), float(raised[0]) if raised else 0.0
    )
