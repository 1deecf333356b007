"""The register as a Django application."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Label and tables are `register`."""

    name = "antigone.register"
    label = "register"
    verbose_name = "register"
