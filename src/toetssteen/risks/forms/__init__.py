"""Forms of risks: what they are, how severe, why they move, what stakeholders say."""

from toetssteen.risks.forms.order import CarryForm, MoveForm, ReasonForm, ViewForm
from toetssteen.risks.forms.risk import (
    PLAIN,
    SOURCE,
    UNRATED,
    PartForm,
    RatingForm,
    RiskForm,
    SourceForm,
    involvement_choices,
    score_choices,
)

__all__ = [
    "PLAIN",
    "SOURCE",
    "UNRATED",
    "CarryForm",
    "MoveForm",
    "PartForm",
    "RatingForm",
    "ReasonForm",
    "RiskForm",
    "SourceForm",
    "ViewForm",
    "involvement_choices",
    "score_choices",
]
