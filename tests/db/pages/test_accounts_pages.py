"""Logging in and out, changing the password, help, and what is shown when something goes wrong."""

from __future__ import annotations

import html

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from archive import urls
from archive.pages.help import KEYS, STATUSES, WORDS
from archive.values.settled import Status
from tests.db.making import a_user

pytestmark = pytest.mark.django_db
WORD = "a long password"


def fail(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def forbid(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [path("fail", fail), path("forbid", forbid), *urls.urlpatterns]


def text_of(answer):
    return html.unescape(answer.content.decode())


def test_a_person_logs_in_and_comes_back_to_where_they_were(client):
    a_user("anna")
    answer = client.post("/accounts/login/", {"username": "anna", "password": WORD, "next": "/help/"})
    assert answer.headers["Location"] == "/help/"
    assert "anna" in text_of(client.get("/help/"))


def test_a_login_never_leads_to_another_site(client):
    a_user("anna")
    answer = client.post(
        "/accounts/login/", {"username": "anna", "password": WORD, "next": "https://example.org/"}
    )
    assert answer.headers["Location"] == "/"


def test_a_wrong_password_is_told_with_what_to_do(client):
    a_user("anna")
    answer = client.post("/accounts/login/", {"username": "anna", "password": "wrong"})
    assert "try again" in text_of(answer)


def test_logging_out_is_a_post_and_ends_on_explore(client):
    client.force_login(a_user())
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").headers["Location"] == "/"


def test_a_password_is_changed_and_the_new_one_holds(client):
    user = a_user("anna")
    client.force_login(user)
    fresh = "another long password"
    answer = client.post(
        "/accounts/password/",
        {"old_password": WORD, "new_password1": fresh, "new_password2": fresh},
        follow=True,
    )
    assert "Your password is changed" in text_of(answer)
    assert Client().login(username="anna", password=fresh)


def test_a_stranger_is_asked_to_log_in_before_changing_a_password(client):
    assert client.get("/accounts/password/").headers["Location"].startswith("/accounts/login/")


def test_help_explains_every_word_status_and_key(client):
    page = text_of(client.get("/help/"))
    assert all(entry.meaning in page for entry in WORDS)
    assert all(entry.meaning in page for entry in STATUSES)
    assert all(entry.does in page for entry in KEYS)


def test_help_knows_every_status_there_is():
    assert {entry.icon for entry in STATUSES} == set(Status)


def test_a_missing_page_says_what_to_do_next(client):
    answer = client.get("/photos/aaaaaaaaaaaaa/")
    assert answer.status_code == 404
    assert "Explore all photos" in text_of(answer)
    assert "Log in to see private collections" in text_of(answer)


@pytest.mark.urls(__name__)
def test_a_forbidden_page_names_the_account_and_who_can_help(client):
    client.force_login(a_user("anna"))
    answer = client.get("/forbid")
    assert answer.status_code == 403
    assert "anna" in text_of(answer)


@pytest.mark.urls(__name__)
def test_a_broken_page_is_shown_without_asking_the_database(client, django_assert_num_queries):
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        answer = client.get("/fail")
    assert answer.status_code == 500
    assert "Something broke on our side" in text_of(answer)


def test_a_foreign_host_gets_a_page_though_nothing_is_known_of_it(client):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "cannot be read" in text_of(answer)


def test_an_expired_form_says_that_nothing_was_changed():
    a_user("anna")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/login/", {"username": "anna", "password": WORD})
    assert answer.status_code == 403
    assert "Nothing was changed" in text_of(answer)


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "500.html"])
def test_pages_for_trouble_need_no_context_at_all(template):
    assert "Whence" in render_to_string(template)
