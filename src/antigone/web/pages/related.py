"""Which records stand on the page of another one, and how they are found."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from antigone.domain import Kind
from antigone.register import doors
from antigone.web.names import Names
from antigone.web.pages.listings import cells_of, heads_of
from antigone.web.tables import Table
from antigone.web.words import KINDS

SHOWN = 50
"""Records of one kind on the page of another; the rest is on a list of its own."""


class Related(NamedTuple):
    """`lookup`: how the kind points to the record; `attribute`: whose value it is, the identifier's unless given."""

    kind: Kind
    lookup: str
    caption: str | Promise = ""
    attribute: str = "pk"


RELATED: dict[Kind, tuple[Related, ...]] = {
    Kind.PARTY: (Related(Kind.INSTITUTION, "party"),),
    Kind.INSTITUTION: (Related(Kind.USER, "institution"),),
    Kind.MISSING_PERSON: (
        Related(Kind.SAMPLE, "missing_person", _("The person's own samples")),
        Related(Kind.FINDING, "missing_person"),
        Related(Kind.PROPOSAL, "missing_person"),
        Related(Kind.DECISION, "missing_person"),
        Related(Kind.MISSING_PERSON, "merged_into", _("Records merged into this one")),
    ),
    Kind.FAMILY: (
        Related(Kind.MISSING_PERSON, "family"),
        Related(Kind.RELATIVE, "family"),
        Related(Kind.CONSENT, "family"),
        Related(Kind.SAMPLE, "relative__family"),
        Related(Kind.GENETIC_FAMILY, "family"),
        Related(Kind.FINDING, "family"),
    ),
    Kind.RELATIVE: (Related(Kind.CONSENT, "relative"), Related(Kind.SAMPLE, "relative")),
    Kind.HANDOVER: (Related(Kind.CONTAINER, "handover"),),
    Kind.CONTAINER: (Related(Kind.REMAINS, "container"),),
    Kind.REMAINS: (
        Related(Kind.REMAINS, "group", _("Remains of the same person"), "group"),
        Related(Kind.REMAINS, "split_from", _("Parts")),
        Related(Kind.SAMPLE, "remains"),
        Related(Kind.PROFILE, "sample__remains"),
        Related(Kind.FINDING, "remains"),
        Related(Kind.PROPOSAL, "remains"),
        Related(Kind.DECISION, "remains"),
        Related(Kind.RELEASE, "remains"),
        Related(Kind.GRAVE, "remains"),
    ),
    Kind.SAMPLE: (Related(Kind.PROFILE, "sample"),),
    Kind.PROPOSAL: (Related(Kind.DECISION, "proposal"),),
    Kind.RELEASE: (Related(Kind.GRAVE, "release"),),
}
_DOCUMENTS = Related(Kind.DOCUMENT, "about")


def related_tables(record: Any, names: Names) -> tuple[list[Table], list[str]]:
    """The tables of a record's page, of the kinds that the actor may read, and the captions of those that are empty."""
    ties = (*RELATED.get(record.KIND, ()), _DOCUMENTS)
    found, empty = [], []
    for place, tie in enumerate(ties):
        if names.actor.reaches(tie.kind):
            table = _table(record, tie, names, f"related-{place}")
            if table.rows:
                found.append(table)
            else:
                empty.append(table.caption)
    return found, empty


def of_record(record: Any, kind: Kind) -> dict[str, Any]:
    """The filter by which records of this kind belong to the record; KeyError where none does."""
    for tie in (*RELATED.get(record.KIND, ()), _DOCUMENTS):
        if tie.kind is kind:
            return {tie.lookup: getattr(record, tie.attribute)}
    raise KeyError(kind)


def _table(record: Any, tie: Related, names: Names, key: str) -> Table:
    rows = doors.DOORS[tie.kind].visible(names.actor).filter(**{tie.lookup: getattr(record, tie.attribute)})
    if tie.kind is record.KIND:
        rows = rows.exclude(pk=record.pk)
    found = list(rows.order_by("-pk")[: SHOWN + 1])
    address = reverse("list", args=[tie.kind.value]) + f"?of={record.pk}"
    return Table(
        key,
        str(tie.caption or KINDS[tie.kind].many),
        heads_of(tie.kind),
        [cells_of(row, names) for row in found[:SHOWN]],
        next=(_now("All of them"), address) if len(found) > SHOWN else None,
    )
