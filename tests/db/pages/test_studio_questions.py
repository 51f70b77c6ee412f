"""What the form asks the server while a person types."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.db.making import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> Client:
    client = Client()
    client.force_login(a_user())
    return client


@pytest.mark.parametrize(
    ("text", "span", "edtf"),
    [
        ("1923", "1 January 1923 – 31 December 1923", "1923"),
        ("about 1923", "1 January 1918 – 31 December 1928, about", "1923~"),
        ("12 June 2019?", "12 June 2019, uncertain", "2019-06-12?"),
        ("before 1950", "no earliest date – 31 December 1949", "../1949"),
        ("2019-06-12T14:30", "12 June 2019, 14:30:00 – 12 June 2019, 14:30:59", "2019-06-12T14:30"),
    ],
)
def test_a_date_is_read_back_with_its_first_and_last_day(curator, text, span, edtf):
    said = curator.get(reverse("studio-ask-date"), {"text": text}).json()
    assert (said["span"], said["edtf"]) == (span, edtf)


def test_a_date_that_can_be_read_in_two_ways_says_what_to_write(curator):
    said = curator.get(reverse("studio-ask-date"), {"text": "03/04/2019"}).json()
    assert "does not say which is the month" in said["error"]


def test_coordinates_are_read_back_in_degrees_minutes_and_seconds(curator):
    said = curator.get(reverse("studio-ask-place"), {"text": "geo:40.1,124.38;u=35"}).json()
    assert (said["latitude"], said["longitude"], said["radius_m"]) == (40.1, 124.38, 35.0)
    assert said["words"].startswith("40°06′00.0″ N")


def test_words_that_are_no_coordinates_say_what_to_write(curator):
    said = curator.get(reverse("studio-ask-place"), {"text": "Sinuiju"}).json()
    assert "not two coordinates" in said["error"]


def test_a_town_is_found_by_the_beginning_of_its_name(curator):
    towns = curator.get(reverse("studio-ask-towns"), {"q": "sinuij"}).json()["towns"]
    assert towns[0]["label"].startswith("Sinŭiju")
    assert 39 < towns[0]["latitude"] < 41


def test_a_preview_is_cleaned_as_the_photo_s_page_is(curator):
    page = curator.post(reverse("studio-preview"), {"text": "**bold** <script>alert(1)</script>"})
    assert "<strong>bold</strong>" in page.content.decode()
    assert "<script" not in page.content.decode()
