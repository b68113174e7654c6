"""Forms of a plan of action, of what becomes public, of shared actions and of corrective plans."""

from toetssteen.plans.forms.actions import ActionForm, UpdateForm
from toetssteen.plans.forms.corrective import CorrectiveForm, ExitForm, ResumeForm, ReviewForm, StepForm
from toetssteen.plans.forms.goals import ObjectiveForm, StopForm, SummaryForm
from toetssteen.plans.forms.public import ApproveForm, OffForm, PublicChoiceForm, PublicReportForm
from toetssteen.plans.forms.shared import SharedActionForm

__all__ = [
    "ActionForm",
    "ApproveForm",
    "CorrectiveForm",
    "ExitForm",
    "ObjectiveForm",
    "OffForm",
    "PublicChoiceForm",
    "PublicReportForm",
    "ResumeForm",
    "ReviewForm",
    "SharedActionForm",
    "StepForm",
    "StopForm",
    "SummaryForm",
    "UpdateForm",
]
