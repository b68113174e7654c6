"""Reading one item of the library, questions to the help desk, and the questions and answers for everybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack, Text
from toetssteen.covenant import queries as covenant
from toetssteen.library.choices import HelpState
from toetssteen.library.models import Copy, Faq, HelpQuestion, Item, ItemVersion
from toetssteen.library.permissions import visible_copies, visible_faqs, visible_help_questions, visible_items
from toetssteen.library.shelf import OWN, Names, Reading, Shelved, items_for, of_own, reading_of
from toetssteen.library.words import folded, holds

# --- items


@dataclass(frozen=True)
class VersionRow:
    """One version as its reader sees it."""

    id: int
    number: int
    dated: dt.date
    published_at: dt.datetime
    note: Text
    readings: tuple[Reading, ...]
    is_newest: bool
    is_withdrawn: bool
    reason: str


@dataclass(frozen=True)
class ItemPage:
    """One item with all its versions, newest first; an item of the pack has none of its own."""

    row: Shelved
    versions: tuple[VersionRow, ...] = ()
    item: Item | None = None


def item_page(actor: Actor, pack: Pack | None, item_id: str) -> ItemPage | None:
    """One item by the name in its address; None for whom it is not meant."""
    if item_id.startswith(OWN):
        return _own_page(actor, pack, item_id.removeprefix(OWN))
    row = next((row for row in items_for(actor, pack) if row.id == item_id), None)
    return ItemPage(row) if row else None


def _own_page(actor: Actor, pack: Pack | None, number: str) -> ItemPage | None:
    copies: list[Copy] = []
    if number.isascii() and number.isdigit() and len(number) < 16:
        copies = list(
            visible_copies(actor)
            .filter(version__item_id=int(number))
            .select_related("version__item")
            .order_by("-version__number", "pk")
        )
    if not copies:
        return None
    row = of_own(copies[0].version.item, copies, Names(pack))
    versions: dict[int, ItemVersion] = {copy.version_id: copy.version for copy in copies}
    rows = tuple(
        VersionRow(
            id=version.pk,
            number=version.number,
            dated=version.dated_on,
            published_at=version.published_at,
            note=version.note,
            readings=tuple(reading_of(copy) for copy in copies if copy.version_id == version.pk),
            is_newest=version.number == row.version,
            is_withdrawn=version.withdrawn_at is not None,
            reason=version.withdrawn_reason,
        )
        for version in versions.values()
    )
    return ItemPage(row, rows, copies[0].version.item)


def item(actor: Actor, pk: int) -> Item | None:
    """One item of the secretariat."""
    return visible_items(actor).filter(pk=pk).first()


def version(actor: Actor, pk: int) -> ItemVersion | None:
    """One version of an item that the actor may see."""
    return ItemVersion.objects.filter(item__in=visible_items(actor), pk=pk).select_related("item").first()


def copy_to_send(actor: Actor, pk: int) -> Copy | None:
    """The file that somebody may download."""
    return visible_copies(actor).filter(pk=pk).first()


# --- the help desk


def help_questions(actor: Actor) -> QuerySet[HelpQuestion]:
    """The questions that the actor may see, newest first."""
    return visible_help_questions(actor).select_related("organisation", "asked_by", "answered_by")


def own_help_questions(actor: Actor, *, withdrawn: bool = False) -> QuerySet[HelpQuestion]:
    """What the own organisation asked; what was taken back stands apart."""
    own = help_questions(actor).filter(organisation_id=actor.organisation_id or 0)
    return own.filter(state=HelpState.WITHDRAWN) if withdrawn else own.exclude(state=HelpState.WITHDRAWN)


def new_answers(actor: Actor) -> int:
    """How many answers nobody of the own organisation has read yet."""
    own = visible_help_questions(actor).filter(organisation_id=actor.organisation_id or 0)
    return own.filter(state=HelpState.ANSWERED, answer_read_at__isnull=True).count()


def help_queue(actor: Actor, *, state: str = "", search: str = "") -> QuerySet[HelpQuestion]:
    """The questions of all participants, those that wait longest first."""
    rows = help_questions(actor).exclude(state=HelpState.WITHDRAWN)
    if state in HelpState.values:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(Q(text__icontains=search) | Q(organisation__name__icontains=search))
    return rows.order_by("answered_at", "asked_at", "pk") if state == HelpState.OPEN else rows.order_by("-asked_at")


def open_help_count(actor: Actor) -> int:
    """How many questions wait for an answer."""
    return visible_help_questions(actor).filter(state=HelpState.OPEN).count()


# --- questions and answers for everybody


@dataclass(frozen=True)
class FaqRow:
    """A question and its answer as everybody reads them."""

    id: int
    question: Text
    answer: Text
    step: int | None
    is_withdrawn: bool


def faqs(actor: Actor, *, search: str = "", step: int | None = None) -> list[FaqRow]:
    """The questions and answers that the actor may read, by step, with the words looked for in either language."""
    rows = visible_faqs(actor).order_by(F("step").asc(nulls_last=True), "pk")
    if step is not None:
        rows = rows.filter(step=step)
    found = [_faq_row(row) for row in rows]
    return [row for row in found if holds(folded(_words_of(row)), search)]


def faqs_about(actor: Actor, question_id: str) -> list[FaqRow]:
    """What others asked about one question of the questionnaire: put it in the page as `faqs_here`."""
    rows = visible_faqs(actor).filter(withdrawn_at__isnull=True, about=question_id).exclude(about="")
    return [_faq_row(row) for row in rows]


def _faq_row(row: Faq) -> FaqRow:
    return FaqRow(
        row.pk,
        Text(row.question_nl, row.question_en),
        Text(row.answer_nl, row.answer_en),
        row.step,
        row.withdrawn_at is not None,
    )


def _words_of(row: FaqRow) -> str:
    return " ".join([row.question.nl, row.question.en, row.answer.nl, row.answer.en])


def faq(actor: Actor, pk: int) -> Faq | None:
    """One question with its answer."""
    return visible_faqs(actor).filter(pk=pk).first()


# --- the pack


def current_pack(today: dt.date) -> Pack | None:
    """The pack of the current year; None before the first year was opened."""
    year = covenant.choose_current(covenant.years(), today)
    return covenant.pack_of(year) if year else None


def step_titles(today: dt.date) -> list[tuple[int, Text]]:
    """Numbers and titles of the due-diligence steps, from the framework of the current year."""
    pack = current_pack(today)
    return [(step.number, step.title) for step in pack.framework.steps] if pack else []


def question_titles(today: dt.date) -> list[tuple[str, str, Text]]:
    """Id, number and words of every question of the questionnaire of the current year."""
    pack = current_pack(today)
    return [(one.id, one.number, one.text) for one in pack.framework.questions.values()] if pack else []
