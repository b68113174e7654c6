from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "toetssteen.inquiries"

    def ready(self) -> None:
        from toetssteen.foundation import hooks
        from toetssteen.inquiries.tasks import look_for_reminders

        hooks.answers("worker.minute", look_for_reminders)
