"""Who asks, answers and reads questions to the help desk."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import SECRETARIAT_ROLES, YES, Actor, Role, Verdict, no, permission
from toetssteen.library import policies
from toetssteen.library.models import Faq, HelpQuestion


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
    staff = SECRETARIAT_ROLES | {Role.OPERATOR}
    if actor.holdings and actor.organisation_id is not None and not actor.holds_any(staff):
        return YES
    return no(_("Only people who act for a participant ask the help desk."))


@permission("library.withdraw_help")
def can_withdraw_help(actor: Actor, question: HelpQuestion) -> Verdict:
    """Who asked may take a question back as long as it has no answer."""
    if actor.is_secretariat or not actor.holdings or actor.organisation_id != question.organisation_id:
        return no(_("Only the organisation that asked can take a question back."))
    return policies.is_open(question)


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
