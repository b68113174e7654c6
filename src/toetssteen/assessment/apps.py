from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "toetssteen.assessment"
