"""Reading questions: for the company that asks, and for the holder of a link."""

from toetssteen.inquiries.queries.asking import Candidate, ChosenChain, candidates, chosen_chains, next_to_ask
from toetssteen.inquiries.queries.inquiries import (
    Filters,
    InquiryList,
    InquiryRow,
    attachment,
    attachment_for_respondent,
    inquiry,
    inquiry_list,
    waiting_reminders,
)
from toetssteen.inquiries.queries.respondent import Sheet, SheetQuestion, sheet_by_token

__all__ = [
    "Candidate",
    "ChosenChain",
    "Filters",
    "InquiryList",
    "InquiryRow",
    "Sheet",
    "SheetQuestion",
    "attachment",
    "attachment_for_respondent",
    "candidates",
    "chosen_chains",
    "inquiry",
    "inquiry_list",
    "next_to_ask",
    "sheet_by_token",
    "waiting_reminders",
]
