"""How the registry stands: how many sites, questions and mentions there are, and the last run."""

from __future__ import annotations

from dataclasses import dataclass

from toetssteen.core.access import Actor
from toetssteen.sites.choices import QuestionState
from toetssteen.sites.models import Run
from toetssteen.sites.permissions import visible_mentions, visible_questions, visible_sites


@dataclass(frozen=True)
class RegistryState:
    """The figures above the list."""

    sites: int
    mentions: int
    loose: int
    open: int
    waiting: int


def registry_state(actor: Actor) -> RegistryState:
    """Five counts."""
    mentions, questions = visible_mentions(actor), visible_questions(actor)
    return RegistryState(
        sites=visible_sites(actor).filter(merged_into__isnull=True).count(),
        mentions=mentions.count(),
        loose=mentions.filter(site__isnull=True).count(),
        open=questions.filter(state=QuestionState.OPEN).count(),
        waiting=questions.filter(state=QuestionState.WAITING).count(),
    )


def latest_run(actor: Actor) -> Run | None:
    """The last time that everything was recognised again."""
    return Run.objects.select_related("asked_by").first() if actor.is_secretariat else None
