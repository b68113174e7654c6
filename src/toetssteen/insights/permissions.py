"""Who may see which figures."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Verdict, no, permission
from toetssteen.insights.models import FigureSet, ResultSet


def visible_figure_sets(actor: Actor) -> QuerySet[FigureSet]:
    """Frozen public figures are for everybody."""
    return FigureSet.objects.all()


def visible_result_sets(actor: Actor) -> QuerySet[ResultSet]:
    """Frozen public tables are for everybody."""
    return ResultSet.objects.all()


@permission("insights.view_all_figures")
def can_view_all_figures(actor: Actor) -> Verdict:
    """The secretariat sees every figure with small groups, also of years that are not published yet."""
    if actor.is_secretariat:
        return YES
    return no(_("Only the secretariat sees figures about small groups and about years that are not published."))


@permission("insights.view_all_chains")
def can_view_all_chains(actor: Actor) -> Verdict:
    """The secretariat sees the chains of all companies together and where they meet; companies see only their own."""
    if actor.is_secretariat:
        return YES
    return no(_("Only the secretariat sees the chains of several companies together."))


@permission("insights.freeze_figures")
def can_freeze_figures(actor: Actor) -> Verdict:
    """A coordinator of the secretariat freezes the public figures of a year by publishing it."""
    return YES if actor.is_coordinator else no(_("Only a coordinator of the secretariat publishes."))
