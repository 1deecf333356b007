"""What somebody must have before them while they decide: shown above the forms of grave verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from antigone.actions import what_leaned_on
from antigone.domain import InputRefused, Kind
from antigone.register import doors
from antigone.register.opening import keyring, opened
from antigone.register.refusals import NotHere
from antigone.web.localised import day
from antigone.web.names import Names
from antigone.web.pages.listings import cells_of, heads_of
from antigone.web.pages.record_facts import sealed_pairs
from antigone.web.tables import Cell, Facts, Part, Table, text
from antigone.web.words import KINDS, state_words


def at_stake(name: str, typed: Mapping[str, str], names: Names) -> list[Part]:
    """What the verb is about to be done to, in tables; nothing for verbs that speak for themselves."""
    shown = _SHOWN.get(name)
    if shown is None:
        return []
    field, parts = shown
    try:
        record = doors.door_of(typed.get(field, "")).get(names.actor, typed[field])
    except (InputRefused, NotHere):
        return []
    return parts(record, names)


def more_of(record: Any, names: Names) -> list[Part]:
    """The same on the page of a proposal or a decision."""
    if record.KIND is Kind.PROPOSAL:
        return _of_proposal(record, names)
    return _of_decision(record, names) if record.KIND is Kind.DECISION else []


def _of_proposal(proposal: Any, names: Names) -> list[Part]:
    """Both identifiers, what is known of both, the figures, and what speaks against."""
    values = opened(proposal, keyring())
    pairs = [
        (_("Remains"), names.link(proposal.remains_id)),
        (_("Missing person"), names.link(proposal.missing_person_id)),
        (_("Proposed by"), text(names.user(proposal.proposed_by_id))),
        (_("Signed by"), text(", ".join(names.user(user) for user in proposal.signed_by) or _("nobody yet"))),
        (_("Reasons"), text(values.get("reasons") or "–")),
        (_("Other evidence"), text(values.get("other_evidence") or "–")),
        *_dissent(values.get("dissent"), names),
    ]
    facts = Facts(
        "proposal", _("What is proposed"), pairs, _("Compare both identifiers with the papers before you sign.")
    )
    return [facts, *_both(proposal, names), *_findings(proposal.findings, names)]


def _to_reverse(decision: Any, names: Names) -> list[Part]:
    """What a reversal comes to."""
    return _of_decision(decision, names, _("Who was told, and will have to be told again"))


def _of_decision(decision: Any, names: Names, told_words: str = "") -> list[Part]:
    """What was decided, who was told, and what followed from it."""
    values = opened(decision, keyring())
    pairs = [
        (_("Remains"), names.link(decision.remains_id)),
        (_("Missing person"), names.link(decision.missing_person_id)),
        (_("Signed by"), text(", ".join(names.user(user) for user in decision.signed_by))),
        (_("Reasons"), text(values.get("reasons") or "–")),
    ]
    told = [
        (names.link(t.get("relative")), text(day(t.get("on"))), text(names.user(t.get("by", ""))))
        for t in decision.told
    ]
    heads = (_("Relative"), _("On"), _("By"))
    return [
        Facts("decision", _("What was decided"), pairs),
        Table("told", told_words or _("Who was told"), heads, told, _("Nobody yet.")),
        *_leaning(decision, names),
        *_findings(decision.findings, names),
    ]


def _leaning(decision: Any, names: Names) -> list[Part]:
    """What leaned on the decision, by number; what the records say is behind their own doors."""
    leaning = what_leaned_on(decision)
    found = (
        (Kind.RELEASE, leaning.releases),
        (Kind.GRAVE, leaning.graves),
        (Kind.FINDING, leaning.findings),
        (Kind.PROPOSAL, leaning.proposals),
        (Kind.DECISION, leaning.decisions),
    )
    pairs = [(str(KINDS[kind].many), names.links(row.pk for row in rows)) for kind, rows in found if rows]
    return [Facts("leaning", _("What leans on it"), pairs)] if pairs else []


def _both(proposal: Any, names: Names) -> list[Part]:
    """Remains and missing person side by side, as far as the actor may read them."""
    found: list[Part] = []
    for kind, identifier, caption, wanted in (
        (Kind.REMAINS, proposal.remains_id, _("The remains"), ("sex", "description", "belongings", "injuries")),
        (
            Kind.MISSING_PERSON,
            proposal.missing_person_id,
            _("The missing person"),
            ("sex", "born", "unit", "last_seen", "other_particulars"),
        ),
    ):
        record = doors.DOORS[kind].visible(names.actor).filter(pk=identifier).first()
        if record is not None:
            pairs = [(_("State"), text(state_words(kind, record.state))), *sealed_pairs(record, names, wanted)]
            found.append(Facts(f"of-{kind.value}", f"{caption}: {names.link(identifier).words}", pairs))
    return found


def _findings(identifiers: list[str], names: Names) -> list[Part]:
    """The figures, for those who may read them."""
    if not names.actor.reaches(Kind.FINDING):
        return []
    rows = [cells_of(row, names) for row in doors.findings.visible(names.actor).filter(pk__in=identifiers)]
    note = _(
        "log10 LR: how many times likelier the profiles are if this is the person than if it is somebody unrelated, "
        "as a power of ten."
    )
    return [Table("findings", _("Findings it rests on"), heads_of(Kind.FINDING), rows, _("None."), note)]


def _dissent(dissent: Any, names: Names) -> list[tuple[str, Cell]]:
    """Who dissents and why."""
    found = []
    for one in dissent or ():
        withdrawn = _(" (withdrawn)") if one.get("withdrawn") else ""
        found.append((_("Dissent"), text(f"{names.user(one.get('by', ''))}{withdrawn}: {one.get('text') or ''}")))
    return found


_SHOWN: dict[str, tuple[str, Callable[[Any, Names], list[Part]]]] = {
    "sign": ("proposal", _of_proposal),
    "dissent": ("proposal", _of_proposal),
    "reverse": ("decision", _to_reverse),
}
"""Verb -> the field that names the record, and what to show of it."""
