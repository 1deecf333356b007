"""Missing persons, their families and relatives, and what the relatives consented to."""

from __future__ import annotations

from django.db import models

from antigone.domain import Kind
from antigone.register.models.record import Record


class Family(Record):
    """A pedigree with at least one missing person, as the family declared it.

    sealed `pedigree`: list of {"person", "father", "mother", "sex"}, where a person is the identifier of a
    missing person or relative, or a letter for somebody nobody registered. State: open, closed (nobody is left in it).
    """

    KIND = Kind.FAMILY
    SEALED = ("pedigree", "note")


class MissingPerson(Record):
    """One missing person; the particulars are those of Geneva Convention I, article 16.

    State: missing, identified, released, buried, alive, merged, erased. `merged_into` names the record that goes on.
    sealed `reason`: why it was last corrected, merged or found alive.
    """

    KIND = Kind.MISSING_PERSON
    PLAIN = ("family", "merged_into", "missing_since")
    SEALED = (
        "surname",
        "first_names",
        "patronymic",
        "sex",
        "born",
        "power",
        "service_number",
        "unit",
        "identity_papers",
        "last_seen",
        "place",
        "wounds_or_cause",
        "other_particulars",
        "reason",
    )

    family = models.ForeignKey(Family, models.PROTECT, null=True, related_name="missing")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    missing_since = models.DateField(null=True)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["party", "id"], name="missing_by_party"),
            models.Index(fields=["institution", "id"], name="missing_by_institution"),
            models.Index(fields=["party", "missing_since", "id"], name="missing_by_date"),
        ]


class Relative(Record):
    """A donor of a family reference sample. State: active, erased. sealed `reason`: why it was last corrected."""

    KIND = Kind.RELATIVE
    PLAIN = ("family",)
    SEALED = ("surname", "first_names", "patronymic", "sex", "relation", "contact", "reason")

    family = models.ForeignKey(Family, models.PROTECT, related_name="relatives")


class Consent(Record):
    """What one relative allowed: for kinship, for direct comparison only, or nothing.

    State: given, superseded (by a later one), withdrawn, erased.
    """

    KIND = Kind.CONSENT
    PLAIN = ("relative", "family", "scope", "given_on")
    SEALED = ("given_to", "document", "reason")

    relative = models.ForeignKey(Relative, models.PROTECT, related_name="consents")
    family = models.ForeignKey(Family, models.PROTECT, related_name="+")
    scope = models.CharField(max_length=16)
    given_on = models.DateField()


class GeneticFamily(Record):
    """What the profiles say about a declared family. For geneticists alone: never on a family's page or letter.

    State: checked, erased: what was found stands in no plain column. sealed `pedigree`: the one computed with;
    `checks`: figures, the conclusion, and what the family declared.
    """

    KIND = Kind.GENETIC_FAMILY
    PLAIN = ("family",)
    SEALED = ("pedigree", "checks", "explanation")

    family = models.ForeignKey(Family, models.PROTECT, related_name="genetic")


class NameToken(models.Model):
    """One keyed digest of one part of a name. Not a record: it is derived, and made anew when a name changes."""

    token = models.BinaryField(max_length=16)
    record = models.CharField(max_length=16)
    party = models.ForeignKey("register.Party", models.CASCADE, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["token", "record"], name="name_tokens"),
            models.Index(fields=["record"], name="name_token_records"),
        ]
