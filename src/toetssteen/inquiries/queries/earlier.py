"""What the same respondent answered before, for the respondent only; no company ever reads this."""

from __future__ import annotations

from toetssteen.inquiries.choices import InquiryState
from toetssteen.inquiries.models import Inquiry


def earlier_answer(inquiry: Inquiry) -> Inquiry | None:
    """The newest answer from this very mail address that may be shared, on the same kind of questionnaire.

    Only the address proves that it is the same respondent: the link came by that mail. A name or a place does not,
    because a company types those itself.
    """
    if not inquiry.email:
        return None
    return (
        Inquiry.objects.filter(
            email=inquiry.email, asked_kind=inquiry.asked_kind, state=InquiryState.ANSWERED, may_share=True,
            by_hand=False,
        )
        .exclude(pk=inquiry.pk)
        .prefetch_related("replies", "attachments")
        .order_by("-ended_at", "-pk")
        .first()
    )  # fmt: skip
