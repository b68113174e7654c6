"""What people do with a report: open it, answer, submit it, move it along."""

from toetssteen.reporting.services.moving import move

__all__ = ["move"]
