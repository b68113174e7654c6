"""Reading a company's evidence: the list, one file, and the choices for a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.documents import hooks
from toetssteen.documents.models import Evidence
from toetssteen.documents.permissions import visible_evidence as _visible
from toetssteen.foundation.look.figures import in_language

SOON = dt.timedelta(days=60)


def visible_evidence(actor: Actor) -> QuerySet[Evidence]:
    """The evidence that the actor may see and that was not removed."""
    return _visible(actor).filter(removed_at__isnull=True)


def validity(evidence: Evidence, today: dt.date) -> str:
    """Whether a file still holds: "expired", "soon" (within two months), "valid", or "" without an end."""
    if evidence.valid_until is None:
        return ""
    if evidence.valid_until < today:
        return "expired"
    return "soon" if evidence.valid_until <= today + SOON else "valid"


@dataclass(frozen=True)
class EvidenceRow:
    """One file as the list shows it."""

    id: int
    title: str
    kind: str
    kind_id: str
    standard: str
    file_name: str
    has_file: bool
    size: int
    document_on: dt.date | None
    valid_until: dt.date | None
    validity: str
    uploaded_at: dt.datetime
    uploaded_by: str
    removed_at: dt.datetime | None
    uses: Sequence[hooks.Usage]

    @property
    def handed_in(self) -> bool:
        return any(use.handed_in for use in self.uses)


@dataclass(frozen=True)
class Filters:
    """What somebody looks for in the list; empty means every file that was not removed."""

    search: str = ""
    kind: str = ""
    validity: str = ""  # expired, soon, valid, none
    use: str = ""  # used, unused
    removed: bool = False
    sort: str = "-added"


@dataclass(frozen=True)
class EvidenceList:
    """The files that pass the filters, and what the filters can choose from."""

    rows: Sequence[EvidenceRow]
    total: int
    removed: int
    kinds: Sequence[tuple[str, str]]
    expired: int


def kind_words(pack: Pack) -> dict[str, str]:
    """The kinds of evidence of the pack, in the language of the page."""
    return {kind.id: (words := in_language(kind.text))[:1].upper() + words[1:] for kind in pack.evidence_kinds}


def evidence_list(
    actor: Actor, organisation_id: int, *, pack: Pack, today: dt.date, filters: Filters | None = None
) -> EvidenceList:
    """A company's files with where they are used; one query, and one for each app that uses them."""
    wanted = filters or Filters()
    found = list(_visible(actor).filter(organisation_id=organisation_id).select_related("uploaded_by"))
    uses = hooks.usages([evidence.pk for evidence in found])
    words = kind_words(pack)
    every = [_row(evidence, words, uses[evidence.pk], today) for evidence in found]
    kept = [row for row in every if row.removed_at is None]
    pool = [row for row in every if row.removed_at is not None] if wanted.removed else kept
    return EvidenceList(
        rows=_sorted([row for row in pool if _passes(row, wanted)], wanted.sort),
        total=len(kept),
        removed=len(every) - len(kept),
        kinds=sorted({(row.kind_id, row.kind) for row in kept}, key=lambda pair: pair[1]),
        expired=sum(row.validity == "expired" for row in kept),
    )


def evidence(actor: Actor, pk: int, *, removed: bool = False) -> Evidence | None:
    """One file that the actor may see."""
    found = _visible(actor) if removed else visible_evidence(actor)
    return found.select_related("uploaded_by", "organisation").filter(pk=pk).first()


def row_of(evidence: Evidence, pack: Pack, today: dt.date) -> EvidenceRow:
    """One file in the words of the page."""
    return _row(evidence, kind_words(pack), hooks.usages([evidence.pk])[evidence.pk], today)


def _row(evidence: Evidence, words: dict[str, str], uses: Sequence[hooks.Usage], today: dt.date) -> EvidenceRow:
    return EvidenceRow(
        id=evidence.pk,
        title=evidence.title,
        kind=words.get(evidence.kind, evidence.kind),
        kind_id=evidence.kind,
        standard=evidence.standard,
        file_name=evidence.file_name,
        has_file=bool(evidence.file),
        size=evidence.size,
        document_on=evidence.document_on,
        valid_until=evidence.valid_until,
        validity=validity(evidence, today),
        uploaded_at=evidence.uploaded_at,
        uploaded_by=str(evidence.uploaded_by or ""),
        removed_at=evidence.removed_at,
        uses=uses,
    )


def _passes(row: EvidenceRow, wanted: Filters) -> bool:
    if wanted.kind and row.kind_id != wanted.kind:
        return False
    if wanted.validity and row.validity != wanted.validity.replace("none", ""):
        return False
    if wanted.use and bool(row.uses) != (wanted.use == "used"):
        return False
    text = f"{row.title} {row.file_name} {row.kind} {row.standard}".casefold()
    return all(word in text for word in wanted.search.casefold().split())


def _sorted(rows: list[EvidenceRow], sort: str) -> list[EvidenceRow]:
    key, turned = sort.removeprefix("-"), sort.startswith("-")
    if key == "title":
        return sorted(rows, key=lambda row: (row.title.casefold(), row.id), reverse=turned)
    if key == "kind":
        return sorted(rows, key=lambda row: (row.kind, row.title.casefold(), row.id), reverse=turned)
    if key == "valid":
        return sorted(rows, key=lambda row: (row.valid_until or dt.date.max, row.id), reverse=turned)
    return sorted(rows, key=lambda row: (row.uploaded_at, row.id), reverse=turned)
