"""What a company does with its public report: write the draft, publish what it approved, take a version back."""

from toetssteen.communication.services.drafting import (
    SectionData,
    choose_length,
    save_section,
    start_draft,
)
from toetssteen.communication.services.filing import make_pdf, make_pdf_again
from toetssteen.communication.services.publishing import digest_of, publish_report, withdraw_report

__all__ = [
    "SectionData",
    "choose_length",
    "digest_of",
    "make_pdf",
    "make_pdf_again",
    "publish_report",
    "save_section",
    "start_draft",
    "withdraw_report",
]
