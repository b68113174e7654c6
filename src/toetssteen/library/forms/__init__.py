"""What people fill in: in the library, at a model text, and at the help desk."""

from toetssteen.library.forms.helping import AnswerForm, AskForm, FaqForm, FaqSearchForm, QueueForm
from toetssteen.library.forms.items import FindForm, ItemForm, ReasonForm, VersionForm
from toetssteen.library.forms.model_texts import ModelTextForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "FaqForm",
    "FaqSearchForm",
    "FindForm",
    "ItemForm",
    "ModelTextForm",
    "QueueForm",
    "ReasonForm",
    "VersionForm",
]
