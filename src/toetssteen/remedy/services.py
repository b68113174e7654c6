"""What people do here: record what was made known, make posters, judge mechanisms, record remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.documents import services as documents
from toetssteen.documents.queries import visible_evidence
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, StaleRow, demand
from toetssteen.remedy import permissions, policies
from toetssteen.remedy.choices import Fit, Known, Progress, Satisfied
from toetssteen.remedy.models import (
    AtPlace,
    GivenRemedy,
    MadeKnown,
    MadeKnownAt,
    MechanismCriterion,
    Poster,
    SupplierMechanism,
)
from toetssteen.remedy.queries import Place, own_harm, said_by

BARE = ("", False, False)  # a poster without a contact or names
MADE_ONCE = 5  # so often a new code is tried; with this much chance once is enough


@dataclass(frozen=True)
class Proof:
    """The files that prove something: chosen from the evidence, or new with its date."""

    evidence_ids: tuple[int, ...] = ()
    upload: UploadedFile[Any] | None = None
    upload_on: dt.date | None = None


@dataclass(frozen=True)
class MadeKnownData:
    """One time that a mechanism was made known, as it was entered."""

    mechanism: str
    audiences: tuple[str, ...]
    way: str
    languages: tuple[str, ...]
    made_on: dt.date
    places: tuple[Place, ...] = ()
    reached: int | None = None
    note: str = ""
    proof: Proof = field(default_factory=Proof)


@dataclass(frozen=True)
class PosterData:
    """A poster as it was asked for; without a place it is for no place in particular."""

    language: str
    place: Place | None = None
    contact: str = ""
    shows_place: bool = False
    shows_company: bool = False


@dataclass(frozen=True)
class MechanismData:
    """What a company knows of the mechanism of one place, as it was entered."""

    has_one: str
    description: str = ""
    source: str = ""
    said_on: dt.date | None = None
    inquiry_id: int | None = None
    fits: tuple[tuple[str, str, str], ...] = ()  # criterion, how far, sentence
    proof: Proof = field(default_factory=Proof)


@dataclass(frozen=True)
class RemedyData:
    """One case of remedy as it was entered."""

    harm: str
    known_on: dt.date
    risk_id: int | None = None
    for_whom: str = ""
    role: str = ""
    done: str = ""
    state: str = Progress.TALKING
    agreed: str = Known.UNKNOWN
    satisfied: str = Satisfied.NOT_ASKED
    done_on: dt.date | None = None
    proof: Proof = field(default_factory=Proof)


@transaction.atomic
def save_made_known(
    *,
    actor: Actor,
    organisation_id: int,
    pk: int | None,
    data: MadeKnownData,
    row_version: int | None,
    pack: Pack,
    today: dt.date,
    now: dt.datetime,
) -> MadeKnown:
    """Record or change one time that a mechanism was made known, at all its places at once."""
    demand(permissions.can_record(actor, organisation_id))
    _check_made_known(data, pack, today)
    rows = permissions.visible_made_known(actor).filter(organisation_id=organisation_id)
    row = _locked(rows, pk, row_version) if pk else MadeKnown(organisation_id=organisation_id)
    for name in ("mechanism", "way", "made_on", "reached"):
        setattr(row, name, getattr(data, name))
    row.audiences, row.languages, row.note = list(data.audiences), list(data.languages), data.note.strip()
    _touch(row, actor, now)
    row.places.all().delete()
    MadeKnownAt.objects.bulk_create(MadeKnownAt(made_known=row, **_words(place)) for place in data.places)
    _prove(actor, row, data.proof, _("Proof that complaints were made known"), pack, now)
    audit.record(actor=actor, verb="remedy.save_made_known", subject=row, at=now, places=len(data.places))
    return row


@transaction.atomic
def remove_made_known(*, actor: Actor, pk: int, now: dt.datetime) -> None:
    """Remove a record of what was made known; its evidence stays in the list of evidence."""
    row = _locked(permissions.visible_made_known(actor), pk, None)
    demand(permissions.can_record(actor, row.organisation_id))
    audit.record(actor=actor, verb="remedy.remove_made_known", subject=row, at=now)
    row.delete()


@transaction.atomic
def make_poster(
    *, actor: Actor, organisation_id: int, data: PosterData, pack: Pack, now: dt.datetime, seen: int | None = None
) -> tuple[Poster, bool]:
    """Make a poster with its own code, or give the one that this place has in this language; says whether it is new.

    What stands on that one is replaced only by somebody who had it on the screen (`seen`).
    """
    demand(permissions.can_record(actor, organisation_id))
    if pack.grievance is None or pack.grievance.text_in(data.language) is None:
        raise ValidationError({"language": _("There are no words for a poster in this language yet.")})
    words = _words(data.place) if data.place else {"key": "", "level": "", "name": "", "place": "", "country": ""}
    rows = Poster.objects.select_for_update().filter(organisation_id=organisation_id, withdrawn_at=None)
    row = rows.filter(key=words["key"], language=data.language).first()
    is_new = row is None
    given = (data.contact.strip(), data.shows_place and data.place is not None, data.shows_company)
    if row is not None and row.pk != seen and (row.contact, row.shows_place, row.shows_company) not in (given, BARE):
        raise ValidationError(
            _("This place has a poster in this language, with its own details. Open that poster to change it.")
        )
    if row is None:
        row = Poster(organisation_id=organisation_id, language=data.language, **words)
        row.code, row.made_by_id, row.made_at = _free_code(data.language), actor.person_id, now
    row.contact, row.shows_place, row.shows_company = given
    row.save()
    verb = "remedy.make_poster" if is_new else "remedy.change_poster"
    audit.record(actor=actor, verb=verb, subject=row, at=now, language=row.language)
    return row, is_new


def _free_code(language: str) -> str:
    for _attempt in range(MADE_ONCE):
        code = policies.new_code(language)
        if not Poster.objects.filter(code=code).exists():
            return code
    raise RuntimeError("chance failed")


@transaction.atomic
def withdraw_poster(*, actor: Actor, pk: int, now: dt.datetime) -> None:
    """Take a poster off the list; the page behind its code keeps explaining how to complain."""
    row = permissions.visible_posters(actor).select_for_update().filter(pk=pk).first()
    if row is None:
        raise Refused(no(_("This does not exist.")))
    demand(permissions.can_withdraw_poster(actor, row))
    row.withdrawn_by_id, row.withdrawn_at = actor.person_id, now
    row.save(update_fields=["withdrawn_by", "withdrawn_at"])
    audit.record(actor=actor, verb="remedy.withdraw_poster", subject=row, at=now)


@transaction.atomic
def save_mechanism(
    *,
    actor: Actor,
    organisation_id: int,
    place: Place,
    data: MechanismData,
    row_version: int | None,
    pack: Pack,
    today: dt.date,
    now: dt.datetime,
) -> SupplierMechanism:
    """Record what is known of the mechanism of one place, and how far it meets each criterion."""
    demand(permissions.can_record(actor, organisation_id))
    _check_mechanism(actor, place, data, pack, today)
    rows = permissions.visible_mechanisms(actor).filter(organisation_id=organisation_id)
    known = rows.filter(key=place.key).first()
    if known and row_version is None:  # somebody else was the first to write about this place
        raise StaleRow(known)
    row = _locked(rows, known.pk, row_version) if known else SupplierMechanism(organisation_id=organisation_id)
    for name, value in _words(place).items():
        setattr(row, name, value)
    for name in ("has_one", "source", "said_on", "inquiry_id"):
        setattr(row, name, getattr(data, name))
    row.description = data.description.strip()
    _touch(row, actor, now)
    row.judged.all().delete()
    if data.has_one == Known.YES:  # without a mechanism there is nothing to judge
        MechanismCriterion.objects.bulk_create(
            MechanismCriterion(mechanism=row, criterion=criterion, fit=fit, sentence=sentence.strip())
            for criterion, fit, sentence in data.fits
            if fit != Fit.UNKNOWN or sentence.strip()
        )
    _prove(actor, row, data.proof, _("Complaints mechanism of a supplier"), pack, now)
    audit.record(actor=actor, verb="remedy.save_mechanism", subject=row, at=now, has_one=data.has_one)
    return row


@transaction.atomic
def save_remedy(
    *,
    actor: Actor,
    organisation_id: int,
    pk: int | None,
    data: RemedyData,
    row_version: int | None,
    pack: Pack,
    today: dt.date,
    now: dt.datetime,
) -> GivenRemedy:
    """Record or change one case of remedy; what is written about people stays out of the trail of acts."""
    demand(permissions.can_record(actor, organisation_id))
    _check_remedy(organisation_id, data, today)
    rows = permissions.visible_remedies(actor).filter(organisation_id=organisation_id)
    row = _locked(rows, pk, row_version) if pk else GivenRemedy(organisation_id=organisation_id)
    for name in ("risk_id", "state", "agreed", "satisfied", "known_on"):
        setattr(row, name, getattr(data, name))
    for name in ("harm", "for_whom", "role", "done"):
        setattr(row, name, getattr(data, name).strip())
    row.done_on = data.done_on if data.state == Progress.DONE else None
    _touch(row, actor, now)
    _prove(actor, row, data.proof, _("Proof of remedy"), pack, now)
    audit.record(actor=actor, verb="remedy.save_remedy", subject=row, at=now, state=data.state)
    return row


@transaction.atomic
def remove_remedy(*, actor: Actor, pk: int, now: dt.datetime) -> None:
    """Remove a case of remedy."""
    row = _locked(permissions.visible_remedies(actor), pk, None)
    demand(permissions.can_record(actor, row.organisation_id))
    audit.record(actor=actor, verb="remedy.remove_remedy", subject=row, at=now)
    row.delete()


def _locked(rows: Any, pk: int, row_version: int | None) -> Any:
    row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise Refused(no(_("This does not exist.")))
    if row_version is not None and row.row_version != row_version:
        raise StaleRow(row)
    return row


def _touch(row: Any, actor: Actor, now: dt.datetime) -> None:
    row.changed_by_id, row.changed_at = actor.person_id, now
    row.row_version += 1
    row.save()


def _words(place: Place | AtPlace) -> dict[str, str]:
    return {name: getattr(place, name) for name in ("key", "level", "name", "place", "country")}


def _prove(actor: Actor, row: Any, proof: Proof, title: str, pack: Pack, now: dt.datetime) -> None:
    """Tie the chosen files to a row, and keep a new one; files of others or unknown ones are refused."""
    own = visible_evidence(actor).filter(organisation_id=row.organisation_id, pk__in=proof.evidence_ids)
    chosen = list(own.values_list("pk", flat=True))
    if len(chosen) != len(set(proof.evidence_ids)):
        raise ValidationError({"evidence_ids": _("Choose from your own evidence.")})
    if proof.upload is not None:
        kinds = [kind.id for kind in pack.evidence_kinds]
        is_photo = (getattr(proof.upload, "content_type", "") or "").startswith("image/")
        kind = next((k for k in ("dated_photo" if is_photo else "grievance_material",) if k in kinds), kinds[0])
        about = documents.About(title=title[:160], kind=kind, document_on=proof.upload_on)
        kept = documents.add_evidence(
            actor=actor, organisation_id=row.organisation_id, upload=proof.upload, about=about, pack=pack, now=now
        )
        chosen.append(kept.evidence.pk)
    row.evidence.set(chosen)


def _among(name: str, values: Sequence[str], allowed: Sequence[str]) -> None:
    if not values or any(value not in allowed for value in values):
        raise ValidationError({name: _("Choose from the list.")})


def _not_later(name: str, day: dt.date | None, today: dt.date) -> None:
    if day is not None and day > today:
        raise ValidationError({name: _("This day lies in the future.")})


def _check_made_known(data: MadeKnownData, pack: Pack, today: dt.date) -> None:
    known = pack.grievance
    if known is None:
        raise ValidationError(_("The covenant's data say nothing about complaints yet."))
    _among("mechanism", [data.mechanism], [m.id for m in known.mechanisms])
    _among("audiences", data.audiences, [a.id for a in known.audiences])
    _among("way", [data.way], [w.id for w in known.ways])
    if not data.languages:
        raise ValidationError({"languages": _("Choose at least one language, or type one.")})
    _not_later("made_on", data.made_on, today)


def _check_mechanism(actor: Actor, place: Place, data: MechanismData, pack: Pack, today: dt.date) -> None:
    _among("has_one", [data.has_one], Known.values)
    criteria = [c.id for c in pack.grievance.criteria] if pack.grievance else []
    for criterion, fit, _sentence in data.fits:
        _among("has_one", [criterion], criteria)
        _among("has_one", [fit], Fit.values)
    _not_later("said_on", data.said_on, today)
    if data.has_one != Known.UNKNOWN and not (data.source and data.said_on):
        raise ValidationError({"source": _("Say how you know this, and since when.")})
    if data.inquiry_id is not None and data.inquiry_id not in {s.inquiry_id for s in said_by(actor, place.name, pack)}:
        raise ValidationError(_("This supplier did not answer you that."))


def _check_remedy(organisation_id: int, data: RemedyData, today: dt.date) -> None:
    if not data.harm.strip():
        raise ValidationError({"harm": _("Say what happened.")})
    if data.risk_id is not None and data.risk_id not in {risk.pk for risk in own_harm(organisation_id)}:
        raise ValidationError({"risk_id": _("Choose from the harm that you noted.")})
    _not_later("known_on", data.known_on, today)
    _not_later("done_on", data.done_on, today)
    if data.state == Progress.DONE and data.done_on is None:
        raise ValidationError({"done_on": _("Say when it was carried out.")})
    if data.done_on is not None and data.done_on < data.known_on:
        raise ValidationError({"done_on": _("This day lies before the day on which you knew of the harm.")})
