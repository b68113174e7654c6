"""What a company does with risks: note, rate, order, decide on proposals, remove and bring back."""

from toetssteen.risks.services.keeping import RiskData, rate_risk, remove_risk, restore_risk, save_risk
from toetssteen.risks.services.ordering import move_risk, record_view, reset_order
from toetssteen.risks.services.proposing import confirm_proposal, reject_proposal, undo_rejection
from toetssteen.risks.services.supplied import propose_risk, take_back_risk

__all__ = [
    "RiskData",
    "confirm_proposal",
    "move_risk",
    "propose_risk",
    "rate_risk",
    "record_view",
    "reject_proposal",
    "remove_risk",
    "reset_order",
    "restore_risk",
    "save_risk",
    "take_back_risk",
    "undo_rejection",
]
