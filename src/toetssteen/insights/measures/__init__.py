"""The ways of counting that the list of figures may name, each a small function of the raw rows."""

from toetssteen.insights.measures import chains, collective, members, reports, risks
from toetssteen.insights.measures.register import MEASURES, Counted, measure

__all__ = ["MEASURES", "Counted", "chains", "collective", "measure", "members", "reports", "risks"]
