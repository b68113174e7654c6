from django.apps import AppConfig


class CovenantConfig(AppConfig):
    name = "toetssteen.covenant"

    def ready(self) -> None:
        """Tell the room below which purchase situations the framework knows."""
        from toetssteen.covenant.situations import situation_choices
        from toetssteen.organisations import hooks

        hooks.tell_situations(situation_choices)
