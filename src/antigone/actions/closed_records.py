"""Records that go on no longer: merged into another one, or erased."""

from antigone.register.models import Record
from antigone.register.refusals import NotNow

CLOSED = ("merged", "erased", "closed")
"""States after which a missing person, a relative or a family is changed no more."""


def refuse_closed(record: Record) -> None:
    """Raise NotNow (`record-closed`) where this record goes on no longer."""
    if record.state in CLOSED:
        raise NotNow("record-closed", record=str(record.pk), state=record.state)
