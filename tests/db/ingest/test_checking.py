"""Photos are checked in the background after they arrive."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from archive.checks.models import Finding, Outcome
from archive.custody.chain import Kind, actor_of, record
from archive.evidence.claims import claim_place
from archive.evidence.models import Series, SeriesPhoto
from archive.ingest import checking, queue, tasks
from archive.ingest.models import FileState
from archive.ingest.worker import Worker
from archive.pages.checked_after import checked_after
from archive.values.place import Place
from tests.db.making import a_collection, a_photo, a_user
from tests.pictures import a_jpeg, exif_of

CHECKS = {"task_path": tasks.check_photos.module_path}


def test_a_photo_is_checked_after_it_was_stored(desk):
    file = desk.take(
        "a.jpg", a_jpeg(exif=exif_of(taken="2019:06:12 14:03:05", latitude=51.5, longitude=-0.125))
    )
    assert file.state == FileState.STORED
    dates = Finding.objects.get(photo=file.photo, check_code="date_chain")
    assert dates.outcome == Outcome.FITS


def test_its_outcome_does_not_wait_for_the_checks(desk):
    file = desk.bring("a.jpg", a_jpeg())
    assert Worker(concurrency=1)._one()
    file.refresh_from_db()
    assert file.state == FileState.STORED
    assert not Finding.objects.exists()
    assert DBTaskResult.objects.get(**CHECKS).status == TaskResultStatus.READY


def test_files_that_people_wait_for_go_before_checks(desk):
    desk.bring("a.jpg", a_jpeg())
    Worker(concurrency=1)._one()
    desk.bring("b.jpg", a_jpeg(size=(90, 60)))
    assert queue.claim("somebody").task_path == tasks.take_in_file.module_path


@pytest.mark.django_db
def test_many_photos_are_checked_in_tasks_of_a_few():
    tasks.queue_checks(range(45))
    sizes = sorted(len(row.args_kwargs["args"][0]) for row in DBTaskResult.objects.filter(**CHECKS))
    assert sizes == [5, 20, 20]


@pytest.mark.django_db
def test_a_members_change_has_the_photo_checked_again():
    user = a_user()
    photo, other = a_photo(a_collection(by=user)), a_photo()
    series = Series.objects.create(collection=photo.collection, title="A post")
    SeriesPhoto.objects.create(series=series, photo=photo, position=0)
    before = checking.mark()
    with transaction.atomic():
        record(chain=series.public_id, kind=Kind.CLAIM_MADE, actor=actor_of(user.pk), detail={})
    checking.queue_since(before)
    claim_place(photo=other, by=user, place=Place(1.0, 2.0))
    checking.queue_since(before)
    queued = [row.args_kwargs["args"][0] for row in DBTaskResult.objects.filter(**CHECKS)]
    assert sorted(queued) == sorted([[photo.pk], [photo.pk, other.pk]])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "queued"),
    [("POST", "/studio/", 1), ("GET", "/studio/", 0), ("POST", "/api/deposits/", 0)],
)
def test_a_members_post_queues_what_it_changed(rf, method, path, queued):
    user, photo = a_user(), a_photo()
    request = rf.generic(method, path)
    request.user = user

    def page(_request):
        claim_place(photo=photo, by=user, place=Place(1.0, 2.0))
        return HttpResponse()

    checked_after(page)(request)
    assert DBTaskResult.objects.filter(**CHECKS).count() == queued


def test_the_middleware_is_set_after_the_member_is_known():
    order = settings.MIDDLEWARE
    member = order.index("django.contrib.auth.middleware.AuthenticationMiddleware")
    assert order.index("archive.pages.checked_after.checked_after") > member


@pytest.mark.django_db
def test_a_photo_that_was_removed_meanwhile_stops_nothing():
    photo = a_photo()
    tasks.check_photos.func([photo.pk + 1000, photo.pk])
    assert Finding.objects.filter(photo=photo).exists()
