"""What the state of a report allows, whoever asks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report

# state: {deed: next state}; everything else is refused.
TRANSITIONS: dict[str, dict[str, str]] = {
    ReportState.DRAFT: {"submit": ReportState.SUBMITTED, "decide_undelivered": ReportState.PROVISIONAL},
    ReportState.SUBMITTED: {"take": ReportState.IN_REVIEW, "return": ReportState.RETURNED},
    ReportState.IN_REVIEW: {
        "release": ReportState.SUBMITTED,
        "return": ReportState.RETURNED,
        "give_provisional": ReportState.PROVISIONAL,
    },
    ReportState.RETURNED: {"submit": ReportState.SUBMITTED, "take_back": ReportState.IN_REVIEW},
    ReportState.PROVISIONAL: {"reconsider": ReportState.IN_REVIEW, "finalise": ReportState.FINAL},
    ReportState.FINAL: {"extend": ReportState.RETURNED},  # extra time; the decision stays in the history
}
EDITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
# What the secretariat sees; a returned report is being changed again, so it sees the frozen one only.
HANDED_IN = frozenset(set(ReportState) - {ReportState.DRAFT})


def editable(report: Report) -> Verdict:
    """A report may be changed while it is a draft or was returned for completion."""
    if report.state in EDITABLE:
        return YES
    if report.state == ReportState.FINAL:
        return no(_("This report has been decided on and can no longer be changed."))
    return no(_("This report was submitted and can no longer be changed. The secretariat can return it to you."))


def allows_move(report: Report, to: str) -> Verdict:
    """A report goes from state to state along the agreed ways only."""
    if to in TRANSITIONS[report.state].values():
        return YES
    return no(
        _("A report that is “%(old)s” cannot become “%(new)s”.")
        % {"old": ReportState(report.state).label, "new": ReportState(to).label}
    )


def deed_of(old: str, new: str) -> str:
    """The deed that leads from one state to another."""
    return next(deed for deed, state in TRANSITIONS[old].items() if state == new)
