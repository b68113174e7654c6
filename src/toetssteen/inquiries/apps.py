from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "toetssteen.inquiries"

    def ready(self) -> None:
        from toetssteen.foundation import hooks
        from toetssteen.inquiries.queries.signals import signals_of_suppliers
        from toetssteen.inquiries.tasks import look_for_reminders

        hooks.answers("worker.minute", look_for_reminders)
        hooks.answers("risks.supplier_signals", signals_of_suppliers)
