"""One table of a facts file -> one value of the domain."""

from __future__ import annotations

import re
from datetime import date

from antigone.domain import (
    Act,
    Attribution,
    Count,
    Document,
    Party,
    Period,
    Qualifier,
    Quantity,
    Realis,
    Relation,
    Speaker,
    Statement,
    Verification,
)
from antigone.statements.fields import Fields

RELATIONS = (
    "contradicts", "in_tension_with", "denies", "confirms", "retracts", "responds_to", "follows",
    "in_return_for", "part_of", "same_event_as", "about", "supports", "basis_of",
)  # fmt: skip
KINDS = (
    "agreement", "casualties", "ceasefire", "children", "civilians", "prisoners", "remains", "talks",
    "working_groups", "wounded",
)  # fmt: skip
VERIFICATIONS = ("could_not_confirm", "not_confirmed", "denied_by", "retracted", "no_evidence_given")
_NO_DAY = Period(date.min, date.min)


def party(fields: Fields) -> Party:
    """A side, an intermediary, or another state."""
    return Party(
        fields.text("code", required=True),
        fields.text("name", required=True),
        fields.word("role", ("side", "intermediary", "other"), "other"),
        fields.text("adjective"),
    )


def speaker(fields: Fields) -> Speaker:
    """Somebody who is named as saying something."""
    return Speaker(
        fields.text("id", required=True),
        fields.text("name", required=True),
        fields.text("office"),
        fields.text("party"),
    )


def quantity(fields: Fields) -> Quantity:
    """A number of which several statements may speak."""
    since = fields.period("since")
    return Quantity(
        fields.text("id", required=True),
        fields.text("meaning", required=True),
        fields.word("kind", KINDS, KINDS[0]),
        fields.texts("of"),
        fields.flag("running"),
        since.start if since else None,
    )


def document(fields: Fields) -> Document | None:
    """None where it has no date to stand under."""
    published = fields.period("published", required=True)
    sha256 = fields.text("sha256", required=True)
    if sha256 and not re.fullmatch("[0-9a-f]{64}", sha256):
        fields.report("bad-digest", "sha256", repr(sha256), "64 hexadecimal digits in small letters")
    value = Document(
        fields.text("id", required=True),
        fields.text("outlet", required=True),
        published or _NO_DAY,
        fields.word("basis", ("explicit", "inferred"), "inferred"),
        sha256,
        fields.text("language"),
        fields.text("reason"),
        fields.text("note"),
    )
    return value if published else None


def statement(fields: Fields) -> Statement:
    """One claim; what cannot be read is reported, and a neutral value stands in for it."""
    return Statement(
        id=fields.text("id", required=True),
        document=fields.text("document", required=True),
        span=_span(fields),
        act=fields.choice("act", Act, Act.COMMENT),
        realis=fields.choice("realis", Realis, Realis.ASSERTED),
        kind=fields.word("kind", KINDS, "") if fields.value("kind") is not None else "",
        of=fields.texts("of"),
        unit=fields.text("unit"),
        count=_count(fields),
        quantity=fields.text("quantity"),
        origin=fields.text("from"),
        destination=fields.text("to"),
        by=fields.texts("by"),
        addressee=fields.text("addressee"),
        via=fields.texts("via"),
        said=_chain(fields),
        when=fields.period("when"),
        when_basis=_when_basis(fields),
        venue=fields.text("venue"),
        condition=fields.text("condition"),
        reason=fields.text("reason"),
        verification=_verification(fields),
        relations=_relations(fields),
        note=fields.text("note"),
    )


def _span(fields: Fields) -> tuple[int, int]:
    raw = fields.value("span")
    sound = isinstance(raw, list) and len(raw) == 2 and all(type(end) is int for end in raw)
    if not sound or not 0 <= raw[0] < raw[1]:
        fields.report("bad-span", "span", repr(raw), "two whole numbers, the smaller first")
        return (0, 0)
    return (raw[0], raw[1])


def _when_basis(fields: Fields) -> str:
    if fields.value("when") is None:
        return ""
    return fields.word("when_basis", ("explicit", "inferred", "vague"), "inferred")


def _count(fields: Fields) -> Count | None:
    table = fields.table("count")
    if table is None:
        return None
    count = Count(
        table.number("min"),
        table.number("max"),
        table.choice("qualifier", Qualifier, Qualifier.UNQUANTIFIED),
        table.flag("additional"),
        table.flag("each_side"),
    )
    table.close()
    low, high = count.minimum, count.maximum
    if low is not None and high is not None and low > high:
        fields.report("count-reversed", "count", f"min {low}, max {high}", "min no larger than max")
    if count.qualifier is not Qualifier.UNQUANTIFIED and low is None and high is None:
        fields.report("count-empty", "count", count.qualifier.value, "min or max, or: unquantified")
    return count


def _chain(fields: Fields) -> tuple[Attribution, ...]:
    chain = []
    for link in fields.tables("said"):
        chain.append(Attribution(link.text("who", required=True), link.text("how"), link.period("when")))
        link.close()
    return tuple(chain)


def _verification(fields: Fields) -> Verification | None:
    table = fields.table("verification")
    if table is None:
        return None
    value = Verification(table.word("state", VERIFICATIONS, VERIFICATIONS[0]), table.texts("by"))
    table.close()
    return value


def _relations(fields: Fields) -> tuple[Relation, ...]:
    relations = []
    for tie in fields.tables("relations"):
        basis = "stated" if tie.value("basis") is None else tie.word("basis", ("stated", "read"), "stated")
        kind, target = tie.word("type", RELATIONS, "about"), tie.text("target", required=True)
        relations.append(Relation(kind, target, basis))
        tie.close()
    return tuple(relations)
