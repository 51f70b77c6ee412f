from __future__ import annotations

from pathlib import Path

from archive.metadata import Reading, read
from tests.unit import drawing
from tests.unit.drawing import app_exif, app_xmp, codes, iptc, jpeg, numbers, ratios, read_bytes, text, xmp


def listed(name: str, *values: str, kind: str = "Bag") -> str:
    return (
        f"<{name}><rdf:{kind}>"
        + "".join(f"<rdf:li>{value}</rdf:li>" for value in values)
        + f"</rdf:{kind}></{name}>"
    )


def of_xmp(folder: Path, inner: str = "", **attributes: str) -> Reading:
    return read_bytes(folder, jpeg(app_xmp(xmp(inner, **attributes))))


def test_what_a_person_wrote_goes_before_what_a_camera_wrote(tmp_path: Path):
    camera = drawing.tiff({0x010E: text("from EXIF"), 0x013B: text("Camera Owner"), 0x8298: text("© EXIF")})
    agency = iptc(
        (2, 5, b"IPTC title"),
        (2, 120, b"from IPTC"),
        (2, 80, b"A. Byline"),
        (2, 110, b"Agency"),
        (2, 25, b"dune"),
    )
    inner = (
        "<dc:description><rdf:Alt><rdf:li xml:lang='de'>aus XMP</rdf:li>"
        "<rdf:li xml:lang='x-default'>from XMP</rdf:li>"
        "</rdf:Alt></dc:description>"
        + listed("dc:creator", "B. Writer", "C. Writer", kind="Seq")
        + listed("dc:subject", "dune", "sea")
    )
    reading = read_bytes(tmp_path, jpeg(app_exif(camera), agency, app_xmp(xmp(inner))))
    assert reading.caption == "from XMP"
    assert reading.title == "IPTC title"
    assert reading.creator == "B. Writer; C. Writer"
    assert (reading.credit, reading.rights) == ("Agency", "© EXIF")
    assert reading.keywords == ("dune", "sea")
    captions = [(s.tag, s.raw) for s in reading.statements if s.fact == "caption"]
    assert captions == [
        ("XMP dc:description", "from XMP"),
        ("IPTC Caption-Abstract", "from IPTC"),
        ("Image ImageDescription", "from EXIF"),
    ]


def test_people_are_the_named_and_the_framed_but_not_their_pets(tmp_path: Path):
    regions = "".join(
        f'<rdf:li><rdf:Description mwg-rs:Name="{name}" mwg-rs:Type="{kind}"/></rdf:li>'
        for name, kind in (("Ana", "Face"), ("Rex", "Pet"))
    )
    inner = listed("Iptc4xmpExt:PersonInImage", "Bo", "Ana")
    inner += "<mwg-rs:Regions><rdf:Description><mwg-rs:RegionList>"
    inner += f"<rdf:Bag>{regions}</rdf:Bag></mwg-rs:RegionList></rdf:Description></mwg-rs:Regions>"
    assert of_xmp(tmp_path, inner).people == ("Bo", "Ana")


def test_the_history_of_programs_is_a_statement_a_step(tmp_path: Path):
    steps = "".join(
        f'<rdf:li stEvt:action="{action}" stEvt:softwareAgent="Editor"/>' for action in ("created", "saved")
    )
    reading = of_xmp(tmp_path, f"<xmpMM:History><rdf:Seq>{steps}</rdf:Seq></xmpMM:History>")
    assert [(s.tag, s.raw) for s in reading.statements if s.fact == "history"] == [
        ("XMP xmpMM:History[1]", "action=created, softwareAgent=Editor"),
        ("XMP xmpMM:History[2]", "action=saved, softwareAgent=Editor"),
    ]


def test_how_a_picture_was_made_is_kept(tmp_path: Path):
    uri = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    assert of_xmp(tmp_path, Iptc4xmpExt__DigitalSourceType=uri).source_type == uri


def test_a_sidecar_speaks_first_for_words_and_last_for_the_camera(tmp_path: Path):
    photo, sidecar = tmp_path / "a.jpg", tmp_path / "a.xmp"
    photo.write_bytes(
        jpeg(
            app_exif(drawing.tiff({0x010F: text("Testcam")})),
            app_xmp(xmp(dc__title="old", exif__DateTimeOriginal="2020-01-02T03:04:05")),
        )
    )
    sidecar.write_text(xmp(dc__title="new", tiff__Make="Other", exif__DateTimeOriginal="2021-01-02T03:04:05"))
    reading = read(photo, sidecars=[sidecar])
    assert (reading.title, reading.make) == ("new", "Testcam")
    assert reading.taken is not None
    assert reading.taken.earliest.year == 2020
    assert ("sidecar dc:title", "new") in [(s.tag, s.raw) for s in reading.statements]


def test_a_sidecar_that_is_gone_or_broken_is_a_problem_of_the_photo(tmp_path: Path):
    photo, broken = tmp_path / "a.jpg", tmp_path / "a.xmp"
    photo.write_bytes(jpeg())
    broken.write_text("<x:xmpmeta")
    assert codes(read(photo, sidecars=[tmp_path / "gone.xmp"])) == {"sidecar_unreadable"}
    assert codes(read(photo, sidecars=[broken])) == {"xmp_unreadable"}


def test_exposure_is_read_in_plain_units(tmp_path: Path):
    exif = {
        0x829A: ratios((1, 250)),
        0x829D: ratios(2.8),
        0x8827: numbers(3, 200),
        0x920A: ratios(35),
        0xA405: numbers(3, 52),
        0x9209: numbers(3, 25),
    }
    exif |= {0xA434: text("35mm f/2"), 0xA431: text("S-77")}
    reading = read_bytes(tmp_path, jpeg(app_exif(drawing.tiff(exif=exif))))
    assert (reading.exposure_s, reading.aperture, reading.iso, reading.flash_fired) == (0.004, 2.8, 200, True)
    assert (reading.focal_length_mm, reading.focal_length_35mm, reading.lens, reading.serial) == (
        35,
        52,
        "35mm f/2",
        "S-77",
    )


def test_a_flash_that_did_not_fire_is_not_an_absent_one(tmp_path: Path):
    silent = read_bytes(tmp_path, jpeg(app_exif(drawing.tiff(exif={0x9209: numbers(3, 16)}))))
    assert silent.flash_fired is False
    assert read_bytes(tmp_path, jpeg()).flash_fired is None


def test_a_focal_length_of_zero_is_not_known(tmp_path: Path):
    reading = read_bytes(
        tmp_path, jpeg(app_exif(drawing.tiff(exif={0x920A: ratios(0), 0x829D: ratios((0, 0))})))
    )
    assert (reading.focal_length_mm, reading.aperture) == (None, None)


def test_a_negative_gimbal_yaw_becomes_a_direction_and_stays_in_the_drones_words(tmp_path: Path):
    reading = of_xmp(
        tmp_path,
        drone_dji__GimbalYawDegree="-127.10",
        drone_dji__GimbalPitchDegree="-30.00",
        drone_dji__FlightYawDegree="+10.0",
        drone_dji__RelativeAltitude="+52.30",
        drone_dji__AbsoluteAltitude="+120.5",
    )
    assert reading.direction is not None
    assert (reading.direction.degrees, reading.direction.reference) == (232.9, None)
    assert reading.drone is not None
    assert (reading.drone.gimbal_yaw_deg, reading.drone.gimbal_pitch_deg, reading.drone.flight_yaw_deg) == (
        -127.1,
        -30,
        10,
    )
    assert (reading.drone.relative_altitude_m, reading.altitude_m) == (52.3, 120.5)
    spoken = [(said.tag, said.raw) for said in reading.statements if said.fact == "direction_deg"]
    assert len(spoken) == 1
    assert "GimbalYawDegree" in spoken[0][0]
    assert spoken[0][1] == "-127.10"


def test_a_gimbal_of_all_zeros_is_not_known(tmp_path: Path):
    reading = of_xmp(
        tmp_path,
        drone_dji__GimbalYawDegree="+0.00",
        drone_dji__GimbalPitchDegree="+0.00",
        drone_dji__GimbalRollDegree="+0.00",
        drone_dji__FlightYawDegree="+10.0",
    )
    assert reading.direction is None
    assert reading.drone is not None
    assert reading.drone.gimbal_yaw_deg is None
    assert "gimbal_unknown" in codes(reading)


def test_a_gimbal_that_looks_north_but_down_is_known(tmp_path: Path):
    reading = of_xmp(tmp_path, drone_dji__GimbalYawDegree="+0.00", drone_dji__GimbalPitchDegree="-90.00")
    assert reading.direction is not None
    assert reading.direction.degrees == 0
