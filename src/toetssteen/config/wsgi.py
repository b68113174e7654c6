"""The door for an application server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from toetssteen.config.production import refuse_if_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toetssteen.config.settings")
refuse_if_unsafe()
application = get_wsgi_application()


def settle() -> None:
    """Load what every page needs, and do not look through all of it for circles again and again.

    Templates, addresses and content packs live as long as the process. Walking through them is most of what the
    collector does, at moments that make a page wait; what a page itself leaves behind is still collected.
    """
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - reading it loads all views
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


settle()
