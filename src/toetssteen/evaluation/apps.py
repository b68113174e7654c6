from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "toetssteen.evaluation"

    def ready(self) -> None:
        """Tell plans what was measured and concluded, and evidence where readings use it and who may open it."""
        from toetssteen.documents import hooks as document_hooks
        from toetssteen.evaluation import queries, services, suggestions
        from toetssteen.foundation import hooks

        hooks.answers("readings_of_goals", queries.readings_of_goals)
        hooks.answers("conclusions_of_goals", queries.conclusions_of_goals)
        hooks.answers("conclusion_of_year", queries.conclusion_of_year)
        hooks.answers("indicator_of_practice", suggestions.indicator_of)
        hooks.answers("plan_links", queries.links_of_plan)
        hooks.answers("plan.started", services.plan_was_started)
        document_hooks.usage.append(queries.evidence_usage)
        document_hooks.open_to_secretariat.append(queries.evidence_handed_in)
