"""/ asked for a place: the plain form, chips, notes and steps, and the small doors that the tools ask."""

from __future__ import annotations

import html
import re
from datetime import datetime

import pytest

from archive.values.direction import Direction
from archive.values.place import Place
from tests.db.making import a_collection, a_photo

pytestmark = pytest.mark.django_db

NARVA = Place(59.3772, 28.1903, 20.0)
SOUTH = Place(59.3682, 28.1903)  # a kilometre south of it
THEN = datetime(2019, 6, 12, 10, 30)


def shown(client, query="", status=200):
    answer = client.get(f"/{query}")
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def test_what_is_typed_leads_to_the_address_of_what_it_asks_for(client):
    answer = client.get(
        "/?bbox=1,2,3,4&from=2019&near_at=Narva&near_m=5+km&within_at=&sees_at=&sees_m=2+km&view=list"
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/?near=59.3772,28.1903,5000&from=2019&view=list"


def test_what_cannot_be_read_stays_in_its_field_beside_the_reason(client):
    a_photo(taken=THEN)
    page = shown(client, "?from=2019&near_at=Xyzzyville&near_m=5+km&sees_at=54.5,+-3.3&sees_m=90+km", 400)
    assert 'name="near_at" form="filters" value="Xyzzyville"' in page
    assert 'name="near_m" form="filters" value="5 km"' in page
    assert 'name="sees_m" form="filters" value="90 km"' in page
    assert page.count('aria-invalid="true"') == 2
    assert "No town of this name is known here." in page
    assert "at most 50000" in page
    assert '<details class="menu chip place-menu" data-menu open>' in page
    assert '<h1 class="headline-count">1 photo</h1>' in page  # the other filters hold
    assert 'name="from" value="2019"' in page


def test_towns_of_one_name_are_offered_each_with_the_whole_view(client):
    page = shown(client, "?from=2019&near_at=Springfield&near_m=5+km", 400)
    offered = re.findall(r'<li><a href="(/\?near=[^"]*)">Springfield, ', page)
    assert len(offered) > 1
    assert all(address.endswith(",5000&from=2019") for address in offered)


def test_chips_name_a_place_and_each_removes_its_own(client):
    asked = "near=59.3772,28.1903,2000&within=59,28;60,28;60,29&sees=59.37,28.19"
    page = shown(client, f"?{asked}")
    chips = dict(re.findall(r'<a class="chip active" href="([^"]*)"[^>]*aria-label="Remove ([^"]*)"', page))
    assert chips == {
        "/?within=59,28;60,28;60,29&sees=59.37,28.19": "within 2 km of Narva, Estonia",
        "/?near=59.3772,28.1903,2000&sees=59.37,28.19": "in the drawn area",
        "/?near=59.3772,28.1903,2000&within=59,28;60,28;60,29": "looking at 59.37, 28.19",
    }


def test_the_form_holds_the_place_that_is_asked_for_and_sending_it_again_changes_nothing(client):
    page = shown(client, "?near=59.3772,28.1903,2000&within=59,28;60,28;60,29&sees=59.37,28.19,5000")
    fields = dict(re.findall(r'name="(\w+_(?:at|m))" form="filters" value="([^"]*)"', page))
    corners = re.search(r'<textarea id="within-at"[^>]*>([^<]*)</textarea>', page)
    assert corners
    again = client.get("/", {**fields, "within_at": corners[1]})
    assert again.headers["Location"] == (
        "/?near=59.3772,28.1903,2000&within=59,28;60,28;60,29&sees=59.37,28.19,5000"
    )


def test_a_point_looked_at_tells_how_many_could_tell_and_that_nobody_checked_the_way(client):
    town = a_collection()
    a_photo(town, place=SOUTH, direction=Direction(0.0, "T", 60.0))
    a_photo(town, place=SOUTH, direction=Direction(180.0, "T", 60.0))
    a_photo(town, place=SOUTH)
    page = shown(client, "?sees=59.3772,28.1903")
    assert "1 photo looks at this point; 2 of 3 photos taken within 2 km say which way they looked." in page
    assert "Nobody has checked whether something stands in the way." in page
    page = shown(client, "?sees=59.3772,28.1903&sure=possibly")
    assert "1 photo looks or might look at this point" in page
    assert "stands in the way.</p>" not in shown(client)


def test_downloads_views_and_years_keep_the_place_and_say_how_many(client):
    town = a_collection(slug="quay")
    a_photo(town, place=NARVA, taken=THEN)
    a_photo(town, place=NARVA, taken=datetime(2020, 1, 2))
    a_photo(town, taken=THEN)
    asked = "near=59.3772,28.1903,2000&collection=quay"
    page = shown(client, f"?{asked}")
    assert f'href="/api/photos.csv?{asked}"' in page
    assert f'href="/?{asked}&view=table"' in page
    assert '<span class="total-count">2 photos</span>' in page
    year = "/?near=59.3772,28.1903,2000&from=2019&to=2019&collection=quay"
    assert re.search(rf'href="{re.escape(year)}"[^>]*><span>2019</span><span class="count">1</span>', page)
    chosen = shown(client, "?from=2019&to=2019&collection=quay")
    assert re.search(r'href="/\?collection=quay"[^>]*aria-current="true"><span>2019</span>', chosen)


def test_the_map_opens_where_the_place_is(client):
    page = shown(client, "?near=59.3772,28.1903,2000")
    area = re.search(r'<photo-map[^>]* area="([^"]+)"', page)
    assert area
    west, south, east, north = map(float, area[1].split(","))
    assert (west < 28.15, east > 28.22) == (True, True)
    assert (south < 59.36, north > 59.39) == (True, True)


def test_suggestions_name_towns_and_read_coordinates_for_anybody(client):
    found = client.get("/ask/places/", {"q": "narva, est"}).json()
    assert found["towns"][0] == {"label": "Narva, Estonia", "latitude": 59.3772, "longitude": 28.1903}
    read = client.get("/ask/places/", {"q": "59°22′38″N 28°11′25″E"}).json()
    assert read["towns"][0]["label"].endswith(" · Narva, Estonia")
    wrong = client.get("/ask/places/", {"q": "95, 10"}).json()
    assert wrong["towns"] == []
    assert "beyond 90" in wrong["error"]
    assert client.post("/ask/places/").status_code == 405


def test_the_tools_read_and_name_places_through_doors_of_their_own(client):
    typed = client.get("/ask/typed-place/", {"sees_at": "39.0392 125.7531", "sees_m": "5 km"}).json()
    assert typed == {"changes": {"sees": "39.0392,125.7531,5000"}, "errors": {}, "choices": []}
    several = client.get("/ask/typed-place/", {"near_at": "Springfield"}).json()
    assert list(several["errors"]) == ["near_at"]
    assert len(several["choices"]) > 1
    words = client.get("/ask/place-words/?near=59.3772,28.1903,2000&q=mill").json()
    assert words == {"near": "within 2 km of Narva, Estonia"}
    assert client.get("/ask/place-words/?near=1,2").status_code == 400
