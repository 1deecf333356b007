"""What each side says: statements from facts files, figures side by side, figures that exclude each other."""

from antigone.statements.exclusions import APPROXIMATELY, exclusions
from antigone.statements.known import known_by
from antigone.statements.quantities import Figure, SideBySide, side_by_side
from antigone.statements.reading import FORMAT, read_facts

__all__ = [
    "APPROXIMATELY",
    "FORMAT",
    "Figure",
    "SideBySide",
    "exclusions",
    "known_by",
    "read_facts",
    "side_by_side",
]
