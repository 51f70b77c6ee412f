from __future__ import annotations

import pytest

from archive.catalogue.models import Photo, Role
from archive.evidence.models import Claim
from archive.ingest import arrivals, recipe
from archive.ingest.errors import NotYet
from archive.ingest.models import FileState
from tests.pictures import a_jpeg, a_sidecar, exif_of

SIDECAR_LATITUDE = 51.5


def latitude_of(photo: Photo) -> float | None:
    photo.refresh_from_db()
    parts = photo.settled_place.get("parts")
    return parts[0]["latitude"] if parts else None


@pytest.mark.parametrize("name", ["img.xmp", "img.jpg.xmp", "IMG.XMP"])
@pytest.mark.parametrize("sidecar_first", [True, False])
def test_a_sidecar_joins_its_photo_in_whichever_order_they_arrive(desk, name, sidecar_first):
    arriving = [("img.jpg", a_jpeg()), (name, a_sidecar())]
    for pair in reversed(arriving) if sidecar_first else arriving:
        desk.bring(*pair)
    desk.finish()
    photo = Photo.objects.get()
    assert latitude_of(photo) == pytest.approx(SIDECAR_LATITUDE)
    assert sorted(photo.files.values_list("role", flat=True)) == ["primary", "sidecar"]
    states = set(desk.deposit.files.values_list("state", flat=True))
    assert states <= {FileState.STORED, FileState.UPDATED}


def test_a_sidecar_that_comes_after_the_photo_was_stored_proposes_anew(desk):
    photo = desk.take("img.jpg", a_jpeg(exif=exif_of(latitude=10.0, longitude=20.0))).photo
    assert latitude_of(photo) == pytest.approx(10.0)
    sidecar = desk.take("img.xmp", a_sidecar(title="Harbour"))
    assert sidecar.state == FileState.UPDATED
    assert sidecar.photo == photo
    photo.refresh_from_db()
    assert photo.title == "Harbour"
    assert photo.settled_place["parts"]
    assert Claim.objects.filter(photo=photo, facet="camera_place").exists()


def test_the_same_sidecar_again_is_a_duplicate(desk):
    sidecar = a_sidecar()
    desk.take("img.jpg", a_jpeg())
    desk.take("img.xmp", sidecar)
    again = desk.take("img.jpg.xmp", sidecar)
    assert again.state == FileState.DUPLICATE
    assert Photo.objects.get().files.filter(role=Role.SIDECAR).count() == 1


def test_a_sidecar_alone_is_refused_and_taken_when_its_photo_comes(desk):
    sidecar = desk.take("img.xmp", a_sidecar())
    assert sidecar.state == FileState.REFUSED
    assert "together with its photo" in sidecar.reason
    photo = desk.take("img.jpg", a_jpeg()).photo
    sidecar.refresh_from_db()
    assert (sidecar.state, sidecar.photo, sidecar.reason) == (FileState.STORED, photo, "")
    assert latitude_of(photo) == pytest.approx(SIDECAR_LATITUDE)


def test_a_sidecar_waits_for_a_photo_that_is_still_being_sent(desk):
    arrivals.announce_one(deposit=desk.deposit, name="img.jpg", byte_count=10)
    sidecar = desk.bring("img.xmp", a_sidecar())
    with pytest.raises(NotYet):
        recipe.take_in(sidecar.pk)
    sidecar.refresh_from_db()
    assert sidecar.state == FileState.WAITING


def test_a_sidecar_of_a_duplicate_still_updates_the_photo_that_is_here(desk):
    data = a_jpeg()
    photo = desk.take("first.jpg", data).photo
    desk.bring("img.jpg", data)
    sidecar = desk.take("img.xmp", a_sidecar())
    assert (sidecar.state, sidecar.photo) == (FileState.UPDATED, photo)
    assert latitude_of(photo) == pytest.approx(SIDECAR_LATITUDE)


def test_a_short_sidecar_name_belongs_to_the_first_of_two_pictures(desk):
    first, second = desk.bring("img.jpg", a_jpeg()), desk.bring("img.tif.jpg", a_jpeg())
    other = desk.bring("img.png", a_jpeg())
    sidecar = desk.take("img.xmp", a_sidecar())
    for file in (first, second, other):
        file.refresh_from_db()
    assert sidecar.photo == first.photo
    assert latitude_of(other.photo) is None


def test_a_sidecar_in_another_folder_is_not_taken(desk):
    desk.bring("a/img.jpg", a_jpeg())
    assert desk.take("b/img.xmp", a_sidecar()).state == FileState.REFUSED


@pytest.mark.parametrize(("name", "role"), [("box/x_back.jpg", "back"), ("box/X-negative.jpg", "negative")])
@pytest.mark.parametrize("photo_first", [True, False])
def test_a_role_word_makes_a_further_file_of_the_photo(desk, name, role, photo_first):
    arrivals.announce(deposit=desk.deposit, files=[])
    primary, further = ("box/x.jpg", a_jpeg()), (name, a_jpeg())
    if not photo_first:
        arrivals.announce_one(deposit=desk.deposit, name=primary[0], byte_count=len(primary[1]))
    files = [desk.bring(*pair) for pair in ((primary, further) if photo_first else (further, primary))]
    desk.finish()
    photo = Photo.objects.get()
    assert sorted(photo.files.values_list("role", flat=True)) == sorted(["primary", role])
    for file in files:
        file.refresh_from_db()
        assert file.photo == photo


def test_a_role_word_without_a_photo_is_a_photo_of_its_own(desk):
    file = desk.take("x_back.jpg", a_jpeg())
    assert file.state == FileState.STORED
    assert file.photo.files.get().role == Role.PRIMARY


def test_a_further_file_makes_no_claims(desk):
    desk.bring("x.jpg", a_jpeg())
    desk.take("x_back.jpg", a_jpeg(exif=exif_of(latitude=1.0, longitude=2.0)))
    assert latitude_of(Photo.objects.get()) is None


def test_words_that_are_no_xml_become_a_problem_not_a_failure(desk):
    desk.bring("img.jpg", a_jpeg())
    sidecar = desk.take("img.xmp", b"<not really xml")
    assert sidecar.state in {FileState.STORED, FileState.UPDATED}
    assert Photo.objects.get().files.get(role=Role.PRIMARY).reading["problems"]
