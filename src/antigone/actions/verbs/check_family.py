"""Check a family: whether its relatives' profiles fit the pedigree it declared. For geneticists alone."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.casework import of_families, present_method
from antigone.actions.family_checks import STATE, Members, check, declared_pedigree, kept_check, to_keep
from antigone.actions.fields import Choice, Lines, Ref, Seen
from antigone.actions.fields import Members as MembersMark
from antigone.actions.pedigrees import checked_members
from antigone.domain import InputRefused, Kind, Place, Problem
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.models import GeneticFamily
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """Nothing of the outcome leaves the geneticists: the family, its liaison and the board see none of it.

    `members`: the pedigree to compute with, where it is not the declared one; it has a line for everybody whom the
    declared one has. `conclusion`: by the policy's bounds, or the geneticist's own, which needs an explanation.
    """

    family: Annotated[str, Ref(Kind.FAMILY)]
    members: Annotated[list[dict[str, Any]] | None, MembersMark()] = None
    conclusion: Annotated[str, Choice("by_figures", "consistent", "inconsistent")] = "by_figures"
    explanation: Annotated[str, Lines()] = ""
    seen_version: Annotated[int | None, Seen()] = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be kept, and the declared pedigree it was computed against."""

    declared: Members
    pedigree: Members
    checks: dict[str, Any]


def prepare(actor: Actor, command: Command) -> Prepared:
    """Compute the check, outside the transaction."""
    family = doors.families.get(actor, command.family)
    declared = declared_pedigree(family)
    _refuse_unexplained(command)
    pedigree = declared if command.members is None else checked_members(command.members, _registered(declared))
    typed = of_families(actor, [family.pk]).get(family.pk, [])
    checks = check(family, pedigree, declared, typed, present_method())
    if command.conclusion != "by_figures":
        checks["conclusion"] = command.conclusion
    return Prepared(declared, pedigree, checks)


def carry_out(act: Act, command: Command, prepared: Prepared) -> str:
    """The identifier of what is kept of the family."""
    family = doors.families.get(act.actor, command.family)
    if declared_pedigree(family) != prepared.declared:
        raise NotNow("changed-meanwhile", record=family.pk)
    kept = kept_check(act.actor, family)
    sealed = to_keep(kept, prepared.pedigree, prepared.checks, command.explanation)
    if kept is None:
        return str(act.create(GeneticFamily, sealed, state=STATE, family=family.pk).pk)
    return str(act.change(kept, sealed, seen=command.seen_version).pk)


def _registered(declared: Members) -> dict[str, str]:
    """Everybody in the declared pedigree who is registered, with the sex it gives."""
    return {member["person"]: member["sex"] for member in declared if "-" in member["person"]}


def _refuse_unexplained(command: Command) -> None:
    own = command.members is not None or command.conclusion != "by_figures"
    if own and not command.explanation.strip():
        needed = "why another pedigree or conclusion is right"
        raise InputRefused([Problem("missing-field", Place(column="explanation"), "", needed)])
