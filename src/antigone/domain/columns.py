"""Every bulk table declared once: its columns, their kind, and what an empty cell means."""

from __future__ import annotations

from dataclasses import dataclass

MISSING_ALLELE = -1
"""Index of an allele that was tested for and not seen."""
NOT_TESTED = -2
"""Index of an allele at a locus that was not tested."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a case folder's table."""

    name: str
    kind: str  # text, sex, role, scope, allele, probability, yes-no, count
    required: bool
    meaning: str
    empty: str = ""


PERSONS: tuple[Column, ...] = (
    Column("family", "text", True, "Family the person belongs to; empty for remains and staff.", "remains or staff"),
    Column("person", "text", True, "Identifier, unique within the family, or among remains and staff."),
    Column("father", "text", False, "Identifier of the father within the family.", "founder"),
    Column("mother", "text", False, "Identifier of the mother within the family.", "founder"),
    Column("sex", "sex", False, "male, female or unknown.", "unknown"),
    Column("role", "role", True, "missing, relative, remains, or staff (a person who handled samples)."),
    Column("twin", "text", False, "Same text for monozygotic twins of one family.", "no twin"),
    Column("label", "text", False, "Name shown in place of the identifier.", "the identifier"),
    Column("inbreeding", "probability", False, "A founder's two alleles are one by descent.", "0"),
)
"""persons.csv: one row per person of a family, per remains and per person of the staff."""

PROFILES: tuple[Column, ...] = (
    Column("family", "text", True, "Family of the person; empty for remains and staff.", "remains or staff"),
    Column("person", "text", True, "Person or remains the sample was taken from."),
    Column("sample", "text", False, "Identifier of the sample; one per person.", "the person's"),
    Column("locus", "text", True, "Any usual spelling; stored in the canonical one."),
    Column("allele1", "allele", False, "First allele seen.", "nothing seen"),
    Column("allele2", "allele", False, "Second allele seen.", "the other allele is unknown"),
    Column("allele3", "allele", False, "Further allele, where drop-in is possible.", "none"),
    Column("allele4", "allele", False, "Further allele, where drop-in is possible.", "none"),
    Column("homozygous", "yes-no", False, "yes: the laboratory vouches for one allele seen alone.", "no"),
    Column("kit", "text", False, "Kit of the sample; sets the expected loci.", "loci of the case"),
    Column("dropout", "probability", False, "Per-allele dropout of the sample.", "by its class"),
    Column("dropin", "probability", False, "Drop-in per locus of the sample.", "0"),
    Column("scope", "scope", False, "What the sample may be used for: kinship, direct or none.", "kinship"),
)
"""profiles.csv: one row per sample and locus."""

FREQUENCIES: tuple[Column, ...] = (
    Column("locus", "text", True, "Any usual spelling; stored in the canonical one."),
    Column("allele", "text", True, "Repeat number; silent: the allele nobody sees."),
    Column("frequency", "probability", True, "Share of this allele in the population."),
    Column("database_size", "count", False, "Persons typed for this locus.", "unknown"),
    Column("minimum", "probability", False, "No allele of this locus is rarer than this.", "none"),
)
"""A frequency table: one row per locus and allele; lines before the header that begin with # say
where it comes from."""

HANDOVERS: tuple[Column, ...] = (
    Column("handover", "text", True, "Identifier of the batch."),
    Column("date", "text", True, "YYYY, YYYY-MM or YYYY-MM-DD, as exact as it is known."),
    Column("from", "text", True, "Code of the side that hands over."),
    Column("to", "text", True, "Code of the side that receives."),
    Column("containers", "count", True, "Bags counted."),
)
"""handovers.csv: one row per batch."""

CONTAINERS: tuple[Column, ...] = (
    Column("container", "text", True, "Identifier given on receipt."),
    Column("handover", "text", True, "Batch it came in."),
    Column("tag", "text", True, "What is written on it."),
    Column("claimed_name", "text", False, "FAMILY/PERSON of a missing person, or any other name.", "unnamed"),
)
"""containers.csv: one row per bag, as it was handed over."""

CONTENTS: tuple[Column, ...] = (
    Column("container", "text", True, "Bag."),
    Column("remains", "text", True, "Remains found in it; one bag may hold several."),
)
"""contents.csv: one row per remains. Handovers, containers and contents are written by the simulation and read
by no command yet."""
