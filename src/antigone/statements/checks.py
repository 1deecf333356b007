"""Do the statements point to something that exists, and do their words fit together?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from antigone.domain import Facts, Place, Problem, Statement

_Finding = tuple[str, str, str, str]  # code, column, found, needed


def reference_problems(facts: Facts, places: Mapping[tuple[str, str], Place]) -> list[Problem]:
    """Every name in the facts that leads nowhere, and every figure filed under the wrong quantity.

    `places`: where each record stands, by the name of its list and its own.
    """
    problems = []

    def report(records: str, item: str, finding: _Finding) -> None:
        code, column, found, needed = finding
        problems.append(Problem(code, replace(places[records, item], column=column), found, needed))

    for speaker in facts.speakers.values():
        for finding in _unknown_parties(facts, "party", (speaker.party,)):
            report("speakers", speaker.id, finding)
    for quantity in facts.quantities.values():
        for finding in _unknown_parties(facts, "of", quantity.of):
            report("quantities", quantity.id, finding)
    for statement in facts.statements.values():
        for finding in _of_statement(statement, facts):
            report("statements", statement.id, finding)
    return problems


def _of_statement(statement: Statement, facts: Facts) -> Iterator[_Finding]:
    if statement.document and statement.document not in facts.documents:
        yield "unknown-document", "document", statement.document, _one_of(facts.documents)
    yield from _unknown_names(statement, facts)
    yield from _relation_findings(statement, facts)
    yield from _quantity_findings(statement, facts)


def _unknown_parties(facts: Facts, column: str, codes: tuple[str, ...]) -> Iterator[_Finding]:
    for code in codes:
        if code and code not in facts.parties:
            yield "unknown-party", column, code, _one_of(facts.parties)


def _unknown_names(statement: Statement, facts: Facts) -> Iterator[_Finding]:
    yield from _unknown_parties(facts, "of", statement.of)
    yield from _unknown_parties(facts, "from", (statement.origin,))
    yield from _unknown_parties(facts, "to", (statement.destination,))
    yield from _unknown_parties(facts, "via", statement.via)
    chain = tuple(link.who for link in statement.said)
    verified = statement.verification.by if statement.verification else ()
    acting = (*statement.by, statement.addressee)
    for column, names in {"by": acting, "said": chain, "verification": verified}.items():
        for name in names:
            if name and name not in facts.parties and name not in facts.speakers:
                yield "unknown-speaker", column, name, "a speaker or a party listed in the facts"


def _relation_findings(statement: Statement, facts: Facts) -> Iterator[_Finding]:
    for relation in statement.relations:
        if relation.target == statement.id:
            yield "relation-to-itself", "relations", relation.target, "another statement"
        elif relation.target and relation.target not in facts.statements:
            yield "unknown-target", "relations", relation.target, "the id of a statement"


def _quantity_findings(statement: Statement, facts: Facts) -> Iterator[_Finding]:
    if not statement.quantity:
        return
    quantity = facts.quantities.get(statement.quantity)
    if quantity is None:
        yield "unknown-quantity", "quantity", statement.quantity, _one_of(facts.quantities)
        return
    if statement.count is None:
        yield "quantity-without-count", "quantity", statement.quantity, "a count"
    if quantity.running and statement.when is None:
        yield "total-without-date", "when", "nothing", "the days the running total is meant for"
    other_dead = bool(statement.of) and bool(quantity.of) and set(statement.of) != set(quantity.of)
    if statement.kind != quantity.kind or other_dead:
        found = f"{statement.kind} of {'+'.join(statement.of)}"
        yield "other-quantity", "quantity", found, f"{quantity.kind} of {'+'.join(quantity.of)}"


def _one_of(names: Mapping[str, object]) -> str:
    return "one of " + ", ".join(sorted(names))
