from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "toetssteen.register"

    def ready(self) -> None:
        """Tell the plans below what the public can read."""
        from toetssteen.foundation import hooks
        from toetssteen.register import queries

        hooks.answers("plan_is_published", queries.plan_is_published)
        hooks.answers("plan_as_published", queries.plan_as_published)
        hooks.answers("plan_is_off", queries.plan_is_off)
