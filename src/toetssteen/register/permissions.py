"""Who may publish; what was published is for everybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Verdict, no, permission


@permission("register.preview")
def can_preview(actor: Actor) -> Verdict:
    """The secretariat sees what would become public before it does."""
    return YES if actor.is_secretariat else no(_("Only the secretariat prepares a publication."))


@permission("register.publish")
def can_publish(actor: Actor) -> Verdict:
    """A coordinator of the secretariat publishes."""
    return YES if actor.is_coordinator else no(_("Only a coordinator of the secretariat publishes."))
