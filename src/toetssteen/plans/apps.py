from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "toetssteen.plans"

    def ready(self) -> None:
        """Answer the rooms below: which plans speak of a site, aim at a risk or rest on a file."""
        from toetssteen.documents import hooks as document_hooks
        from toetssteen.foundation import hooks
        from toetssteen.plans import queries, usage
        from toetssteen.plans.about_sites import actions_about
        from toetssteen.plans.services.carrying import follow_risks

        hooks.answers("site.in_plans", actions_about)
        hooks.answers("goals_of_risks", queries.goals_of_risks)
        hooks.answers("risks.carried", follow_risks)
        document_hooks.usage.append(usage.evidence_usage)
        document_hooks.open_to_secretariat.append(usage.evidence_handed_in)
