from __future__ import annotations

from pathlib import Path

import pytest

from archive.metadata import Reading, Standing
from tests.unit import drawing
from tests.unit.drawing import NOTHING, at_gps, codes, ratios, raw, text

BERLIN = at_gps((52, 31, 12.5), (13, 24, 18))


def of_gps(folder: Path, gps: dict[int, drawing.Entry], **options: object) -> Reading:
    return drawing.read_bytes(folder, drawing.jpeg(drawing.app_exif(drawing.tiff(gps=gps, **options))))


def of_xmp(folder: Path, **attributes: str) -> Reading:
    return drawing.read_bytes(folder, drawing.jpeg(drawing.app_xmp(drawing.xmp(**attributes))))


def position(reading: Reading) -> tuple[float, float] | None:
    return (reading.place.latitude, reading.place.longitude) if reading.place else None


def test_degrees_minutes_and_seconds_add_up(tmp_path: Path):
    assert position(of_gps(tmp_path, BERLIN)) == pytest.approx((52.5201388888, 13.405), abs=1e-7)


def test_south_and_west_are_negative(tmp_path: Path):
    reading = of_gps(tmp_path, at_gps((33, 55, 3), (70, 39, 1), "S", "W"))
    assert position(reading) == pytest.approx((-33.9175, -70.650277777), abs=1e-7)


def test_fractional_minutes_are_read(tmp_path: Path):
    assert position(of_gps(tmp_path, at_gps((10, 30.5, 0), (20, 0, 0)))) == pytest.approx((10.508333333, 20))


def test_seconds_of_zero_by_zero_count_as_none(tmp_path: Path):
    assert position(of_gps(tmp_path, at_gps((52, 31, NOTHING), (13, 24, NOTHING)))) == pytest.approx(
        (52.5166666, 13.4)
    )


@pytest.mark.parametrize("latitude", [(NOTHING, 31, 12), (52, NOTHING, 12), ((1, 0), 0, 0)])
def test_degrees_or_minutes_of_zero_by_zero_are_a_problem(tmp_path: Path, latitude: tuple[object, ...]):
    reading = of_gps(tmp_path, at_gps(latitude, (13, 24, 18)))
    assert reading.place is None
    assert "gps_unreadable" in codes(reading)
    assert reading.standing("place") is Standing.UNREADABLE


@pytest.mark.parametrize("latitude", [(213, 38, 24), (4294967295, 0, 0), (91, 0, 0)])
def test_a_latitude_beyond_the_pole_is_a_problem_and_no_value(tmp_path: Path, latitude: tuple[int, ...]):
    reading = of_gps(tmp_path, at_gps(latitude, (13, 24, 18)))
    assert reading.place is None
    assert "gps_out_of_range" in codes(reading)


def test_a_longitude_beyond_the_antimeridian_is_a_problem(tmp_path: Path):
    assert codes(of_gps(tmp_path, at_gps((52, 0, 0), (180, 0, 1)))) == {"gps_out_of_range"}


def test_without_a_reference_no_hemisphere_is_guessed(tmp_path: Path):
    gps = {tag: entry for tag, entry in BERLIN.items() if tag != 3}
    reading = of_gps(tmp_path, gps)
    assert reading.place is None
    assert "gps_no_reference" in codes(reading)
    assert any(s.fact == "longitude" and s.raw == "[13, 24, 18]" for s in reading.statements)


def test_one_coordinate_alone_is_no_place(tmp_path: Path):
    reading = of_gps(tmp_path, {1: text("N"), 2: ratios(52, 31, 12)})
    assert (reading.place, codes(reading)) == (None, {"gps_incomplete"})


def test_exactly_zero_is_a_place(tmp_path: Path):
    reading = of_gps(tmp_path, at_gps((0, 0, 0), (9, 27, 0)))
    assert position(reading) == pytest.approx((0.0, 9.45))
    assert not reading.problems


def test_zero_zero_with_nothing_else_is_a_value_and_null_island(tmp_path: Path):
    reading = of_gps(tmp_path, at_gps((0, 0, 0), (0, 0, 0)))
    assert position(reading) == (0.0, 0.0)
    assert codes(reading) == {"gps_null_island"}


def test_zero_zero_with_a_fix_is_believed(tmp_path: Path):
    reading = of_gps(tmp_path, at_gps((0, 0, 0), (0, 0, 0)) | {0x1D: text("2020:06:01"), 7: ratios(3, 4, 5)})
    assert position(reading) == (0.0, 0.0)
    assert not reading.problems


@pytest.mark.parametrize(
    ("written", "degrees"),
    [
        ("52,00000,50,00000,34,01180", 52.842781),
        ("52.5", 52.5),
        ("52 30 36", 52.51),
        ("52 deg 30' 36.0\"", 52.51),
    ],
)
def test_degrees_written_as_text_are_read(tmp_path: Path, written: str, degrees: float):
    reading = of_gps(tmp_path, BERLIN | {2: text(written)})
    assert reading.place is not None
    assert reading.place.latitude == pytest.approx(degrees, abs=1e-5)


def test_a_signed_pointer_leads_to_the_gps_tags(tmp_path: Path):
    assert of_gps(tmp_path, BERLIN, pointer=drawing.SLONG).place is not None


def test_the_error_that_the_decoder_has_no_name_for_is_the_accuracy(tmp_path: Path):
    reading = of_gps(tmp_path, BERLIN | {0x1F: ratios(65)})
    assert reading.place is not None
    assert reading.place.radius_m == 65


def test_an_infinite_accuracy_is_a_problem_and_leaves_the_place(tmp_path: Path):
    reading = of_gps(tmp_path, BERLIN | {0x1F: ratios((5, 0))})
    assert reading.place is not None
    assert reading.place.radius_m is None
    assert codes(reading) == {"accuracy_unreadable"}


@pytest.mark.parametrize(("reference", "metres"), [(0, 34.5), (1, -34.5), (2, 34.5), (3, -34.5)])
def test_altitude_below_the_sea_is_negative(tmp_path: Path, reference: int, metres: float):
    reading = of_gps(tmp_path, {5: raw(bytes([reference]), drawing.BYTE), 6: ratios(34.5)})
    assert reading.altitude_m == pytest.approx(metres)


@pytest.mark.parametrize("altitude", [(4294967284, 1), (10_000_000, 1)])
def test_an_altitude_off_the_earth_is_a_problem(tmp_path: Path, altitude: tuple[int, int]):
    reading = of_gps(tmp_path, {6: ratios(altitude)})
    assert (reading.altitude_m, codes(reading)) == (None, {"altitude_out_of_range"})


def test_ten_kilometres_below_the_sea_is_a_problem(tmp_path: Path):
    reading = of_gps(tmp_path, {5: raw(b"\1", drawing.BYTE), 6: ratios(10_000)})
    assert (reading.altitude_m, codes(reading)) == (None, {"altitude_out_of_range"})


def test_an_altitude_of_zero_by_zero_is_a_problem(tmp_path: Path):
    assert codes(of_gps(tmp_path, {6: ratios(NOTHING)})) == {"altitude_unreadable"}


@pytest.mark.parametrize(("letter", "reference"), [("T", "T"), ("M", "M"), ("?", None)])
def test_direction_keeps_its_reference(tmp_path: Path, letter: str, reference: str | None):
    reading = of_gps(tmp_path, {0x10: text(letter), 0x11: ratios(124.25)})
    assert reading.direction is not None
    assert (reading.direction.degrees, reading.direction.reference) == (124.25, reference)


def test_a_full_circle_is_north(tmp_path: Path):
    reading = of_gps(tmp_path, {0x11: ratios(360)})
    assert reading.direction is not None
    assert reading.direction.degrees == 0


@pytest.mark.parametrize(
    ("value", "code"), [((400, 1), "direction_out_of_range"), (NOTHING, "direction_unreadable")]
)
def test_an_impossible_direction_is_a_problem(tmp_path: Path, value: tuple[int, int], code: str):
    reading = of_gps(tmp_path, {0x11: ratios(value)})
    assert (reading.direction, codes(reading)) == (None, {code})


def test_another_datum_is_told(tmp_path: Path):
    reading = of_gps(tmp_path, BERLIN | {0x12: text("TOKYO")})
    assert reading.place is not None
    assert codes(reading) == {"gps_datum"}


def test_xmp_speaks_where_exif_is_silent(tmp_path: Path):
    reading = of_xmp(
        tmp_path,
        exif__GPSLatitude="36,26,54N",
        exif__GPSLongitude="116,51.3W",
        exif__GPSAltitude="1428/100",
        exif__GPSAltitudeRef="1",
    )
    assert position(reading) == pytest.approx((36.448333333, -116.855))
    assert reading.altitude_m == pytest.approx(-14.28)


def test_xmp_with_the_reference_beside_the_number(tmp_path: Path):
    reading = of_xmp(
        tmp_path,
        exif__GPSLatitude="33.4518558",
        exif__GPSLatitudeRef="S",
        exif__GPSLongitude="70.6504661",
        exif__GPSLongitudeRef="W",
    )
    assert position(reading) == (-33.4518558, -70.6504661)


def test_a_positive_number_in_xmp_does_not_say_its_hemisphere(tmp_path: Path):
    reading = of_xmp(tmp_path, exif__GPSLatitude="33.45", exif__GPSLongitude="-70.65")
    assert (reading.place, codes(reading)) == (None, {"gps_no_reference"})


def test_minus_signs_in_xmp_do(tmp_path: Path):
    assert position(of_xmp(tmp_path, exif__GPSLatitude="-33.45", exif__GPSLongitude="-70.65")) == (
        -33.45,
        -70.65,
    )


@pytest.mark.parametrize("spelling", ["GpsLongitude", "GpsLongtitude", "Longitude"])
def test_a_drones_own_tags_are_the_last_resort(tmp_path: Path, spelling: str):
    reading = of_xmp(tmp_path, **{"drone_dji__GpsLatitude": "+46.84", f"drone_dji__{spelling}": "-91.99"})
    assert position(reading) == (46.84, -91.99)


def test_exif_goes_before_xmp_and_both_are_kept(tmp_path: Path):
    packet = drawing.xmp(exif__GPSLatitude="1,0N", exif__GPSLongitude="2,0E")
    reading = drawing.read_bytes(
        tmp_path, drawing.jpeg(drawing.app_xmp(packet), drawing.app_exif(drawing.tiff(gps=BERLIN)))
    )
    assert position(reading) == pytest.approx((52.5201388888, 13.405))
    assert [s.tag for s in reading.statements if s.fact == "latitude"] == [
        "GPS GPSLatitude",
        "XMP exif:GPSLatitude",
    ]


def test_a_file_without_gps_is_absent_not_unreadable(tmp_path: Path):
    reading = drawing.read_bytes(tmp_path, drawing.jpeg())
    assert reading.standing("place") is Standing.ABSENT
    assert reading.standing("altitude_m") is Standing.ABSENT
