"""Closed vocabularies of evidence; each value says what the screen says."""

from __future__ import annotations

from django.db import models

from archive.values.readership import Readership

READERSHIP_CHOICES = [
    (Readership.PUBLIC.value, "everyone"),
    (Readership.MEMBERS.value, "members of the collection"),
    (Readership.REVIEWERS.value, "reviewers and curators"),
]


CLAIM_READERSHIP_CHOICES = READERSHIP_CHOICES[:2]
"""A claim moves the answer that members see: one for reviewers alone would show through."""


class SourceKind(models.TextChoices):
    """Who speaks. `MEMBER` is an account of this archive: its own voice, never an independent one."""

    FILE = "file", "file"
    MEMBER = "member", "member of this archive"
    PERSON = "person", "person"
    ACCOUNT = "account", "account on a platform"
    ORGANISATION = "organisation", "organisation"
    PUBLICATION = "publication", "publication"
    DEVICE = "device", "device"
    SOFTWARE = "software", "program or model"


RECORDED_KINDS = tuple(kind for kind in SourceKind if kind not in (SourceKind.FILE, SourceKind.MEMBER))


class Display(models.TextChoices):
    """What those outside the collection are told of a source."""

    NAMED = "named", "by name"
    PSEUDONYM = "pseudonym", "by the pseudonym given here"
    WITHHELD = "withheld", "not at all: “a source whose name is withheld”"


class Reliability(models.TextChoices):
    """Reliability of a source, letters of the Admiralty code (AJP-2.1); shown to insiders, in words."""

    A = "A", "reliable"
    B = "B", "usually reliable"
    C = "C", "fairly reliable"
    D = "D", "not usually reliable"
    E = "E", "unreliable"
    F = "F", "cannot be judged"


class Method(models.TextChoices):
    """How the value was come by."""

    EXIF = "exif", "read from EXIF"
    XMP = "xmp", "read from XMP"
    GPX = "gpx", "matched with a recorded track"
    STATED = "stated", "stated"
    INFERRED = "inferred", "inferred"
    MEASURED = "measured", "measured in the picture"
    DERIVED = "derived", "derived from what others say"
    WITHDRAWN = "withdrawn", "withdrawn"


class EvidenceKind(models.TextChoices):
    METADATA = "metadata", "metadata of a file"
    VISUAL_MATCH = "visual_match", "matching detail"
    SHADOW = "shadow", "shadow"
    WEATHER = "weather", "weather"
    SATELLITE = "satellite", "satellite picture"
    TESTIMONY = "testimony", "testimony"
    DOCUMENT = "document", "document"
    CONTENT_CREDENTIALS = "content_credentials", "content credentials"
    CONTEXT = "context", "context"


class Stance(models.TextChoices):
    FOR = "for", "speaks for it"
    AGAINST = "against", "speaks against it"
    NEITHER = "neither", "fits it, and its rivals as well"


class Diagnosticity(models.IntegerChoices):
    """How much it helps to decide between rivals (R. Heuer, Psychology of Intelligence Analysis, ch. 8)."""

    NO = 0, "does not help to decide: it fits every rival equally"
    LITTLE = 1, "helps a little"
    SOME = 2, "helps"
    STRONGLY = 3, "helps strongly"


class Judgement(models.TextChoices):
    """A reviewer's judgement on one claim, best to worst, and the two that step aside."""

    CONFIRMED = "confirmed", "confirmed"
    PROBABLE = "probable", "probable"
    POSSIBLE = "possible", "possible"
    DOUBTFUL = "doubtful", "doubtful"
    REFUTED = "refuted", "refuted"
    UNDETERMINABLE = "undeterminable", "cannot be determined from what we have"
    WITHDRAWN = "withdrawn", "verdict withdrawn"


class Credibility(models.IntegerChoices):
    """Credibility of the information, digits of the Admiralty code (AJP-2.1); the source is graded apart."""

    CONFIRMED = 1, "confirmed by independent sources"
    PROBABLY_TRUE = 2, "probably true"
    POSSIBLY_TRUE = 3, "possibly true"
    DOUBTFUL = 4, "doubtfully true"
    IMPROBABLE = 5, "improbable"
    CANNOT_JUDGE = 6, "truth cannot be judged"


class FalsifierState(models.TextChoices):
    OPEN = "open", "not looked for yet"
    LOOKED_FOR = "looked_for", "looked for, not found"
    FOUND = "found", "found"
