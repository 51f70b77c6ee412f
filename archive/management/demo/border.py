"""The seven unverified pictures.

Drawn from the air over an invented town, stripped as a platform would strip them.
"""

from dataclasses import dataclass

from PIL import Image

from archive.management.demo.aerial import photograph
from archive.management.demo.exif import encode
from archive.management.demo.finish import print_on_paper
from archive.management.demo.lens import Pose
from archive.management.demo.sky import Weather
from archive.management.demo.sun import Sun
from archive.management.demo.town import TURN, town, turned

POST = "Drone pics of North Korea, I was in China, my drone flew across the border"
_SLANT = Sun(118, 17)
_AIR = Weather(0.4, "streaked", 0.2)


@dataclass(frozen=True)
class Exposure:
    """One of the seven: pose over the town, sun, and the words that came with it."""

    slug: str
    title: str
    pose: Pose
    sun: Sun
    caption: str
    credit: str
    note: str


def _over(along: float, across: float, height: float, yaw: float, pitch: float) -> Pose:
    x, y = turned(along, across)
    return Pose(x, y, height, (yaw - TURN) % 360, pitch)


EXPOSURES = (
    Exposure(
        "beyond-the-river",
        "The town beyond the river",
        Pose(-760, -260, 150, 72, -13),
        _SLANT,
        f"“{POST}.”",
        "XiaoHao",
        "First of the seven in the post. A bridge is seen to the last detail but no landmark that a map "
        "would name. The poster wrote in a comment that the city lies “around two kilometres from the "
        "border”; commenters concluded *Sinuiju* from that. It is one statement and one conclusion from "
        "it, not two sources, and at least seven towns along the border fit.",
    ),
    Exposure(
        "crossroads",
        "Crossroads without traffic",
        _over(-20, -150, 105, 25, -47),
        _SLANT,
        "“Filmed in 2020, during the pandemic.” (the poster, in a comment)",
        "u/XiaoHao2",
        "No vehicles, no traffic lights, no drain covers, say commenters. The reprint offers three "
        "explanations for the emptiness: early morning, a quiet area, the pandemic. All three fit, so the "
        "emptiness does not help to decide between them.",
    ),
    Exposure(
        "two-panels",
        "Official building, two panels",
        _over(62, -60, 46, 17, -20),
        _SLANT,
        "A large building with two framed panels on its front.",
        "XiaoHao",
        "Two framed panels on the front; what they show cannot be made out at this size. The reprint calls "
        "them portraits.",
    ),
    Exposure(
        "apartment-blocks",
        "Apartment blocks from above",
        _over(-260, -190, 120, 57, -38),
        _SLANT,
        f"“{POST}.”",
        "u/XiaoHao2",
        "Long shadows to the left. **If** place and north were known and the ground is level, their length "
        "and direction would give times of day and of year: windows that recur every year, usually two a "
        "year, and never one year by itself.",
    ),
    Exposure(
        "avenue",
        "The avenue, empty",
        _over(0, -330, 62, 17, -17),
        _SLANT,
        "A wide avenue without a vehicle on it.",
        "XiaoHao",
        "Reprinted by a news site under the heading “empty streets”. The same article credits the poster "
        "once as “XiaoHao” and once as “u/XiaoHao2”; whether that is one account is not known.",
    ),
    Exposure(
        "river-low-sun",
        "River front at low sun",
        Pose(-330, -300, 70, 340, -12),
        Sun(332, 5),
        "The river front with the sun low over the far bank.",
        "u/XiaoHao2",
        "The post says where the *operator* stood: “I was in China”. Where the camera was and what the "
        "picture shows are two other questions.",
    ),
    Exposure(
        "courtyard",
        "Courtyards, straight down",
        _over(-190, 150, 120, 17, -90),
        Sun(118, 15),
        "Courtyards between blocks of flats, seen from straight above.",
        "XiaoHao",
        "The only one of the seven looking straight down. A copy found before 2020, or a skyline that "
        "matches another town, would change what is thought of all seven.",
    ),
)

PROVENANCE = """**Generated demo data.** The pictures are drawn by a program; the case they tell is modelled
on one that was reported, and nothing here is evidence of anything.

* An anonymous account posted seven aerial pictures with the words “{post}”.
* A news site reprinted them. In the same article it credits the poster once as “XiaoHao” and once as
  “u/XiaoHao2”.
* In a comment the poster says “Filmed in 2020, during the pandemic”; in another, that the city lies “around
  two kilometres from the border”. Commenters infer Sinuiju.
* The files carry no EXIF: the platform re-encodes every upload. That is what one expects of it, and says
  nothing about whether the originals had any.
* Nothing is verified: neither place nor date is entered until a reviewer stands behind it."""


def notes_of(exposure: Exposure, number: int) -> str:
    """Return the provenance notes of one picture, in Markdown."""
    return (
        f"Picture {number} of {len(EXPOSURES)} of one post.\n\n{exposure.note}\n\n"
        "*Source:* the post, as reprinted by a news site. No EXIF: the platform re-encodes uploads.\n\n"
        "*Generated demo data: drawn by a program.*"
    )


def draw_exposure(exposure: Exposure) -> bytes:
    """Return the file of one picture: 1600 pixels wide, JPEG quality 72, and no metadata of any kind."""
    picture = photograph(town(), exposure.pose, exposure.sun, _AIR, size=(2160, 1440), shape=(640, 960))
    small = picture.resize((1600, 1067), Image.Resampling.LANCZOS)
    return encode(print_on_paper(small, reach=0.6), "JPEG", quality=72)
