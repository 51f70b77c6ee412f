"""Drawing a stop of the walk and giving the file what the stop says its camera wrote."""

from datetime import datetime

from PIL import Image, ImageDraw, ImageFont

from archive.management.demo.exif import Tags, encode, write_xmp
from archive.management.demo.finish import enlarge, print_on_paper
from archive.management.demo.shores import SHORES
from archive.management.demo.sun import sun_at
from archive.management.demo.things import place
from archive.management.demo.view import Stand, look
from archive.management.demo.walk import Stop

LONG, SHORT = 2160, 1440
_DRAWN = 870, 580
_CREDIT = "Demo camera {}"


def camera_of(stop: Stop) -> str:
    """Return the made-up camera's name; each part of the walk had its own."""
    return _CREDIT.format({"Europe/London": 2, "Pacific/Fiji": 3}.get(stop.zone, 1))


def draw_view(stop: Stop, seed: int, size: tuple[int, int], shape: tuple[int, int]) -> Image.Image:
    """Draw what the stop's camera saw, upright, `shape` (rows, columns) brought to `size` (width, height)."""
    sun = sun_at(stop.moment(), stop.latitude, stop.longitude)
    angle = stop.field * (0.68 if size[0] < size[1] else 1)
    stand = Stand(stop.along, stop.inland, stop.heading, stop.seaward, stop.eye, angle, stop.skyline)
    coast = SHORES[stop.shore]
    colour, seen = look(coast, stand, sun, stop.weather, shape=shape, seed=seed)
    return print_on_paper(place(enlarge(colour, size), stop.things, coast, stand, sun, stop.weather, seen))


def draw_stop(stop: Stop, seed: int) -> bytes:
    """Return the file of a stop."""
    upright = stop.turn == 1
    size, shape = (LONG, SHORT), (_DRAWN[1], _DRAWN[0])
    if not upright:
        size, shape = (SHORT, LONG), _DRAWN
    picture = draw_view(stop, seed, size, shape)
    if stop.turn == 6:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    if stop.turn == 8:
        picture = picture.transpose(Image.Transpose.ROTATE_270)
    if stop.form in ("PNG", "TIFF"):
        # Kept small: grain does not compress without loss.
        picture = picture.resize((1200, 800), Image.Resampling.LANCZOS)
    packet = "" if stop.typed or stop.sidecar or stop.form in ("PNG", "TIFF") else packet_of(stop)
    return encode(picture, stop.form, tags=tags_of(stop), xmp=packet, quality=78)


def packet_of(stop: Stop) -> str:
    """Return the stop's title, caption and keywords as XMP."""
    return write_xmp(
        title=stop.title,
        description=stop.caption,
        creator=camera_of(stop),
        rights="CC0 1.0, generated demo picture",
        keywords=("generated demo picture", *stop.keywords),
    )


def tags_of(stop: Stop) -> Tags:
    """Return what the stop's camera wrote, right or wrong."""
    moment = stop.moment()
    zone = f"{moment:%z}"
    fix = stop.fix
    plain = stop.form in ("PNG", "TIFF")
    return Tags(
        model=camera_of(stop),
        taken=datetime.fromisoformat(stop.clock or stop.when),
        offset=f"{zone[:3]}:{zone[3:]}" if stop.offset else "",
        subsecond=stop.subsecond,
        orientation=stop.turn,
        latitude=stop.latitude if fix else None,
        longitude=stop.longitude if fix else None,
        altitude=stop.eye + 6 if fix else None,
        accuracy=stop.accuracy if fix else None,
        direction=stop.heading if fix else None,
        reference=stop.reference,
        fixed_at=moment if fix and (stop.offset or stop.clock) else None,
        description=stop.title if plain and stop.title.isascii() else "",
        copyright="CC0 1.0, generated demo picture",
    )


def draw_back(lines: tuple[str, ...]) -> bytes:
    """Return a scan of the back of a print: card, a stamp, a few typed lines."""
    card = Image.new("RGB", (1500, 1000), (229, 220, 198))
    pen = ImageDraw.Draw(card)
    pen.rectangle((60, 60, 1440, 940), outline=(205, 192, 164), width=3)
    pen.line((750, 160, 750, 860), fill=(205, 192, 164), width=3)
    for row in range(5):
        pen.line((830, 420 + row * 90, 1380, 420 + row * 90), fill=(190, 178, 152), width=3)
    pen.ellipse((1150, 110, 1390, 350), outline=(122, 52, 44), width=7)
    pen.ellipse((1180, 140, 1360, 320), outline=(122, 52, 44), width=3)
    pen.text((1270, 230), "DEMO", fill=(122, 52, 44), font=ImageFont.load_default(44), anchor="mm")
    for row, text in enumerate(lines):
        pen.text((120, 200 + row * 70), text, fill=(58, 66, 96), font=ImageFont.load_default(40))
    return encode(print_on_paper(card, strength=4.0), "JPEG", quality=82)
