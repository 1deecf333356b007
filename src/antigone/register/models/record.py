"""What every kind of record has: an identifier, a version, plain columns, and a sealed part."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models

from antigone.domain import Kind


class Record(models.Model):
    """The present state of one record. Its history stands in `Change`; only an action writes either.

    PLAIN: columns that stand readable in the database and in the ledger's leaves (no personal data).
    SEALED: names of the values inside `sealed`, encrypted under the record's own key.
    A foreign key is a plain column too, and stands in the leaves by the identifier it points to.
    """

    KIND: ClassVar[Kind]
    PLAIN: ClassVar[tuple[str, ...]] = ()
    SEALED: ClassVar[tuple[str, ...]] = ()
    ALWAYS: ClassVar[tuple[str, ...]] = ("party", "institution", "state")

    id = models.CharField(primary_key=True, max_length=16)
    version = models.PositiveIntegerField()
    party = models.ForeignKey("register.Party", models.PROTECT, null=True, related_name="+")
    institution = models.ForeignKey("register.Institution", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=32, default="open")
    sealed = models.BinaryField(null=True)
    wrapped_key = models.BinaryField(null=True)
    key_generation = models.CharField(max_length=32, default="")
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def plain_names(cls) -> tuple[str, ...]:
        return cls.ALWAYS + cls.PLAIN

    def plain(self) -> dict[str, Any]:
        """The plain part as it stands in the ledger's leaf: texts, whole numbers, booleans, lists, None."""
        return {name: _plain(self, name) for name in self.plain_names()}


def _plain(record: Record, name: str) -> Any:
    column = record._meta.get_field(name)
    value = getattr(record, column.attname)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
