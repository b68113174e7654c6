"""Who reads what in the library, who keeps it, and who asks, answers and reads questions to the help desk."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Verdict, no, permission
from toetssteen.core.frameworks import ModelDocument
from toetssteen.library import policies
from toetssteen.library.models import Copy, Faq, HelpQuestion, Item, ItemVersion

# For whom an item is, by the kind of organisation acted for; everybody reads what is for the public.
AUDIENCES: dict[str, frozenset[str]] = {
    "company": frozenset({"company", "supplier"}),
    "authority": frozenset({"authority"}),
    "sector": frozenset({"company"}),
    "union": frozenset({"civil_society"}),
    "ngo": frozenset({"civil_society"}),
    "government": frozenset({"authority"}),
}


def audiences_of(actor: Actor) -> frozenset[str]:
    """Whom the actor counts as; without a role for an organisation that is the public alone."""
    return (AUDIENCES.get(actor.organisation_kind, frozenset()) if actor.holdings else frozenset()) | {"public"}


def visible_items(actor: Actor) -> QuerySet[Item]:
    """What is meant for the actor and stands published; the secretariat sees all, withdrawn items too."""
    if actor.is_secretariat:
        return Item.objects.all()
    mine = Q()
    for one in sorted(audiences_of(actor)):
        mine |= Q(**{f"for_{one}": True})
    published = ItemVersion.objects.filter(item=OuterRef("pk"), withdrawn_at__isnull=True)
    return Item.objects.filter(mine, Exists(published), withdrawn_at__isnull=True)


def visible_copies(actor: Actor) -> QuerySet[Copy]:
    """The texts of visible items; withdrawn versions are for the secretariat alone."""
    rows = Copy.objects.filter(version__item__in=visible_items(actor))
    return rows if actor.is_secretariat else rows.filter(version__withdrawn_at__isnull=True)


@permission("library.view_item")
def can_view_item(actor: Actor, item: Item) -> Verdict:
    """Those whom the item is for, while it stands published; the secretariat always."""
    if actor.is_secretariat:
        return YES
    published = item.withdrawn_at is None and any(one.withdrawn_at is None for one in item.versions.all())
    if published and audiences_of(actor) & item.audience:
        return YES
    return no(_("This item of the library is meant for others."))


@permission("library.keep_item")
def can_keep_item(actor: Actor, item: Item | None = None) -> Verdict:
    """The secretariat adds items, changes them and publishes new versions."""
    if not actor.is_secretariat:
        return no(_("Only the secretariat keeps the library."))
    return policies.is_in_use(item) if item is not None else YES


@permission("library.restore_item")
def can_restore_item(actor: Actor, item: Item) -> Verdict:
    """The secretariat brings back what it withdrew."""
    if not actor.is_secretariat:
        return no(_("Only the secretariat keeps the library."))
    return policies.is_withdrawn(item)


@permission("library.fill_model_text")
def can_fill_model_text(actor: Actor, document: ModelDocument) -> Verdict:
    """Those whom a model text is for fill it with their own data; the secretariat sees it empty."""
    if actor.is_secretariat or audiences_of(actor) & set(document.audience):
        return YES
    return no(_("This model text is meant for others."))


def visible_help_questions(actor: Actor) -> QuerySet[HelpQuestion]:
    """The questions of the own organisation; the secretariat sees all."""
    if actor.is_secretariat:
        return HelpQuestion.objects.all()
    if actor.organisation_id is not None and actor.holdings:
        return HelpQuestion.objects.filter(organisation_id=actor.organisation_id)
    return HelpQuestion.objects.none()


def visible_faqs(actor: Actor) -> QuerySet[Faq]:
    """Everybody reads what stands published; the secretariat also what it took back."""
    if actor.is_secretariat:
        return Faq.objects.all()
    return Faq.objects.filter(withdrawn_at__isnull=True)


@permission("library.view_help_question")
def can_view_help_question(actor: Actor, question: HelpQuestion) -> Verdict:
    """People of the organisation that asked, and the secretariat."""
    if actor.is_secretariat or (actor.holdings and actor.organisation_id == question.organisation_id):
        return YES
    return no(_("A question is seen by those who asked it and by the secretariat."))


@permission("library.ask_help")
def can_ask_help(actor: Actor) -> Verdict:
    """Everybody who acts for a participant may ask the secretariat something."""
    if actor.holdings and actor.organisation_id is not None and not actor.is_staff:
        return YES
    return no(_("Only people who act for a participant ask the help desk."))


@permission("library.withdraw_help")
def can_withdraw_help(actor: Actor, question: HelpQuestion) -> Verdict:
    """Who asked may take a question back as long as it has no answer."""
    return policies.is_open(question) if _asked(actor, question) else _only_who_asked()


@permission("library.restore_help")
def can_restore_help(actor: Actor, question: HelpQuestion) -> Verdict:
    """Who took a question back may ask it after all."""
    return policies.may_be_asked_again(question) if _asked(actor, question) else _only_who_asked()


@permission("library.read_answer")
def can_read_answer(actor: Actor, question: HelpQuestion) -> Verdict:
    """Those who asked say that they read the answer, so that it no longer stands as new."""
    if not _asked(actor, question):
        return _only_who_asked()
    return YES if question.is_new_answer else no(_("There is no new answer."))


def _asked(actor: Actor, question: HelpQuestion) -> bool:
    return not actor.is_secretariat and bool(actor.holdings) and actor.organisation_id == question.organisation_id


def _only_who_asked() -> Verdict:
    return no(_("Only the organisation that asked can do this."))


@permission("library.answer_help")
def can_answer_help(actor: Actor, question: HelpQuestion) -> Verdict:
    """The secretariat answers, and may correct its answer."""
    if not actor.is_secretariat:
        return no(_("Only the secretariat answers questions."))
    return policies.may_be_answered(question)


@permission("library.publish_faq")
def can_publish_faq(actor: Actor) -> Verdict:
    """The secretariat decides which answers everybody may read."""
    if actor.is_secretariat:
        return YES
    return no(_("Only the secretariat publishes questions and answers."))
