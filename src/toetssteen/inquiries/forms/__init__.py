"""Forms of asking and answering."""

from toetssteen.inquiries.forms.company import ByHandForm, InquiryForm, RecordForm
from toetssteen.inquiries.forms.reply import AttachmentForm, ConsentForm, RefuseForm, ReplyForm

__all__ = [
    "AttachmentForm",
    "ByHandForm",
    "ConsentForm",
    "InquiryForm",
    "RecordForm",
    "RefuseForm",
    "ReplyForm",
]
