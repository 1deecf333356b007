"""What people do: one file per verb, all through `perform`."""

from antigone.actions.bulk_reading import PAGE, note_reading
from antigone.actions.example import fill_example
from antigone.actions.example_people import give_access
from antigone.actions.leaned_on import what_leaned_on
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
    "fill_example",
    "founder",
    "give_access",
    "note_reading",
    "perform",
    "read_command",
    "verb",
    "what_leaned_on",
]
