"""What a piece of evidence does for lettered answers or lines, in phrases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archive.evidence.case import Bears
from archive.evidence.vocabulary import Stance

HELPS = {0: "no", 1: "a little", 2: "somewhat", 3: "strongly"}
_STANCES = {Stance.FOR: "speaks for", Stance.AGAINST: "speaks against", Stance.NEITHER: "fits"}


def bearing_phrases(bears: Iterable[Bears], letters: Mapping[int, str]) -> list[str]:
    """One phrase for all that it bears on alike: "speaks against A: the same article says otherwise".

    `letters` are by row of the claim; what has none is left out.
    """
    alike: dict[tuple[str, int, str], list[str]] = {}
    for one in bears:
        name = letters.get(one.claim, "")
        if name and name not in alike.setdefault((one.stance, one.diagnosticity, one.reason), []):
            alike[one.stance, one.diagnosticity, one.reason].append(name)
    several = len({diagnosticity for _, diagnosticity, _ in alike}) > 1
    return [_phrase(key, names, several=several) for key, names in alike.items() if names]


def _phrase(key: tuple[str, int, str], names: list[str], *, several: bool) -> str:
    stance, diagnosticity, reason = key
    letters = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    also = " alike" if stance == Stance.NEITHER and len(names) > 1 else ""
    helps = f" ({HELPS[diagnosticity]})" if several else ""
    return f"{_STANCES[Stance(stance)]} {letters}{also}{helps}" + (f": {reason}" if reason else "")
