"""What a covenant year and a pack allow, whoever asks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Verdict, no


def allows_other_pack(has_final_reports: bool) -> Verdict:
    """A year keeps its pack as soon as one of its reports is final."""
    if has_final_reports:
        return no(_("This year has final reports: it keeps the version they were assessed by."))
    return YES
