"""What later steps rest on."""

STANDING = ("standing", "contested")
"""States of a decision that has not been reversed. Contested: the person was found alive."""
