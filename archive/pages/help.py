"""What the help page explains: words, statuses and keys, in the words the screens use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class StatusHelp:
    """A status by the name of its icon, its words and what they promise."""

    icon: str
    words: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Key:
    keys: tuple[str, ...]
    does: str
    where: str


WORDS = (
    Word(
        "Photo", "One picture in a collection. It may have several files: the picture, its back, a negative."
    ),
    Word("Original file", "The bytes as they were received. They are never changed; a hash proves it."),
    Word("Collection", "Photos kept together because they came from the same hands."),
    Word(
        "What the file says",
        "Everything the camera or an editor wrote into the file: a statement, not a fact.",
    ),
    Word("X says …", "A claim: somebody, or a file, says where or when. Claims are kept side by side."),
    Word(
        "Current best answer", "What the archive stands behind now, with its doubt; one answer per question."
    ),
    Word(
        "Photographer stood, camera was, picture shows",
        "Three different places. The map shows the camera's, or else the subject's, and says which.",
    ),
    Word(
        "Might match", "The doubt of a photo touches what was asked for, but does not lie wholly inside it."
    ),
    Word(
        "Near, within an area",
        "The photo's place lies in the circle or the drawn area, whole: with its doubt.",
    ),
    Word(
        "Looking at a point",
        "Direction, width of view and distance say that the point was before the camera, with 15° to spare "
        "since compasses err. Whether a hill stood between is not known.",
    ),
    Word(
        "No location, no date", "Nobody has said where or when. Such photos are counted apart, never dropped."
    ),
    Word(
        "A date such as 1923~ or 2020-06/2020-08",
        "Dates may be typed as EDTF: ~ means about, ? uncertain, and a slash joins first and last day.",
    ),
    Word(
        "Frozen list",
        "The photos of a view one by one, under an address that stays, with a hash: it can be cited.",
    ),
    Word(
        "My desk", "What an account keeps for itself: pinned photos with notes, saved searches, frozen lists."
    ),
    Word(
        "This view",
        "The filters of the page, kept in its address: copy the address to share or cite the view.",
    ),
)

STATUSES = (
    StatusHelp(
        "unreviewed",
        "not confirmed · nobody has looked yet",
        "The file or one person says so. Nobody has checked it.",
    ),
    StatusHelp("in_review", "in review", "Reviewers are weighing the claims."),
    StatusHelp(
        "corroborated", "corroborated", "Independent sources agree, without a reviewer's confirmation."
    ),
    StatusHelp("confirmed", "confirmed ±30 m", "A reviewer has confirmed it, as exactly as the figure says."),
    StatusHelp(
        "disputed", "disputed", "Claims of equal standing differ, or reviewers disagree. Both are shown."
    ),
    StatusHelp(
        "undeterminable", "cannot be determined", "Reviewers looked and found that it cannot be told."
    ),
    StatusHelp("unknown", "no location · no date", "There is no claim at all."),
)

KEYS = (
    Key(("/",), "Go to the search field", "everywhere"),
    Key(
        ("Tab", "Shift+Tab"),
        "Next or previous control; neither map nor timeline ever holds you",
        "everywhere",
    ),
    Key(("Esc",), "Close a menu or dialog", "everywhere"),
    Key(("←", "→", "↑", "↓"), "Next photo in that direction", "results"),
    Key(("Home", "End"), "First or last photo loaded", "results"),
    Key(("Enter",), "Open the photo", "results"),
    Key(("←", "→"), "Move the start or end by one bar", "timeline handle"),
    Key(("Shift+←", "Shift+→"), "Move it by ten bars", "timeline handle"),
    Key(("Home", "End"), "Move it as far as it goes", "timeline handle"),
    Key(("Esc",), "Clear the chosen dates", "timeline"),
    Key(("←", "→", "↑", "↓"), "Pan", "map"),
    Key(("+", "−"), "Zoom in or out", "map"),
    Key(("Space",), "Set a corner, middle or point under the cross", "map, while drawing"),
    Key(("Enter",), "Close the area", "map, while drawing"),
    Key(("Backspace",), "Take the last corner back", "map, while drawing"),
    Key(("Esc",), "Give up what is half drawn, then take away what is drawn", "map, while drawing"),
    Key(("→", "j"), "Next photo of the view", "photo"),
    Key(("←", "k"), "Previous photo of the view", "photo"),
    Key(("Esc",), "Back to the view", "photo"),
    Key(("+", "−"), "Zoom in or out", "picture"),
    Key(("←", "→", "↑", "↓"), "Move the zoomed picture", "picture"),
    Key(("0",), "Fit the whole picture", "picture"),
    Key(("f",), "Fill the screen", "picture"),
)
