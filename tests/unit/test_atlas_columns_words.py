"""What is remembered of words is bounded, whatever is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from archive.atlas.columns import words
from archive.atlas.columns.words import Heard


@pytest.mark.parametrize("positions", [0, 50])
def test_words_that_occur_nowhere_take_room_as_well(monkeypatch, positions):
    monkeypatch.setattr(words, "MOST_BYTES", 20_000)
    kept = words._Kept()
    found = Heard(np.zeros(positions, np.intp), np.zeros(0, np.intp))
    for number in range(100):
        kept.put((1, f"word {number}"), found)
    remembered = [number for number in range(100) if kept.get((1, f"word {number}"))]
    assert 5 < len(remembered) <= 20
    assert remembered == list(range(100 - len(remembered), 100))
