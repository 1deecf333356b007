"""The tables, one file per subject."""

from antigone.register.models.decisions import Decision, Document, Finding, Grave, Notice, Proposal, Release
from antigone.register.models.families import Consent, Family, GeneticFamily, MissingPerson, NameToken, Relative
from antigone.register.models.ledger import (
    Change,
    Checkpoint,
    Cosignature,
    IdentifierCounter,
    LedgerEntry,
    LedgerHead,
)
from antigone.register.models.parties import Institution, Party, User
from antigone.register.models.record import Record
from antigone.register.models.remains import Container, Handover, Remains
from antigone.register.models.samples import Profile, Sample

RECORDS: dict[str, type[Record]] = {
    model.KIND.value: model
    for model in (
        Party,
        Institution,
        User,
        MissingPerson,
        Family,
        Relative,
        Consent,
        GeneticFamily,
        Handover,
        Container,
        Remains,
        Sample,
        Profile,
        Finding,
        Proposal,
        Decision,
        Release,
        Grave,
        Document,
        Notice,
    )
}
"""Name of a kind of record -> its table, in the order in which records may refer to each other."""

__all__ = [
    "RECORDS",
    "Change",
    "Checkpoint",
    "Consent",
    "Container",
    "Cosignature",
    "Decision",
    "Document",
    "Family",
    "Finding",
    "GeneticFamily",
    "Grave",
    "Handover",
    "IdentifierCounter",
    "Institution",
    "LedgerEntry",
    "LedgerHead",
    "MissingPerson",
    "NameToken",
    "Notice",
    "Party",
    "Profile",
    "Proposal",
    "Record",
    "Relative",
    "Release",
    "Remains",
    "Sample",
    "User",
]
