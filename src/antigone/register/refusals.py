"""Why the register does not do what was asked, as values; `render` has the sentences."""

from __future__ import annotations


class NotHere(Exception):
    """No such record, or none that this person may see: the two look alike on purpose."""

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__(f"{kind} {identifier}")
        self.kind = kind
        self.identifier = identifier


class NotAllowed(Exception):
    """The office of this person does not include this action."""

    def __init__(self, verb: str) -> None:
        super().__init__(verb)
        self.verb = verb


class Overtaken(Exception):
    """Somebody else changed the record first; `by` and `at` say who and when, where known."""

    def __init__(self, identifier: str, by: str = "", at: str = "") -> None:
        super().__init__(identifier)
        self.identifier = identifier
        self.by = by
        self.at = at


class NotNow(Exception):
    """The state of a record does not allow this; `code` says why, `facts` name the records."""

    def __init__(self, code: str, /, **facts: str) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts
