"""Who acts at the command line: whoever may run commands on the server may do what an operator may."""

from __future__ import annotations

from toetssteen.core.access import Actor, Holding, Role


def operator_actor() -> Actor:
    """The operator at the command line; no person is named in the audit trail."""
    return Actor(name="command line", holdings=frozenset({Holding(Role.OPERATOR, 0)}), second_factor=True)
