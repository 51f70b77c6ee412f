"""Answers kept for as long as nothing changes: what everybody asks first is worked out once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from archive.atlas.columns import asking

if TYPE_CHECKING:
    from archive.access.rights import Scope
    from archive.atlas.answers import Answer
    from archive.atlas.columns.rows import View
    from archive.atlas.timeline import Span
    from archive.values.selection import Selection

    Question = tuple[Scope, Selection, int, Span | None, bool]

MOST_KEPT: Final = 24
"""Answers; the largest, with a cube, weighs about two megabytes."""


class _Kept:
    """Answers of one view, by everything they follow from; another view begins anew.

    A view is replaced whenever anything is said in the change log, be it by a transaction that may be rolled
    back, so that its identity vouches for the answers.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._view: View | None = None
        self._answers: OrderedDict[Question, Answer] = OrderedDict()

    def find(self, view: View, question: Question) -> Answer | None:
        with self._lock:
            if self._view is not view:
                return None
            found = self._answers.get(question)
            if found is not None:
                self._answers.move_to_end(question)
            return found

    def keep(self, view: View, question: Question, answer: Answer) -> None:
        with self._lock:
            if self._view is not view:
                self._view = view
                self._answers.clear()
            self._answers[question] = answer
            if len(self._answers) > MOST_KEPT:
                self._answers.popitem(last=False)


_kept = _Kept()


def answer(
    view: View, scope: Scope, selection: Selection, *, zoom: int, span: Span | None = None, cube: bool = False
) -> Answer:
    """Return what `asking.answer` does, from memory where the very same was asked of the same view."""
    question = (scope, selection, zoom, span, cube)
    found = _kept.find(view, question)
    if found is None:
        found = asking.answer(view, scope, selection, zoom=zoom, span=span, cube=cube)
        _kept.keep(view, question, found)
    return found
