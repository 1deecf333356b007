"""The ledger's own tables: one entry per action, its changes, checkpoints and their cosignatures. Append-only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class LedgerEntry(models.Model):
    """One action. The body of its leaf is made from these columns; `leaf` is the hash written with it."""

    index = models.PositiveBigIntegerField(primary_key=True)
    action = models.CharField(max_length=32, unique=True)
    verb = models.CharField(max_length=48)
    actor = models.CharField(max_length=16)
    at = models.DateTimeField()
    reason = models.TextField(default="")
    changes_count = models.PositiveIntegerField()
    changes_root = models.CharField(max_length=64)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        ordering: ClassVar[list[str]] = ["index"]


class Change(models.Model):
    """One version of one record, made by one action. `plain` is canonical JSON; `sealed` the encrypted part."""

    action = models.CharField(max_length=32)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    record = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    plain = models.TextField()
    sealed = models.BinaryField(null=True)
    sealed_digest = models.CharField(max_length=64, default="")
    salt = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "version"], name="one_version_once"),
            models.UniqueConstraint(fields=["action", "position"], name="one_position_once"),
        ]


class LedgerHead(models.Model):
    """The one row under whose lock an entry gets its index."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)


class Checkpoint(models.Model):
    """A signed note over the first `size` entries."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    frontier = models.BinaryField()  # to go on from here without reading the entries again
    note = models.TextField()
    made_at = models.DateTimeField()


class Cosignature(models.Model):
    """A witness's line under a checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=200)
    line = models.TextField()
    taken_in_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="one_witness_once")]


class IdentifierCounter(models.Model):
    """The last number given, by kind, where the database has no sequences (SQLite)."""

    kind = models.CharField(primary_key=True, max_length=24)
    last = models.PositiveBigIntegerField(default=0)
