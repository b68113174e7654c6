"""What the state of an item or of a question to the help desk allows, whoever asks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.library.choices import HelpState
from toetssteen.library.models import HelpQuestion, Item, ItemVersion

TRANSITIONS: dict[str, dict[str, str]] = {
    HelpState.OPEN: {"answer_help": HelpState.ANSWERED, "withdraw_help": HelpState.WITHDRAWN},
    HelpState.ANSWERED: {"answer_help": HelpState.ANSWERED},
    HelpState.WITHDRAWN: {"restore_help": HelpState.OPEN},
}


def is_open(question: HelpQuestion) -> Verdict:
    """A question can be taken back until it is answered."""
    if question.state == HelpState.OPEN:
        return YES
    return no(_("This question has been answered or taken back already."))


def may_be_asked_again(question: HelpQuestion) -> Verdict:
    """What was taken back can be asked after all."""
    if "restore_help" in TRANSITIONS[question.state]:
        return YES
    return no(_("This question was not taken back."))


def may_be_answered(question: HelpQuestion) -> Verdict:
    """A question that was taken back is not answered any more."""
    if "answer_help" in TRANSITIONS[question.state]:
        return YES
    return no(_("This question was taken back by those who asked it."))


def is_in_use(thing: Item | ItemVersion) -> Verdict:
    """An item or version that was withdrawn does not change before it is brought back."""
    if thing.withdrawn_at is None:
        return YES
    return no(_("This was withdrawn. Bring it back first."))


def is_withdrawn(thing: Item | ItemVersion) -> Verdict:
    """Only what was withdrawn can be brought back."""
    if thing.withdrawn_at is not None:
        return YES
    return no(_("This was not withdrawn."))
