"""What erasures have in common: their grounds, which stand in the ledger, and the papers about a record."""

from antigone.actions.act import Act
from antigone.actions.fields import Choice
from antigone.register.models import Document

GROUNDS = Choice("asked_by_the_person", "asked_by_the_family", "consent_withdrawn", "court_order", "entered_in_error")
"""Words alone: the entry of an erasure must not say again what was erased."""


def erase_documents(act: Act, about: str) -> None:
    """Erase what is written of the documents about this record."""
    for document in Document.objects.filter(about=about).exclude(state="erased"):
        act.erase(document)
