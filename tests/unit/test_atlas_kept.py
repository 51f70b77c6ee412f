"""An answer is worked out once for as long as nothing changes, and never handed to another viewer."""

from __future__ import annotations

import numpy as np
import pytest

from archive.access.rights import Scope
from archive.atlas.columns import kept
from archive.atlas.columns.rows import Profiles, View
from archive.values.selection import Selection

PUBLIC = Scope(frozenset(), frozenset({1, 2}))
MEMBER = Scope(frozenset({2}), frozenset({1}))


@pytest.fixture
def worked_out(monkeypatch):
    """Stand in for the engine; lists what it was asked."""
    asked: list[object] = []

    def answer(*question, **how):
        asked.append((question, tuple(how.items())))
        return len(asked)

    monkeypatch.setattr(kept.asking, "answer", answer)
    monkeypatch.setattr(kept, "_kept", kept._Kept())
    return asked


def a_view() -> View:
    nothing = np.zeros(0, np.int64)
    return View((), Profiles(nothing, nothing, nothing, nothing, nothing), "same", "same")


def test_the_same_question_of_the_same_view_is_worked_out_once(worked_out):
    view = a_view()
    first = [kept.answer(view, PUBLIC, Selection(), zoom=2) for _ in range(3)]
    assert len(set(first)) == len(worked_out) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"scope": MEMBER},
        {"selection": Selection(words="harbour")},
        {"zoom": 3},
        {"cube": True},
    ],
)
def test_another_viewer_selection_zoom_or_shape_is_another_question(worked_out, other):
    view = a_view()
    usual = {"scope": PUBLIC, "selection": Selection(), "zoom": 2, "cube": False}
    one, two = kept.answer(view, **usual), kept.answer(view, **(usual | other))
    assert one != two
    assert kept.answer(view, **usual) == one
    assert len(worked_out) == 2


def test_another_view_begins_anew_even_where_its_revision_is_the_same(worked_out):
    assert kept.answer(a_view(), PUBLIC, Selection(), zoom=2) != kept.answer(
        a_view(), PUBLIC, Selection(), zoom=2
    )


def test_only_the_last_answers_are_kept(worked_out):
    view = a_view()
    for zoom in range(kept.MOST_KEPT + 1):
        kept.answer(view, PUBLIC, Selection(), zoom=zoom)
    kept.answer(view, PUBLIC, Selection(), zoom=kept.MOST_KEPT)
    assert len(worked_out) == kept.MOST_KEPT + 1
    kept.answer(view, PUBLIC, Selection(), zoom=0)
    assert len(worked_out) == kept.MOST_KEPT + 2
