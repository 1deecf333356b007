"""What was known by a given day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from antigone.domain import Facts


def known_by(facts: Facts, day: date) -> Facts:
    """The facts without documents that were published after `day`, and without ties to their statements."""
    documents = {name: d for name, d in facts.documents.items() if d.published.start <= day}
    kept = {name: s for name, s in facts.statements.items() if s.document in documents}
    statements = {
        name: replace(s, relations=tuple(tie for tie in s.relations if tie.target in kept)) for name, s in kept.items()
    }
    return replace(facts, documents=documents, statements=statements)
