"""What a problem found in a file means, and how it may have come about innocently.

The codes are those of `archive.metadata`; a test holds that none is without an explanation.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """`meaning` says what the archive did about it; `innocent` how a good file comes to have it."""

    title: str
    meaning: str
    innocent: str


_BROKEN_FIELD = "Software that rewrote the file, or a camera's firmware, left a field half filled."
_OTHER_TOOL = "The program that wrote it follows another convention; the rest of the file may be sound."

_EXPLANATIONS = {
    "gps_null_island": Explanation(
        "The coordinates are exactly 0, 0",
        "The point lies in the sea off West Africa. It is kept, since the file says so, but nothing else in "
        "the file speaks of a satellite fix.",
        "Receivers write zeros while they look for satellites; some programs write zeros for “no location”.",
    ),
    "gps_out_of_range": Explanation(
        "The coordinates are impossible",
        "There is no such latitude or longitude, so no place was taken from it.",
        "A number was stored in the wrong unit or byte order by a program along the way.",
    ),
    "gps_no_reference": Explanation(
        "The hemisphere is not stated",
        "The numbers could lie north or south, east or west. The archive does not guess, so no place was "
        "taken from them.",
        "Some programs drop the letter N, S, E or W when they copy metadata.",
    ),
    "gps_incomplete": Explanation(
        "Half of the coordinates is missing",
        "One number alone is no place, so none was taken.",
        _BROKEN_FIELD,
    ),
    "gps_unreadable": Explanation(
        "The coordinates cannot be read",
        "What stands in their field is no angle, so no place was taken.",
        "Empty fields (0/0) are written by cameras whose receiver was off.",
    ),
    "gps_datum": Explanation(
        "The coordinates are not on WGS 84",
        "Maps here use WGS 84. On another datum the same numbers mean a point up to some hundred metres "
        "away; they are shown as they stand.",
        "Receivers made for one country's maps can be set to its own datum.",
    ),
    "gps_time_unset": Explanation(
        "The GPS clock was not set",
        "The satellite time in the file is a placeholder and was not used.",
        "A receiver that has no fix yet writes the beginning of its calendar.",
    ),
    "gps_time_unreadable": Explanation(
        "The GPS time cannot be read",
        "It was not used; the camera's own clock may still stand.",
        _BROKEN_FIELD,
    ),
    "gps_time_out_of_range": Explanation(
        "The GPS time is impossible",
        "It was not used; the camera's own clock may still stand.",
        _BROKEN_FIELD,
    ),
    "gps_week_rollover": Explanation(
        "The GPS date is 1,024 weeks off",
        "Satellites count weeks up to 1,024 and begin again. The date from the satellites was not used; its "
        "time of day may still be right.",
        "Older receivers, even good ones, fell back by 1,024 weeks in 1999, 2019 or some years after.",
    ),
    "accuracy_unreadable": Explanation(
        "The stated accuracy cannot be read", "The place is shown without an accuracy.", _BROKEN_FIELD
    ),
    "altitude_unreadable": Explanation(
        "The altitude cannot be read", "No altitude was taken.", _BROKEN_FIELD
    ),
    "altitude_out_of_range": Explanation(
        "The altitude is impossible",
        "There is no such height on earth, so none was taken.",
        "Receivers without a fix write extreme values.",
    ),
    "direction_unreadable": Explanation(
        "The direction cannot be read", "The map shows no direction of view.", _BROKEN_FIELD
    ),
    "direction_out_of_range": Explanation(
        "The direction is impossible",
        "Directions run from 0 to 360 degrees; the map shows none.",
        _OTHER_TOOL,
    ),
    "gimbal_unknown": Explanation(
        "The drone's camera angles were not measured",
        "All of them are zero, which would mean level and due north; they are taken as unknown.",
        "Drones write zeros when the gimbal did not report.",
    ),
    "date_unset": Explanation(
        "The camera's clock was not set",
        "The date is where unset clocks begin, so it was not taken as the date of the picture.",
        "The battery was changed, or nobody ever set the clock; many good pictures have this.",
    ),
    "date_unreadable": Explanation(
        "The date cannot be read", "What stands in its field is no date, so none was taken.", _BROKEN_FIELD
    ),
    "date_out_of_range": Explanation(
        "The date is impossible",
        "No photograph can be of that year, so no date was taken from it.",
        "A clock set wrongly by hand, or a field damaged by a program.",
    ),
    "offset_unreadable": Explanation(
        "The time zone cannot be read",
        "The clock stands without a zone, which leaves up to 26 hours of doubt.",
        _BROKEN_FIELD,
    ),
    "subsec_unreadable": Explanation(
        "The fraction of the second cannot be read", "The time is kept to the second.", _BROKEN_FIELD
    ),
    "orientation_unknown": Explanation(
        "The orientation cannot be read",
        "The picture is shown as it is stored, and may lie on its side.",
        _BROKEN_FIELD,
    ),
    "number_unreadable": Explanation(
        "A setting of the camera cannot be read", "That one value was left out.", _BROKEN_FIELD
    ),
    "exif_unreadable": Explanation(
        "The camera's data block cannot be read",
        "Nothing could be taken from EXIF; other parts of the file may still speak.",
        "The file was damaged in transfer, or a program wrote the block wrongly.",
    ),
    "exif_damaged": Explanation(
        "The camera's data block is damaged",
        "What could be read was read; the rest is missing here.",
        "Editors that move data without mending its internal addresses do this often.",
    ),
    "xmp_unreadable": Explanation(
        "The XMP packet cannot be read whole",
        "What could be read was read; the rest is missing here.",
        "The packet was cut off, or written by a program that does not keep to XML.",
    ),
    "xmp_too_large": Explanation(
        "The file beside it is too large to be read",
        "Its statements are missing here.",
        "Editing history can grow without bound in some programs.",
    ),
    "sidecar_unreadable": Explanation(
        "The file beside it cannot be read", "Its statements are missing here.", "It was damaged in transfer."
    ),
    "truncated": Explanation(
        "The file ends too early",
        "What was there was read; the end of the file is missing.",
        "A transfer was cut off, or a card was pulled out while the camera was writing.",
    ),
    "broken": Explanation(
        "The file's structure is broken",
        "Reading stopped where the structure no longer holds; statements after that point are missing here.",
        "The file was damaged in transfer or recovered from a faulty card.",
    ),
    "stray_bytes": Explanation(
        "There are stray bytes between the parts of the file",
        "They were passed over; everything around them was read.",
        "Some cameras and editors pad their files.",
    ),
    "too_many_segments": Explanation(
        "The file has more parts than any camera writes",
        "The first parts were read, the rest was not.",
        "Scanners and panorama programs sometimes split their data into very many parts.",
    ),
    "too_much_metadata": Explanation(
        "The file holds more metadata than is read here",
        "The first part was read, the rest was not.",
        "Editing programs store previews, histories or whole layers beside the picture.",
    ),
    "text_unreadable": Explanation(
        "A text in the file cannot be unpacked", "That one text was left out.", _BROKEN_FIELD
    ),
    "profile_unreadable": Explanation(
        "A block of metadata in the file cannot be unpacked",
        "Its statements are missing here.",
        "It was written by a program that does not keep to the convention.",
    ),
    "no_picture": Explanation(
        "No picture of a known size was found",
        "The measures of the picture are not known from the file.",
        "The file is damaged, or of a kind this archive cannot measure.",
    ),
}


def explain(code: str) -> Explanation | None:
    """Return the explanation, None for a code from before or after this version."""
    return _EXPLANATIONS.get(code)
