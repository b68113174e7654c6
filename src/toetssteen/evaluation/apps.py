from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "toetssteen.evaluation"

    def ready(self) -> None:
        """Tell plans what was measured and concluded, and evidence where readings use it."""
        from toetssteen.documents import hooks as document_hooks
        from toetssteen.evaluation import queries, services
        from toetssteen.foundation import hooks

        hooks.answers("readings_of_goals", queries.readings_of_goals)
        hooks.answers("conclusions_of_goals", queries.conclusions_of_goals)
        hooks.answers("plan_links", queries.links_of_plan)
        hooks.answers("plan.started", services.plan_was_started)
        document_hooks.usage.append(queries.evidence_usage)
