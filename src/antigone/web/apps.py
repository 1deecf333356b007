"""The pages as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext

from antigone.render import translate_by


class WebConfig(AppConfig):
    """Gives the sentences of `render` the language of each request."""

    name = "antigone.web"
    label = "web"

    def ready(self) -> None:
        translate_by(gettext)
