from __future__ import annotations

import pytest

from archive.catalogue.models import SearchWords
from archive.catalogue.search import fold, matching, tokens, words_of
from archive.values.place import Place
from tests.db.making import a_photo

pytestmark = pytest.mark.django_db


def found(words: str) -> set[int]:
    return set(SearchWords.objects.filter(photo_id__in=matching(words)).values_list("photo_id", flat=True))


@pytest.mark.parametrize(
    ("caption", "asked"),
    [
        ("Café près de l’église", "cafe eglise"),
        ("cafe", "CAFÉ"),
        ("Straße", "strasse"),
        ("북한 신의주 거리", "신의주"),
        ("朝鮮民主主義人民共和国", "民主主義"),
        ("東京", "東"),
        ("lighthouse at dusk", "light"),
        ("Ærøskøbing", "ærøskøbing"),
        ("photo IMG_20200601", "20200601"),
        ("O'Connell's harbour", "connell"),
    ],
)
def test_words_are_found_whatever_accents_case_or_script(caption, asked):
    photo = a_photo(caption=caption)
    a_photo(caption="nothing of the kind")
    assert found(asked) == {photo.pk}


@pytest.mark.parametrize("asked", ["harbour missing", "arbour", "民国", "xyz"])
def test_every_word_must_be_there_and_begin_alike(asked):
    a_photo(caption="harbour 民主主義国")
    assert found(asked) == set()


@pytest.mark.parametrize(
    "asked", ['"', "' OR 1=1", "a* NEAR b", ":*", "&|!()", "\\", "NOT", "-", "\x00", "%"]
)
def test_no_sign_a_person_types_is_taken_as_a_command(asked):
    a_photo(caption="harbour")
    assert found(asked) == set()


def test_title_credit_notes_keywords_and_people_are_searched():
    photo = a_photo(title="one", credit="two", keywords=("three",), people=("four",), identifier="A-5")
    for word in ("one", "two", "three", "four", "a 5"):
        assert found(word) == {photo.pk}


def test_a_place_nearby_is_searched_by_its_name():
    photo = a_photo(place=Place(37.5665, 126.978))
    assert found("seoul") == {photo.pk}
    assert found("korea") == {photo.pk}


def test_folding_and_tokens():
    assert fold("ÉİŁ") == "eił"
    assert list(tokens("ab-cd 東京都")) == ["ab", "cd", "東", "京", "都", "東京", "京都"]
    assert words_of(["a b", "b c"]) == "a b c"


def test_the_words_of_a_photo_are_bounded():
    many = words_of(" ".join(f"word{n}" for n in range(1000)) for _ in range(20))
    assert len(many.split()) == 1000
    assert len(words_of([" ".join(f"w{n}" for n in range(20_000))]).split()) == 8000
