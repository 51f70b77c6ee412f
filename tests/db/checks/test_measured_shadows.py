from __future__ import annotations

from datetime import datetime

import pytest

from archive.access.models import MemberRole
from archive.checks.models import Finding, Outcome
from archive.checks.run import check_photo
from archive.evidence.grounds import record_evidence, withdraw_evidence
from archive.values.readership import Readership
from tests.db.making import a_collection, a_member, a_photo
from tests.unit.checks.shadows import seen

pytestmark = pytest.mark.django_db


def measured(photo, readership=Readership.PUBLIC, **change):
    return record_evidence(
        target=photo,
        by=a_member(photo.collection, MemberRole.CURATOR),
        kind="shadow",
        text="the mast on the quay",
        bearings=[],
        measurement=seen(height=35, azimuth=155, aspect=None).to_json() | change,
        readership=readership,
    )


def findings(photo):
    check_photo(photo)
    return list(Finding.objects.filter(photo=photo, check_code="shadow", replaced_at=None))


def test_each_measured_shadow_is_held_against_the_date():
    photo = a_photo(a_collection(), taken=datetime(2019, 6, 21, 12))
    measured(photo)
    measured(photo, level_ground=False)
    assert [each.outcome for each in findings(photo)] == [Outcome.DOES_NOT_FIT, Outcome.CANNOT_TELL]


def test_the_shape_of_the_picture_comes_from_the_file():
    photo = a_photo(a_collection(), taken=datetime(2019, 6, 21, 12))
    measured(photo, aspect=40.0)
    (finding,) = findings(photo)
    assert finding.facts["ratio"][1] < 3, "40 times as wide as high would stretch the shadow"


def test_a_measurement_for_reviewers_gives_a_finding_for_reviewers():
    photo = a_photo(a_collection())
    measured(photo, readership=Readership.REVIEWERS)
    (finding,) = findings(photo)
    assert finding.readership == Readership.REVIEWERS.value
    assert finding.outcome == Outcome.CANNOT_TELL


def test_a_withdrawn_measurement_is_no_longer_told():
    photo = a_photo(a_collection())
    evidence = measured(photo)
    assert findings(photo)
    withdraw_evidence(evidence=evidence, by=a_member(photo.collection, MemberRole.CURATOR))
    assert findings(photo) == []
