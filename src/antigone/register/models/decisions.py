"""From finding to grave: what was computed, proposed, decided, released, buried."""

from __future__ import annotations

from django.db import models

from antigone.domain import Kind
from antigone.register.models.record import Record


class Finding(Record):
    """What was computed for one group of remains and one missing person, and how it was made.

    State: computed; consent_withdrawn (the figure stays; it can no longer be recomputed); and, where it no longer
    speaks of what is known now: profile_changed, profile_withdrawn, remains_changed (what was one person is so no
    more), identity_reversed (it used remains as a relative's whose identification was reversed).
    `log10_lr`: decimal figure, lowest over the tables. `made`: software, table and policy digests, and the profiles
    compared: [{"profile", "version", "person"}].
    """

    KIND = Kind.FINDING
    PLAIN = ("remains", "missing_person", "family", "log10_lr", "made")
    SEALED = ("by_locus", "pedigree")

    remains = models.ForeignKey("register.Remains", models.PROTECT, related_name="findings")
    missing_person = models.ForeignKey("register.MissingPerson", models.PROTECT, related_name="findings")
    family = models.ForeignKey("register.Family", models.PROTECT, related_name="findings")
    log10_lr = models.CharField(max_length=32)
    made = models.JSONField()


class Proposal(Record):
    """That these remains are this missing person, with the findings it rests on.

    State: open, disputed (somebody dissents), decided, refused (two dissented). sealed `relatives`: how many typed
    donors the findings rest on; `methods`: kinship, direct; `further`: these are further remains of a person already
    identified; `dissent`: [{"by", "text", "withdrawn"}].
    """

    KIND = Kind.PROPOSAL
    PLAIN = ("remains", "missing_person", "findings", "proposed_by", "signed_by", "dissent_by")
    SEALED = ("reasons", "other_evidence", "relatives", "methods", "further", "dissent")

    remains = models.ForeignKey("register.Remains", models.PROTECT, related_name="proposals")
    missing_person = models.ForeignKey("register.MissingPerson", models.PROTECT, related_name="proposals")
    findings = models.JSONField(default=list)
    proposed_by = models.ForeignKey("register.User", models.PROTECT, related_name="+")
    signed_by = models.JSONField(default=list)
    dissent_by = models.JSONField(default=list)


class Decision(Record):
    """An identification, by two signatures. State: standing, reversed. `told`: who was informed, and when.

    sealed `units`: the identifiers of all the remains it names, which were one person when it was signed; `further`:
    as in the proposal.
    """

    KIND = Kind.DECISION
    PLAIN = ("proposal", "remains", "missing_person", "findings", "signed_by", "reversed_by", "told")
    SEALED = ("reasons", "units", "further", "reversal")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions")
    remains = models.ForeignKey("register.Remains", models.PROTECT, related_name="decisions")
    missing_person = models.ForeignKey("register.MissingPerson", models.PROTECT, related_name="decisions")
    findings = models.JSONField(default=list)
    signed_by = models.JSONField(default=list)
    reversed_by = models.CharField(max_length=16, default="")
    told = models.JSONField(default=list)  # [{"relative", "on", "by"}]


class Release(Record):
    """One unit of remains given to the family, or back to the other party. State: released, recalled."""

    KIND = Kind.RELEASE
    PLAIN = ("decision", "remains", "to_party", "released_on")
    SEALED = ("received_by", "note")

    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="releases")
    remains = models.ForeignKey("register.Remains", models.PROTECT, related_name="releases")
    to_party = models.ForeignKey("register.Party", models.PROTECT, null=True, related_name="+")
    released_on = models.DateField()


class Grave(Record):
    """Where one unit of remains lies, under a name or a number (Geneva Convention I, article 17).

    State: in_use, exhumed. With `release`: under a name.
    """

    KIND = Kind.GRAVE
    PLAIN = ("remains", "release", "buried_on")
    SEALED = ("cemetery", "plot", "coordinates", "marking")

    remains = models.ForeignKey("register.Remains", models.PROTECT, related_name="graves")
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="graves")
    buried_on = models.DateField()


class Document(Record):
    """A paper or file that others refer to, or an export.

    State: kept, erased; of an export: exported_minimal, exported_whole, exported_whole_opened.
    """

    KIND = Kind.DOCUMENT
    PLAIN = ("about", "sha256", "dated")
    SEALED = ("title", "note")

    about = models.CharField(max_length=16)  # identifier of any record
    sha256 = models.CharField(max_length=64, default="")
    dated = models.DateField(null=True)


class Notice(Record):
    """That somebody must know something: one addressee, one record. State: waiting, read."""

    KIND = Kind.NOTICE
    PLAIN = ("addressee", "about", "code")

    addressee = models.ForeignKey("register.User", models.PROTECT, related_name="notices")
    about = models.CharField(max_length=16)
    code = models.CharField(max_length=48)
