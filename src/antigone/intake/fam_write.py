"""Case -> Familias `.fam` text with a [DVI] section.

The format names the missing by words alone, so the first missing person of a family is written as
"Missing person" and a further one keeps the name or gets "Missing" before it. What the format
cannot hold is refused, never dropped; settings of the analysis (prior, thresholds) stay behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from antigone.domain import (
    Case,
    Family,
    InputRefused,
    LocusFrequencies,
    MutationKind,
    MutationModel,
    Policy,
    Profile,
    Sex,
)
from antigone.intake.collector import Collector, at_row
from antigone.intake.fam_case import case_of
from antigone.intake.fam_limits import check_case
from antigone.intake.fam_names import fam_names
from antigone.intake.fam_read import parse_fam

VERSION = "3.3"
_NUMBERS = {
    MutationKind.NONE: 0,
    MutationKind.EQUAL: 0,
    MutationKind.PROPORTIONAL: 1,
    MutationKind.STEPWISE: 4,
}
_GENDER = {Sex.MALE: "Male", Sex.FEMALE: "Female", Sex.UNKNOWN: "Unknown"}


def write_fam(case: Case, path: str | Path) -> None:
    """Write the case; InputRefused with everything the format cannot hold, what its own reader would
    refuse included, or where the file exists.

    >>> import tempfile
    >>> from antigone import Call, Case, Family, Pedigree, Person, Policy, Profile, Remains, Sex, read_case, read_table
    >>> father, mother = Person("father", sex=Sex.MALE), Person("mother", sex=Sex.FEMALE)
    >>> son = Person("Missing person", "father", "mother", Sex.MALE)
    >>> typed = {"father": Profile("father", {"TH01": Call(("6", "9.3"))})}
    >>> family = Family("A", Pedigree((father, mother, son)), ("Missing person",), typed)
    >>> remains = Remains("R1", Profile("R1", {"TH01": Call(("7", "9.3"))}))
    >>> case = Case("small", (family,), (remains,), (read_table("Norway"),), Policy(mutation=MutationModel()))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_fam(case, f"{folder}/small.fam")
    ...     read_case(f"{folder}/small.fam").families[0].missing
    ('Missing person',)
    """
    where = Path(path)
    collector = Collector(where.name)
    if where.exists():
        collector.refuse("file-exists", found="a file of this name", needed="a new name")
    check_case(case, collector)
    collector.finish()
    text = "\n".join(_lines(case)) + "\n"
    _check_reading(text, case.name, collector)
    collector.finish()
    where.write_text(text, "utf-8")


def _check_reading(text: str, name: str, collector: Collector) -> None:
    """Note what the reader would refuse, without its lines: there is no file yet."""
    reader = Collector(collector.file)
    with suppress(InputRefused):
        case_of(parse_fam(text, reader), name, {}, reader)
    for problem in reader.listed():
        collector.add_problem(at_row(problem, None))


def _lines(case: Case) -> Iterator[str]:
    table = case.tables[0]
    yield f'"Output from Familias, version {VERSION}"'
    yield '"Written by Antigone"'
    yield f"{VERSION} (DVI)"
    yield from ('""', "0", '"Known relations"', "0", "0", "0", "0")
    yield f"#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: {case.policy.theta!r} )"
    yield from (str(len(table.loci)), "#TRUE#", f'"{table.name}"')
    for name, locus in table.loci.items():
        yield from _locus(name, locus, _model(case.policy, name))
    yield from ("", "[DVI]", "[[Unidentified persons]]", f"nPersons= {len(case.remains)}")
    for number, remains in enumerate(case.remains, start=1):
        yield from _person(remains.id, remains.profile.recorded_sex, remains.profile, f"Person {number} ", 3)
    yield from ("[[Notes]]", f"nFamilies= {len(case.families)}", *[""] * len(case.families))
    yield from ("[[Reference Families]]", f"nFamilies= {len(case.families)}")
    for number, family in enumerate(case.families, start=1):
        yield from _family(family, number)
    yield from ("[Prior]", "UseList= Yes", f"Size= {len(case.remains)}", "[Advanced]")
    yield from ("[[Direct/Identity]]", "Dropin= 0", "Dropout= 0", "Error= 0")


def _model(policy: Policy, locus: str) -> MutationModel:
    return policy.mutation_by_locus.get(locus, policy.mutation)


def _locus(name: str, locus: LocusFrequencies, model: MutationModel) -> Iterator[str]:
    number = _NUMBERS[model.kind]
    silent = locus.silent > 0.0
    count = len(locus.alleles)
    yield f'"{name}"'
    for value in (
        model.rate_female, model.rate_male, number, number, count + silent, model.range_female,
        model.range_male, model.fractional_rate_female, model.fractional_rate_male,
    ):  # fmt: skip
        yield repr(value)
    yield from ("#TRUE#" if silent else "#FALSE#", repr(locus.silent) if silent else "0")
    yield (
        f"{count}\t(DatabaseSize = {locus.database_size or 0} , Dropout probability = 0 , "
        f"Minor allele frequency = {locus.minimum or 0!r} )"
    )
    for allele, frequency in locus.alleles.items():
        yield f'"{allele}"'
        yield repr(frequency)


def _person(name: str, sex: Sex, profile: Profile | None, title: str, depth: int) -> Iterator[str]:
    calls = profile.calls if profile else {}
    yield f"{'[' * depth}{title}{']' * depth}"
    yield from (f"Name= {name}", f"Gender= {_GENDER[sex]}")
    yield f"{'[' * (depth + 1)}DNA data{']' * (depth + 1)}"
    yield f"nSystems= {len(calls)}"
    for locus, call in calls.items():
        yield from (f"SystemName= {locus}", f"Allele1= {call.alleles[0]}", f"Allele2= {call.alleles[-1]}")


def _family(family: Family, number: int) -> Iterator[str]:
    names = fam_names(family)
    listed = [p for p in family.pedigree.persons if p.id in names and _is_listed(family, p.id, names)]
    yield from (f"[[[Family {number} ]]]", f"Name= {family.name}", "[[[[Persons]]]]")
    yield f"nPersons= {len(listed)}"
    for i, person in enumerate(listed, start=1):
        profile = family.profiles.get(person.id)
        yield from _person(names[person.id], person.sex, profile, f"Person {i}", 5)
    relations = [
        (names[parent], names[person.id])
        for person in family.pedigree.persons
        for parent in (person.father, person.mother)
        if parent in names
    ]
    yield from ("[[[[Pedigrees]]]]", "nPedigrees= 2")
    for i, name in enumerate(("Reference pedigree", family.name), start=1):
        yield from (f"[[[[[Pedigree {i}]]]]]", f"Name= {name}", f"nRelations= {len(relations)}")
        for parent, child in relations:
            yield from (f"Parent= {parent}", f"Child= {child}")


def _is_listed(family: Family, person: str, names: dict[str, str]) -> bool:
    """Whether a person has an entry: "Missing person" only where sex or DNA would be lost."""
    if names[person] != "Missing person":
        return True
    sex = family.pedigree.person(person).sex
    childless = not family.pedigree.children_of(person)
    return person in family.profiles or (childless and sex is not Sex.UNKNOWN)
