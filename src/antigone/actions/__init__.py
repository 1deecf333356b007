"""What people do: one file per verb, all through `perform`."""

from antigone.actions.bulk_reading import PAGE, note_reading
from antigone.actions.perform import Done, VerbCode, founder, perform
from antigone.actions.reading import FieldOf, Shape, fields_of, read_command
from antigone.actions.registry import verb

__all__ = [
    "PAGE",
    "Done",
    "FieldOf",
    "Shape",
    "VerbCode",
    "fields_of",
    "founder",
    "note_reading",
    "perform",
    "read_command",
    "verb",
]
