"""With what: device, lens, exposure, software."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.metadata.numbers import number

if TYPE_CHECKING:
    from archive.metadata.witnesses import Witnesses

# further tags worth showing, kept as statements only
SHOWN = (
    ("exposure_bias", "EXIF ExposureBiasValue"),
    ("exposure_program", "EXIF ExposureProgram"),
    ("metering", "EXIF MeteringMode"),
    ("subject_distance", "EXIF SubjectDistance"),
    ("file_source", "EXIF FileSource"),
    ("scene", "EXIF SceneCaptureType"),
    ("lens_range", "EXIF LensSpecification"),
    ("lens_make", "EXIF LensMake"),
    ("lens_serial", "EXIF LensSerialNumber"),
    ("owner", "EXIF CameraOwnerName"),
    ("host", "Image HostComputer"),
    ("gps_status", "GPS GPSStatus"),
    ("gps_measure_mode", "GPS GPSMeasureMode"),
    ("gps_dop", "GPS GPSDOP"),
    ("gps_satellites", "GPS GPSSatellites"),
    ("gps_speed", "GPS GPSSpeed"),
    ("gps_speed_ref", "GPS GPSSpeedRef"),
    ("gps_track", "GPS GPSTrack"),
    ("gps_track_ref", "GPS GPSTrackRef"),
    ("subject_latitude", "GPS GPSDestLatitude"),
    ("subject_latitude_ref", "GPS GPSDestLatitudeRef"),
    ("subject_longitude", "GPS GPSDestLongitude"),
    ("subject_longitude_ref", "GPS GPSDestLongitudeRef"),
    ("subject_bearing", "GPS GPSDestBearing"),
)


@dataclass(frozen=True, slots=True)
class Camera:
    orientation: int | None
    make: str | None
    model: str | None
    serial: str | None
    software: str | None
    lens: str | None
    focal_length_mm: float | None
    focal_length_35mm: float | None
    exposure_s: float | None
    aperture: float | None
    iso: int | None
    flash_fired: bool | None


def camera(witnesses: Witnesses) -> Camera:
    for fact, tag in SHOWN:
        if tag in witnesses.present and witnesses.exif.values(tag) != [""]:
            witnesses.notes.say(fact, tag, witnesses.exif.raw(tag))
    iso = _number(witnesses, "iso", "EXIF ISOSpeedRatings", "exif:ISOSpeedRatings")
    flash = _number(witnesses, "flash", "EXIF Flash", "exif:Flash/exif:Fired")
    return Camera(
        orientation=_orientation(witnesses),
        make=witnesses.settle("make", ("Image Make", "EXIF Make", "XMP tiff:Make")),
        model=witnesses.settle("model", ("Image Model", "EXIF Model", "XMP tiff:Model")),
        serial=witnesses.settle(
            "serial",
            (
                "EXIF BodySerialNumber",
                "XMP exifEX:BodySerialNumber",
                "XMP aux:SerialNumber",
                "Image Tag 0xC62F",  # CameraSerialNumber of DNG
                "XMP drone-dji:CameraSerialNumber",
            ),
        ),
        software=witnesses.settle(
            "software", ("Image Software", "XMP xmp:CreatorTool", "XMP tiff:Software", "TEXT Software")
        ),
        lens=witnesses.settle("lens", ("EXIF LensModel", "XMP exifEX:LensModel", "XMP aux:Lens")),
        focal_length_mm=_number(witnesses, "focal_length_mm", "EXIF FocalLength", "exif:FocalLength"),
        focal_length_35mm=_number(
            witnesses, "focal_length_35mm", "EXIF FocalLengthIn35mmFilm", "exif:FocalLengthIn35mmFilm"
        ),
        exposure_s=_number(witnesses, "exposure_s", "EXIF ExposureTime", "exif:ExposureTime"),
        aperture=_number(witnesses, "aperture", "EXIF FNumber", "exif:FNumber"),
        iso=None if iso is None else int(iso),
        flash_fired=_fired(flash),
    )


def _number(witnesses: Witnesses, fact: str, tag: str, path: str) -> float | None:
    """Return the first number above zero; zero is how cameras write "not known" here, but for flash."""
    answers: list[float] = []
    if tag not in witnesses.present and f"XMP {path}" not in witnesses.present:
        return None
    values = witnesses.exif.values(tag)
    said = [(tag, witnesses.exif.raw(tag), values[0])] if values else []
    said += [(p.tag(path), text, text) for p in witnesses.xmp if (text := p.first(path)) is not None]
    for name, raw, value in said:
        witnesses.notes.say(fact, name, raw)
        if fact == "flash" and str(value).lower() in ("true", "false"):
            answers.append(float(str(value).lower() == "true"))
            continue
        found = number(value)
        if found is None and raw not in ("0/0", ""):
            witnesses.notes.doubt("number_unreadable", name, f"{raw} is no number.")
        if found is not None and (found > 0 or (fact == "flash" and found == 0)):
            answers.append(found)
    return answers[0] if answers else None


def _fired(flash: float | None) -> bool | None:
    return None if flash is None else bool(int(flash) & 1)  # Exif 2.32, Flash: bit 0


def _orientation(witnesses: Witnesses) -> int | None:
    values = witnesses.exif.values("Image Orientation")
    said = (
        [("Image Orientation", witnesses.exif.raw("Image Orientation"), number(values[0]))] if values else []
    )
    for packet in witnesses.xmp:
        text = packet.first("tiff:Orientation")
        if text is not None:
            said.append((packet.tag("tiff:Orientation"), text, number(text)))
    taken = None
    for tag, raw, value in said:
        witnesses.notes.say("orientation", tag, raw)
        if value is None or not 1 <= value <= 8 or value != int(value):
            witnesses.notes.doubt("orientation_unknown", tag, f"{raw} is not one of 1 to 8.", "orientation")
        elif taken is None:
            taken = int(value)
    return taken
