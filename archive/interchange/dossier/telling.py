"""Puts a case and the findings of checks into words. Claims are numbered within the report."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archive.checks.run import Told
from archive.evidence.hearing import Case, Falsifying, Given, Ground, Heard, Hypothesis, QuestionHeard, Shown
from archive.evidence.vocabulary import (
    Credibility,
    Diagnosticity,
    EvidenceKind,
    FalsifierState,
    Method,
    Reliability,
    Stance,
)
from archive.interchange.dossier import words
from archive.interchange.dossier.told import (
    AppearanceTold,
    Box,
    FalsifierTold,
    FindingTold,
    GroundTold,
    HypothesisTold,
    Line,
    QuestionTold,
    VerdictTold,
    VoiceTold,
)

_LONGEST_MEASUREMENT: Final = 1500
_CLAIM: Final = re.compile(r"\bclaim ([0-9]+)\b")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the report calls claims and regions: by the order in which they were made.

    `photos` are the public ids of compared photos that the reader may know of.
    """

    claims: Mapping[int, int]
    regions: Mapping[int, int]
    photos: Collection[str]

    @classmethod
    def of(cls, case: Case, photos: Collection[str]) -> Numbers:
        drawn = [ground.evidence for ground in case.grounds if ground.region]
        return cls(
            {claim: number for number, claim in enumerate(sorted(case.claims), 1)},
            {evidence: number for number, evidence in enumerate(sorted(drawn), 1)},
            photos,
        )

    def claim(self, claim: int) -> str:
        return f"claim {self.claims[claim]}" if claim in self.claims else "a claim not shown here"

    def within(self, text: str) -> str:
        """Return the text with its claims called as the report calls them."""
        return _CLAIM.sub(lambda found: self.claim(int(found[1])), text)


def questions(case: Case, numbers: Numbers) -> tuple[QuestionTold, ...]:
    return tuple(_question(asked, numbers) for asked in case.questions.values())


def loose_grounds(case: Case, numbers: Numbers) -> tuple[GroundTold, ...]:
    """Return the evidence that bears on no claim shown under a question."""
    told = {ground.evidence for asked in case.questions.values() for ground in asked.grounds}
    return tuple(ground_told(one, numbers) for one in case.grounds if one.evidence not in told)


def boxes(case: Case, numbers: Numbers) -> tuple[Box, ...]:
    return tuple(
        Box(
            number=numbers.regions[ground.evidence],
            x=100 * ground.region["x"],
            y=100 * ground.region["y"],
            w=100 * ground.region["w"],
            h=100 * ground.region["h"],
            label=ground.region_label,
        )
        for ground in case.grounds
        if ground.region
    )


def turns(case: Case, numbers: Numbers) -> tuple[str, ...]:
    """Say how the answers changed, oldest first."""
    told = []
    for turn in case.turns:
        cause = "a verdict" if turn.verdict else numbers.claim(turn.claim) if turn.claim else ""
        because = f", because of {cause}" if cause else ""
        before, after = words.STATUSES[turn.before], words.STATUSES[turn.after]
        told.append(
            f"{words.minute(turn.at)}: {words.QUESTIONS[turn.facet]} From “{before}” to “{after}”{because}."
        )
    return tuple(told)


def appearances(shown: Iterable[Shown]) -> tuple[AppearanceTold, ...]:
    return tuple(
        AppearanceTold(
            title=one.title or one.platform or one.url,
            url=one.url,
            lines=_lines(
                ("Platform", one.platform),
                ("Published by", one.publisher),
                ("Posted", one.posted_text),
                ("Seen", one.seen_text),
                ("Credit line as printed", one.credit_line),
                ("Remark", one.remark),
                ("Archived copy", one.archive_url),
                ("SHA-256 of the page as kept", one.attachment_sha256 if one.attachment else ""),
                ("For", words.READERS[one.readership]),
            ),
            bounds_date=one.bounds_date,
        )
        for one in shown
    )


def findings(told: Iterable[Told], numbers: Numbers) -> tuple[FindingTold, ...]:
    """Put findings into lines; a claim that went in is called as the report calls it."""
    return tuple(
        FindingTold(
            title=one.title,
            outcome=one.outcome_words,
            sentence=one.sentence,
            inputs=tuple(
                Line(each.name, f"{numbers.within(each.tag)}: {each.raw}" if each.tag else each.raw)
                for each in one.inputs
            ),
            innocent=one.innocent,
            notes=". ".join(
                filter(
                    None,
                    (
                        f"Tolerance {one.tolerance}" if one.tolerance else "",
                        f"How sure: {one.reliability}" if one.reliability else "",
                        f"Version {one.version}, looked at {words.minute(one.made_at)}",
                        words.READERS[one.readership],
                    ),
                )
            ),
        )
        for one in told
    )


def ground_told(ground: Ground, numbers: Numbers) -> GroundTold:
    region = ""
    if ground.region:
        label = f": {ground.region_label}" if ground.region_label else ""
        region = f"Region {numbers.regions[ground.evidence]} of the picture{label}"
    measured = json.dumps(ground.measurement, ensure_ascii=False) if ground.measurement else ""
    return GroundTold(
        kind=str(EvidenceKind(ground.kind).label),
        text=ground.text,
        bears=tuple(
            f"{Stance(one.stance).label}: {numbers.claim(one.claim)}. "
            f"{_sentence(str(Diagnosticity(one.diagnosticity).label))} {one.reason}".strip()
            for one in ground.bears
        ),
        region=region,
        details=_lines(
            ("Source", ground.source),
            ("Compared with photo", ground.other_photo if ground.other_photo in numbers.photos else ""),
            ("Document", ground.attachment_name),
            ("Measured", measured[:_LONGEST_MEASUREMENT]),
            (
                "Recorded",
                f"{words.minute(ground.made_at)}{f' by {ground.made_by}' if ground.made_by else ''}",
            ),
        ),
        readership=words.READERS[ground.readership],
    )


def _question(asked: QuestionHeard, numbers: Numbers) -> QuestionTold:
    return QuestionTold(
        title=words.QUESTIONS[asked.facet],
        status=words.STATUSES[asked.status],
        hypotheses=tuple(_hypothesis(one, numbers) for one in asked.hypotheses),
        out=tuple(_voice(one, numbers) for one in asked.out),
        verdicts=tuple(_verdict(one, numbers) for one in asked.verdicts),
        grounds=tuple(ground_told(one, numbers) for one in asked.grounds),
        falsifiers=tuple(_falsifier(one) for one in asked.falsifiers),
    )


def _hypothesis(one: Hypothesis, numbers: Numbers) -> HypothesisTold:
    voices = f"{one.voices} claim{'' if one.voices == 1 else 's'}"
    roots = f"{one.roots} independent source{'' if one.roots == 1 else 's'}"
    return HypothesisTold(
        value=words.short(one.value),
        weight=f"{voices}, {roots}",
        wins=one.wins,
        voices=tuple(_voice(claim, numbers) for claim in one.claims),
    )


def _voice(one: Heard, numbers: Numbers) -> VoiceTold:
    standing = words.OUTS[one.out] if one.out else words.LEVELS[one.level] if one.level else ""
    if one.disputed:
        standing = "disputed: reviewers judge it differently"
    grade = f" (reliability of the source: {Reliability(one.reliability).label})" if one.reliability else ""
    series = f", about the series “{one.series_title}”" if one.series else ""
    return VoiceTold(
        number=numbers.claims[one.claim],
        speaker=f"{one.speaker}{grade}{series}",
        value=words.value(one.value),
        how=str(Method(one.method).label),
        words=one.words,
        language=one.language,
        said_at=one.said_at,
        rationale=one.rationale,
        raw=f"{one.tag}: {one.raw}" if one.tag and one.raw else one.raw,
        rests_on=", ".join(numbers.claim(basis) for basis in one.rests_on),
        standing=standing,
        readership=words.READERS[one.readership],
    )


def _verdict(one: Given, numbers: Numbers) -> VerdictTold:
    notes = [words.minute(one.at)]
    if one.credibility is not None:
        notes.append(f"information {Credibility(one.credibility).label}")
    if one.blind:
        notes.append("given without seeing the others’ verdicts")
    if not one.latest:
        notes.append("replaced or taken back since")
    return VerdictTold(
        judgement=str(one.judgement.label),
        about=numbers.claim(one.claim),
        reviewer=one.reviewer,
        reasons=one.reasons,
        notes="; ".join(notes),
        counts=one.latest,
    )


def _falsifier(one: Falsifying) -> FalsifierTold:
    return FalsifierTold(
        text=one.text,
        state=str(FalsifierState(one.state).label),
        remark=one.remark,
        readership=words.READERS[one.readership],
    )


def _lines(*pairs: tuple[str, str]) -> tuple[Line, ...]:
    return tuple(Line(label, text) for label, text in _filled(pairs))


def _filled(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair[1]]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
