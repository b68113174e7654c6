from django.apps import AppConfig


class CommunicationConfig(AppConfig):
    name = "toetssteen.communication"
