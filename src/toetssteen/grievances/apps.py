from django.apps import AppConfig


class GrievancesConfig(AppConfig):
    name = "toetssteen.grievances"
