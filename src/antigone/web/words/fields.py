"""Labels of the fields of commands and records, and what to write into them."""

from __future__ import annotations

from django.utils.functional import Promise

LABELS: dict[str, str | Promise] = {}
HELP: dict[str, str | Promise] = {}


def field_label(name: str, verb: str = "") -> str:
    """What a field is called; its own name in English where nobody gave it a label."""
    return str(LABELS.get(f"{verb}.{name}") or LABELS.get(name) or name.replace("_", " "))


def field_help(name: str, verb: str = "") -> str:
    """What to write into a field; empty where the label says it all."""
    return str(HELP.get(f"{verb}.{name}") or HELP.get(name) or "")
