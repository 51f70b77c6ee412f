"""Claims and verdicts in short, for tests of the rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from archive.evidence.values import CivilTime, Judged, Said, Text
from archive.evidence.vocabulary import Judgement
from archive.values.moment import Moment
from archive.values.place import Place
from archive.values.settled import Basis, Facet

SEOUL = Place(37.5665, 126.978, 10)
LONDON = Place(51.5, 0.0)
LIMA = Place(-12.05, -77.05, 100)
ANN, BEN, CAT = 1, 2, 3

_verdicts = count(1)


def zone_of(latitude: float, longitude: float) -> str | None:
    if longitude > 100:
        return "Asia/Seoul"
    return "Etc/GMT" if longitude < -20 else "Europe/London"


def says(number, value, *verdicts, facet=Facet.CAMERA_PLACE, source=None, basis=Basis.PERSON, **more) -> Said:
    """A person's claim; each has a source of its own unless told otherwise."""
    return Said(
        number,
        facet,
        basis,
        value,
        source=number if source is None else source,
        verdicts=tuple(verdicts),
        **more,
    )


def judged(reviewer: int, judgement: Judgement) -> Judged:
    return Judged(next(_verdicts), reviewer, judgement)


places = st.builds(Place, st.floats(-85, 85), st.floats(-180, 180), st.none() | st.floats(0, 5e5))
moments = st.builds(
    lambda start, days: CivilTime(Moment(start, start + timedelta(days=days)), "x"),
    st.datetimes(datetime(1850, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    st.integers(0, 4000),
)
texts = st.sampled_from(["XiaoHao", "u/XiaoHao2", "a passer-by"]).map(Text)
judgements = st.sampled_from([one for one in Judgement if one is not Judgement.WITHDRAWN])
FACETS = {Facet.CAMERA_PLACE: places, Facet.SUBJECT_PLACE: places, Facet.TIME: moments, Facet.AUTHOR: texts}


@st.composite
def cases(draw, facets=tuple(FACETS), least=0, most=5):
    """Claims on several questions, with corrections, withdrawals, derivations and verdicts."""
    claims: list[Said] = []
    for number in range(1, draw(st.integers(least, most)) + 1):
        facet = draw(st.sampled_from(facets))
        same = [one.claim for one in claims if one.facet is facet]
        before = [one.claim for one in claims]
        reviewers = draw(st.lists(st.sampled_from([ANN, BEN, CAT]), unique=True, max_size=2))
        claims.append(
            Said(
                number,
                facet,
                draw(st.sampled_from(Basis)),
                draw(FACETS[facet] if draw(st.integers(0, 5)) else st.none()),
                supersedes=draw(st.none() | st.none() | st.sampled_from(same)) if same else None,
                source=draw(st.integers(1, 4)),
                independent=draw(st.booleans()),
                bases=tuple(draw(st.lists(st.sampled_from(before), unique=True, max_size=2)))
                if before
                else (),
                verdicts=tuple(judged(reviewer, draw(judgements)) for reviewer in reviewers),
            )
        )
    return claims
