from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "toetssteen.plans"

    def ready(self) -> None:
        """Tell the registry of sites which plans speak of a site that closes."""
        from toetssteen.foundation import hooks
        from toetssteen.plans.about_sites import actions_about

        hooks.answers("site.in_plans", actions_about)
