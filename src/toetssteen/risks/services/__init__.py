"""What a company does with risks: note, source, rate, order, carry over, decide on proposals, hear stakeholders."""

from toetssteen.risks.services.carrying import ENDED, Fate, carry_over
from toetssteen.risks.services.hearing import ViewData, correct_view, record_view, remove_view, restore_view
from toetssteen.risks.services.keeping import RiskData, rate_risk, remove_risk, restore_risk, save_risk, say_part
from toetssteen.risks.services.ordering import move_risk, reset_order, undo_move
from toetssteen.risks.services.proposing import confirm_proposal, reject_proposal, undo_rejection
from toetssteen.risks.services.sourcing import NewFile, SourceData, remove_source, save_source
from toetssteen.risks.services.supplied import propose_risk, take_back_risk

__all__ = [
    "ENDED",
    "Fate",
    "NewFile",
    "RiskData",
    "SourceData",
    "ViewData",
    "carry_over",
    "confirm_proposal",
    "correct_view",
    "move_risk",
    "propose_risk",
    "rate_risk",
    "record_view",
    "reject_proposal",
    "remove_risk",
    "remove_source",
    "remove_view",
    "reset_order",
    "restore_risk",
    "restore_view",
    "save_risk",
    "save_source",
    "say_part",
    "take_back_risk",
    "undo_move",
    "undo_rejection",
]
