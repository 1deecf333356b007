"""Samples and the profiles typed from them."""

from __future__ import annotations

from django.db import models

from antigone.domain import Kind
from antigone.register.models.record import Record


class Sample(Record):
    """A sample from remains, from a relative, or the missing person's own (a direct reference).

    Exactly one of `remains`, `relative`, `missing_person` is set. State: taken, sent, received, profiled, failed,
    used_up, blocked (consent withdrawn).
    """

    KIND = Kind.SAMPLE
    PLAIN = ("remains", "relative", "missing_person", "material", "scope", "laboratory", "taken_on")

    remains = models.ForeignKey("register.Remains", models.PROTECT, null=True, related_name="samples")
    relative = models.ForeignKey("register.Relative", models.PROTECT, null=True, related_name="samples")
    missing_person = models.ForeignKey("register.MissingPerson", models.PROTECT, null=True, related_name="samples")
    material = models.CharField(max_length=64)
    scope = models.CharField(max_length=16)
    laboratory = models.ForeignKey("register.Institution", models.PROTECT, null=True, related_name="+")
    taken_on = models.DateField(null=True)


class Profile(Record):
    """The typed markers of one run of one sample. State: current, superseded, withdrawn, blocked.

    sealed `autosomal`, `x`, `y`, `mtdna`, `snp`: locus or position, in its usual spelling -> value as written by
    the laboratory, alleles as in 6/9.3, - for nothing seen; `reason`: why it was last corrected or withdrawn.
    Y, mtDNA and SNP values are kept and shown; no engine uses them yet.
    """

    KIND = Kind.PROFILE
    PLAIN = ("sample", "run", "kit", "quality", "dropout", "dropin")
    SEALED = ("autosomal", "x", "y", "mtdna", "snp", "note", "reason")

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="profiles")
    run = models.PositiveIntegerField()
    kit = models.CharField(max_length=64, default="")
    quality = models.CharField(max_length=16)  # full, partial, poor
    dropout = models.CharField(max_length=16, default="")  # decimal figure, "" = by class of sample
    dropin = models.CharField(max_length=16, default="")
