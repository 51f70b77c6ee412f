"""The verbs of reviewers: judgements on claims, with reasons; dissent stays."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from archive.custody.chain import Kind, sealed
from archive.evidence.errors import EvidenceError, StaleClaimError
from archive.evidence.models import Verdict
from archive.evidence.targets import collection_of, hold, note, required, settle_again, target_of
from archive.evidence.vocabulary import Credibility, Judgement
from archive.values.readership import Readership

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from archive.evidence.models import Claim


@transaction.atomic
def give_verdict(
    *,
    claim: Claim,
    reviewer: User,
    judgement: str,
    reasons: str,
    credibility: int | None = None,
    readership: Readership = Readership.PUBLIC,
) -> Verdict:
    """Judge a claim; a reviewer's later verdict on it replaces the earlier one, which stays readable."""
    target = hold(target_of(claim))
    if judgement not in Judgement.values or judgement == Judgement.WITHDRAWN:
        raise EvidenceError("Choose a judgement, from confirmed to refuted.")
    if credibility is not None and credibility not in Credibility.values:
        raise EvidenceError("Grade the information from 1 to 6, or leave the grade out.")
    if claim.value is None or claim.superseded_by.exists():
        raise StaleClaimError("This claim was corrected or taken back since; judge the newer one.")
    earlier = _latest(claim, reviewer)
    blind = earlier is None and collection_of(target).blind_first_verdict
    verdict = Verdict.objects.create(
        claim=claim,
        reviewer=reviewer,
        judgement=judgement,
        credibility=credibility,
        reasons=required(reasons, "Reasons"),
        blind=blind,
        readership=readership.value,
        supersedes=earlier,
        salt=secrets.token_hex(16),
    )
    _record(verdict, reviewer)
    settle_again(target, because=verdict)
    return verdict


@transaction.atomic
def withdraw_verdict(*, verdict: Verdict, by: User, reasons: str = "") -> Verdict:
    """Take one's own verdict back; it stays in the history."""
    claim = verdict.claim
    target = hold(target_of(claim))
    if verdict.reviewer_id != by.pk:
        raise EvidenceError("Only the reviewer who gave a verdict takes it back; give your own beside it.")
    if verdict.superseded_by.exists() or verdict.judgement == Judgement.WITHDRAWN:
        raise StaleClaimError("This verdict was replaced or taken back since.")
    gone = Verdict.objects.create(
        claim=claim,
        reviewer=by,
        judgement=Judgement.WITHDRAWN,
        reasons=reasons.strip(),
        readership=verdict.readership,
        supersedes=verdict,
        salt=secrets.token_hex(16),
    )
    _record(gone, by)
    settle_again(target, because=gone)
    return gone


def has_judged(claim: Claim, reviewer: User) -> bool:
    """Whether the reviewer has given a verdict, which ends their blindness to the others'."""
    return Verdict.objects.filter(claim=claim, reviewer=reviewer).exists()


def content_of(verdict: Verdict) -> list[object]:
    """Return what the sealed hash of a verdict covers, in this order."""
    return [verdict.judgement, verdict.credibility, verdict.reasons]


def _latest(claim: Claim, reviewer: User) -> Verdict | None:
    return Verdict.objects.filter(claim=claim, reviewer=reviewer).order_by("-pk").first()


def _record(verdict: Verdict, by: User) -> None:
    note(
        target_of(verdict.claim),
        Kind.VERDICT_GIVEN,
        by.pk,
        {
            "verdict": verdict.pk,
            "claim": verdict.claim_id,
            "supersedes": verdict.supersedes_id,
            "blind": verdict.blind,
            "content": sealed(content_of(verdict), verdict.salt),
        },
    )
