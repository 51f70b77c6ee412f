from __future__ import annotations

from archive.checks.facts import StatedDistance, StatedPoint
from archive.checks.models import Outcome
from archive.checks.stated_distance import CHECK
from archive.values.place import Place
from archive.values.readership import Readership
from archive.values.settled import Facet
from archive.values.shapes import Candidate, Relating, Relation
from tests.unit.checks.making import some_facts, the_result, told

SINUIJU = Place(40.1006, 124.3981, 1500.0)
PYONGYANG = Place(39.0194, 125.7381, 1500.0)
TOWNS = ("Sinuiju", "Uiju", "Manpo", "Hyesan", "Musan", "Hoeryong", "Namyang")


def within(metres: float, *names: str, readership=Readership.PUBLIC) -> StatedDistance:
    candidates = tuple(Candidate(name, SINUIJU, 1000.0) for name in names)
    relation = Relation(
        Relating.WITHIN, metres, "border:KP-CN", "the border of North Korea and China", candidates, "towns"
    )
    return StatedDistance(3, Facet.SUBJECT_PLACE, relation, "around two kilometres", readership)


def held_against(place: Place, metres: float = 5000.0, facet=Facet.SUBJECT_PLACE):
    point = StatedPoint(4, facet, place, Readership.PUBLIC)
    return the_result(CHECK, some_facts(distances=(within(metres, *TOWNS),), points=(point,)))


def test_a_town_on_the_river_is_within_five_kilometres_of_the_border():
    result = held_against(SINUIJU)
    assert result.outcome == Outcome.FITS
    assert "7 towns fit these words: Sinuiju, Uiju" in told(CHECK, result)


def test_the_capital_is_not():
    result = held_against(PYONGYANG)
    assert result.outcome == Outcome.DOES_NOT_FIT
    assert result.magnitude > 100_000


def test_a_distance_within_the_doubt_of_the_place_does_not_tell():
    assert held_against(SINUIJU, metres=1000.0).outcome == Outcome.CANNOT_TELL


def test_without_a_place_the_words_alone_tell_how_many_towns_they_fit():
    result = the_result(CHECK, some_facts(distances=(within(2000.0, *TOWNS),)))
    assert result.outcome == Outcome.CANNOT_TELL
    assert "The words alone do not tell which" in told(CHECK, result)


def test_where_the_camera_was_is_not_held_against_words_about_the_subject():
    assert held_against(PYONGYANG, facet=Facet.CAMERA_PLACE).facts["case"] == "alone"


def test_words_for_members_make_the_finding_theirs():
    stated = within(2000.0, readership=Readership.MEMBERS)
    assert the_result(CHECK, some_facts(distances=(stated,))).readership == Readership.MEMBERS
