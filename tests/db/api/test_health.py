from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_living_process_says_so(client):
    assert client.get(reverse("health-live")).json() == {"status": "ok"}


def test_ready_means_database_and_storage(client):
    answer = client.get(reverse("health-ready"))
    assert (answer.status_code, answer.json()["database"], answer.json()["storage"]) == (200, "ok", "ok")


def test_a_data_folder_that_cannot_be_written_is_not_ready(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"
    answer = client.get(reverse("health-ready"))
    assert answer.status_code == 503
    assert "data folder" in answer.json()["storage"]


def test_health_is_never_cached(client):
    assert "no-store" in client.get(reverse("health-live"))["Cache-Control"]
