"""Who may see the registry and decide about it, and what a company is asked."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.sites import policies
from toetssteen.sites.choices import AskedOf
from toetssteen.sites.models import ClosingNotice, Mention, MentionLink, Question, SiteChange
from toetssteen.supplychain.models import Site

EDITORS = (Role.COMPANY_ADMIN, Role.EDITOR)
ONLY_SECRETARIAT = _("Only the secretariat keeps the registry of sites.")


def visible_sites(actor: Actor) -> QuerySet[Site]:
    """The registry is the secretariat's; a company never sees it, not even the site of its own mention."""
    return Site.objects.all() if actor.is_secretariat else Site.objects.none()


def visible_mentions(actor: Actor) -> QuerySet[Mention]:
    """What companies wrote, tied to sites, is the secretariat's."""
    return Mention.objects.all() if actor.is_secretariat else Mention.objects.none()


def visible_questions(actor: Actor) -> QuerySet[Question]:
    """The secretariat's own questions; those of a company are in `own_questions`."""
    if not actor.is_secretariat:
        return Question.objects.none()
    return Question.objects.filter(asked_of=AskedOf.SECRETARIAT)


def own_questions(actor: Actor) -> QuerySet[Question]:
    """What a company is asked about two things that it wrote itself and that still stand in its chains."""
    if actor.company_id is None:
        return Question.objects.none()
    used = (
        MentionLink.objects.filter(mention=OuterRef("mention")),
        MentionLink.objects.filter(mention=OuterRef("other")),
    )
    return Question.objects.filter(
        Exists(used[0]),
        Exists(used[1]),
        asked_of=AskedOf.COMPANY,
        mention__organisation_id=actor.company_id,
        other__organisation_id=actor.company_id,
    )


def own_notices(actor: Actor) -> QuerySet[ClosingNotice]:
    """What the secretariat chose to tell a company about places in its own chains."""
    if actor.company_id is None:
        return ClosingNotice.objects.none()
    return ClosingNotice.objects.filter(mention__organisation_id=actor.company_id, closing__undone_at__isnull=True)


def _secretariat(actor: Actor) -> Verdict:
    return YES if actor.is_secretariat else no(ONLY_SECRETARIAT)


@permission("sites.view_site")
def can_view_site(actor: Actor, site: Site) -> Verdict:
    """The secretariat only."""
    return _secretariat(actor)


@permission("sites.edit_site")
def can_edit_site(actor: Actor, site: Site | None = None) -> Verdict:
    """The secretariat adds and changes sites."""
    return _secretariat(actor)


@permission("sites.close_site")
def can_close_site(actor: Actor, site: Site) -> Verdict:
    """The secretariat records that a site closed or opened again."""
    return _secretariat(actor)


@permission("sites.merge_sites")
def can_merge_sites(actor: Actor, site: Site) -> Verdict:
    """The secretariat merges two sites, splits a mention off, and undoes both."""
    return _secretariat(actor)


@permission("sites.undo_change")
def can_undo_change(actor: Actor, change: SiteChange) -> Verdict:
    """The secretariat undoes changes of the registry; a company undoes its own answers."""
    if actor.is_secretariat:
        return YES
    question = change.question
    if question is not None and question.asked_of == AskedOf.COMPANY:
        return can_answer_own_question(actor, question)
    return no(ONLY_SECRETARIAT)


@permission("sites.answer_question")
def can_answer_question(actor: Actor, question: Question) -> Verdict:
    """The secretariat answers its own questions, once."""
    if question.asked_of != AskedOf.SECRETARIAT:
        return no(_("The company answers this question."))
    return _secretariat(actor) and policies.answerable(question)


@permission("sites.answer_own_question")
def can_answer_own_question(actor: Actor, question: Question) -> Verdict:
    """Administrators and editors of the company answer questions about what the company wrote itself."""
    if question.asked_of != AskedOf.COMPANY or not actor.holds_any(EDITORS, question.mention.organisation_id):
        return no(_("Only administrators and editors of the company answer this."))
    return YES


@permission("sites.recognise_everything")
def can_recognise_everything(actor: Actor) -> Verdict:
    """The secretariat lets everything be recognised again."""
    return _secretariat(actor)


@permission("sites.export_sites")
def can_export_sites(actor: Actor) -> Verdict:
    """The secretariat takes the registry out as a file."""
    return _secretariat(actor)
