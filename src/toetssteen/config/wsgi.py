"""The door for an application server."""

import os

from django.core.wsgi import get_wsgi_application

from toetssteen.config.production import refuse_if_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toetssteen.config.settings")
refuse_if_unsafe()
application = get_wsgi_application()
