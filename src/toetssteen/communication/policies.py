"""What the state of a public report allows, whoever asks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from toetssteen.communication.models import Edition
from toetssteen.core.access import YES, Verdict, no


def has_content(content: dict[str, Any]) -> Verdict:
    """There is something to tell: at least one part of the report holds something."""
    if content["sections"]:
        return YES
    return no(_("There is nothing to show yet: choose what is in, or write something yourself."))


def withdrawable(edition: Edition) -> Verdict:
    """A version can be withdrawn once."""
    if hasattr(edition, "withdrawal"):
        return no(_("This version was withdrawn already."))
    return YES


def without_version(is_so: bool) -> Verdict:
    """What the list of public communication says of a version goes with that version, not before."""
    if is_so:
        return YES
    return no(
        _(
            "Everybody can still read this report here, so it stays on the list. "
            "Take that version back under “Your public report”; then it goes off the list too."
        )
    )
