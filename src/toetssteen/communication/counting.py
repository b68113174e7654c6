"""How many complaints there were, in words in which nobody can be recognised."""

from __future__ import annotations

from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack

SAFE_FROM = 5  # where the pack does not say from which number on a count is safe


def complaints_in_words(count: int | None, pack: Pack) -> str:
    """Zero is said, a small number only as small, a larger one as it is; nothing when it is not known."""
    if count is None:
        return ""
    if count == 0:
        return _("No complaint about our chains came in with the committee this year.")
    least = pack.disclosure.min_companies_default.value if pack.disclosure else SAFE_FROM
    if count < least:
        return _("Fewer than %(least)s complaints about our chains came in with the committee this year.") % {
            "least": least
        }
    return _("%(count)s complaints about our chains came in with the committee this year.") % {"count": count}
