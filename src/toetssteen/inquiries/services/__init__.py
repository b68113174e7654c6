"""What people do with questions to the chain: one verb per function."""

from toetssteen.inquiries.services.asking import (
    InquiryData,
    discard_inquiry,
    edit_inquiry,
    prepare_inquiry,
    record_answer,
    resend_inquiry,
    send_inquiry,
    withdraw_inquiry,
)
from toetssteen.inquiries.services.deciding import accept_line, reject_line, undo_line
from toetssteen.inquiries.services.replying import (
    add_attachment,
    begin,
    change_sharing,
    choose_language,
    refuse,
    remove_attachment,
    save_reply,
    send_replies,
    take_over_earlier,
)

__all__ = [
    "InquiryData",
    "accept_line",
    "add_attachment",
    "begin",
    "change_sharing",
    "choose_language",
    "discard_inquiry",
    "edit_inquiry",
    "prepare_inquiry",
    "record_answer",
    "refuse",
    "reject_line",
    "remove_attachment",
    "resend_inquiry",
    "save_reply",
    "send_inquiry",
    "send_replies",
    "take_over_earlier",
    "undo_line",
    "withdraw_inquiry",
]
