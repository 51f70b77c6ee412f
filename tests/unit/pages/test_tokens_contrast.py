"""The colours of tokens.css against WCAG 2.2: 4.5:1 for words, 3:1 for shapes that mean something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[3] / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()
PAIRS = dict(re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", TOKENS))
SURFACES = ("paper", "card", "sunken")

WORDS = [
    *[(words, ground) for words in ("ink", "quiet", "link") for ground in SURFACES],
    ("accent", "card"),
    ("accent", "paper"),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("confirmed", "card"),
    ("confirmed", "confirmed-soft"),
    ("warning", "card"),
    ("warning", "paper"),
    ("warning", "warning-soft"),
    ("might", "link-soft"),
    ("link", "link-soft"),
    ("ink", "neutral-soft"),
    ("quiet", "neutral-soft"),
    ("ink", "warning-soft"),
    ("ink", "confirmed-soft"),
    ("on-stage", "stage"),
    ("on-stage-quiet", "stage"),
    ("map-label", "land"),
    ("pin-edge", "pin"),
    ("paper", "ink"),
]
SHAPES = [
    ("edge", "card"),
    ("edge", "paper"),
    ("bar", "card"),
    ("bar", "paper"),
    ("accent", "card"),
    ("might", "card"),
    ("might", "land"),
    ("might", "sea"),
    ("pin", "land"),
    ("pin", "sea"),
    ("link", "paper"),
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2, section "Relative luminance"."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def colours(token: str) -> list[str]:
    """Return the light and the dark colour."""
    return PAIRS[token].split(", ")


@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_can_be_read_on_their_ground_in_both_themes(words, ground):
    for word, behind in zip(colours(words), colours(ground), strict=True):
        assert contrast(word, behind) >= 4.5, (word, behind)


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_stand_out_from_their_ground_in_both_themes(shape, ground):
    for mark, behind in zip(colours(shape), colours(ground), strict=True):
        assert contrast(mark, behind) >= 3, (mark, behind)


def test_no_sheet_but_the_tokens_spells_a_colour():
    spelt = []
    for sheet in sorted(CSS.rglob("*.css")):
        if sheet.name == "tokens.css":
            continue
        rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        spelt += [(sheet.name, found) for found in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[\s;,)])", rules)]
    assert spelt == []


def test_registered_colours_begin_as_the_light_ones():
    registered = re.findall(r"@property --([a-z-]+) .*?initial-value: (#[0-9a-f]{6})", TOKENS)
    assert registered
    assert [(name, value) for name, value in registered if colours(name)[0] != value] == []
