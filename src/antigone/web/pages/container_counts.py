"""What a handover announced and what came, container by container state. Containers are not bodies."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from antigone.domain import Kind
from antigone.register import doors
from antigone.web.localised import number
from antigone.web.names import Names
from antigone.web.tables import Cell, Part, Table, text
from antigone.web.words import state_words


def container_counts(handover: Any, names: Names) -> list[Part]:
    """Containers by state, beside the number announced; nothing for those who may not see containers."""
    if not names.actor.reaches(Kind.CONTAINER):
        return []
    rows = doors.containers.visible(names.actor).filter(handover=handover.pk).order_by()
    counts = rows.values_list("state").annotate(count=Count("pk")).order_by("state")
    cells = [(text(state_words(Kind.CONTAINER, state)), Cell(number(count), kind="number")) for state, count in counts]
    announced = handover.announced_containers
    note = _("The number of containers was not announced.")
    if announced is not None:
        note = _("Announced: %(count)s containers.") % {"count": number(announced)}
    heads = (_("State"), _("Containers"))
    return [Table("counts", _("Containers by state"), heads, cells, _("No container is registered yet."), note)]
