"""Compare remains with the missing persons of a family; each pair is a finding."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.casework import Typed, of_families, of_remains, own_references, present_method
from antigone.actions.comparing import Compared, compare_pair
from antigone.actions.family_checks import (
    STATE,
    Checked,
    checked_family,
    declared_pedigree,
    refuse_without_place,
)
from antigone.actions.fields import Ref
from antigone.actions.uncompared import compared, key_of
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.models import Family, Finding, GeneticFamily, MissingPerson, Profile
from antigone.register.refusals import NotNow

MOST = 500
"""Pairs that one action compares; the screening is for more."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """The remains that are named, all of one person; where none are, all that have a profile and no name yet.

    Pairs that were compared before, and of which nothing has changed since, are left out.
    """

    family: Annotated[str, Ref(Kind.FAMILY)]
    remains: Annotated[tuple[str, ...], Ref(Kind.REMAINS)] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The profiles of a family and of groups of remains, as they were found together."""

    relatives: tuple[Typed, ...]
    own: dict[str, list[Typed]]
    groups: dict[str, list[Typed]]

    def of_family(self, person: str, group: str) -> list[Typed]:
        """What weighs for this missing person, without the remains that are compared."""
        under_test = {one.profile for one in self.groups[group]}
        return [one for one in (*self.relatives, *self.own.get(person, [])) if one.profile not in under_test]

    def profiles(self) -> set[str]:
        """All of them."""
        lists = (self.relatives, *self.own.values(), *self.groups.values())
        return {one.profile for of_one in lists for one in of_one}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was computed, and everything it was computed from."""

    checked: Checked
    gathered: Gathered
    pairs: tuple[Compared, ...]


def prepare(actor: Actor, command: Command) -> Prepared:
    """Compute every pair, outside the transaction."""
    family = doors.families.get(actor, command.family)
    method = present_method()
    gathered = _gathered(actor, family, _groups(actor, command))
    checked = checked_family(actor, family, gathered.relatives, method)
    persons = _missing(family, checked)
    asked = [
        (group, person, of_family)
        for person in persons
        for group in gathered.groups
        if (of_family := gathered.of_family(person, group))
    ]
    if not asked:
        raise NotNow("nothing-to-compare", family=family.pk)
    if len(asked) > MOST:
        raise NotNow("too-many-to-compare", pairs=str(len(asked)), most=str(MOST))
    done = set(compared(actor, method)) if checked.sealed is None else set()
    pairs = tuple(
        compare_pair(group, person, checked.pedigree, gathered.groups[group], of_family, method)
        for group, person, of_family in asked
        if ((group, person), key_of([*gathered.groups[group], *of_family])) not in done
    )
    if not pairs:
        raise NotNow("compared-already", family=family.pk)
    return Prepared(checked, gathered, pairs)


def carry_out(act: Act, command: Command, prepared: Prepared) -> str:
    """The identifier of the first finding."""
    family = doors.families.get(act.actor, command.family)
    _check_unchanged(act, family, prepared)
    genetic = _keep_check(act, family, prepared.checked)
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (
            {"by_locus": pair.by_locus, "pedigree": {"genetic_family": genetic.pk, "version": genetic.version}},
            {
                "state": "computed",
                "remains": pair.remains,
                "missing_person": pair.missing_person,
                "family": family.pk,
                "log10_lr": pair.log10_lr,
                "made": pair.made,
            },
        )
        for pair in prepared.pairs
    ]
    findings = act.create_many(Finding, rows)
    for finding, pair in zip(findings, prepared.pairs, strict=True):
        if pair.strong:
            act.notify_role(UserRole.GENETICIST, finding.pk, "finding-made")
    return str(findings[0].pk)


def _missing(family: Family, checked: Checked) -> list[str]:
    """The missing persons of the family; a geneticist knows them by number alone."""
    missing = MissingPerson.objects.filter(family=family.pk, state="missing").order_by("pk")
    found = list(missing.values_list("pk", flat=True))
    if not found:
        raise NotNow("nobody-missing", family=family.pk)
    refuse_without_place(family, checked.pedigree, found)
    return found


def _gathered(actor: Actor, family: Family, groups: dict[str, list[Typed]]) -> Gathered:
    relatives = of_families(actor, [family.pk]).get(family.pk, [])
    return Gathered(tuple(relatives), own_references(actor, [family.pk]), groups)


def _groups(actor: Actor, command: Command) -> dict[str, list[Typed]]:
    """The group that is named, or every group without a name."""
    if not command.remains:
        return of_remains(actor)
    units = [doors.remains.get(actor, identifier) for identifier in command.remains]
    for unit in units:
        if unit.state == "split":
            parts = ", ".join(unit.parts.order_by("pk").values_list("pk", flat=True))
            raise NotNow("remains-split", remains=unit.pk, parts=parts)
    groups = sorted({unit.group for unit in units})
    if len(groups) > 1:
        raise NotNow("not-one-group", remains=", ".join(command.remains))
    found = of_remains(actor, groups)
    if not found:
        raise NotNow("remains-not-typed", remains=groups[0])
    return found


def _check_unchanged(act: Act, family: Family, prepared: Prepared) -> None:
    """Everything that was compared is still what it was. The profiles are held until the action ends."""
    gathered = prepared.gathered
    held = Profile.objects.select_for_update(no_key=True).filter(pk__in=gathered.profiles())
    list(held.order_by("pk").values_list("pk"))
    now = _gathered(act.actor, family, of_remains(act.actor, gathered.groups))
    if (now.relatives, now.own) != (gathered.relatives, gathered.own):
        raise NotNow("changed-meanwhile", record=family.pk)
    for group, typed in gathered.groups.items():
        if now.groups.get(group) != typed:
            raise NotNow("changed-meanwhile", record=group)
    if declared_pedigree(family) != prepared.checked.declared:
        raise NotNow("changed-meanwhile", record=family.pk)
    persons = {pair.missing_person for pair in prepared.pairs}
    still = set(MissingPerson.objects.filter(pk__in=persons, state="missing").values_list("pk", flat=True))
    for person in sorted(persons - still):
        raise NotNow("changed-meanwhile", record=person)


def _keep_check(act: Act, family: Family, checked: Checked) -> GeneticFamily:
    """The record of the check that the findings rest on, written anew where it is a new one."""
    if checked.record is None:
        return act.create(GeneticFamily, checked.sealed, state=STATE, family=family.pk)
    kept = doors.genetic_families.get(act.actor, checked.record)
    if kept.version != checked.version:
        raise NotNow("changed-meanwhile", record=family.pk)
    return kept if checked.sealed is None else act.change(kept, checked.sealed)
