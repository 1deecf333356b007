"""What really happened, as tables; no program that analyses a case reads them."""

from __future__ import annotations

import numpy as np
import polars as pl

from antigone.domain import Column
from antigone.simulate.bags import Bags
from antigone.simulate.calls import Calls
from antigone.simulate.case_columns import allele_names
from antigone.simulate.fallen import Fallen
from antigone.simulate.families import Families
from antigone.simulate.genes import Drop
from antigone.simulate.kinds import BROTHER, KINDS, MISSING, PARENTS
from antigone.simulate.names import Names, gather, handover_names, words
from antigone.simulate.samples import Samples, slot_name
from antigone.simulate.scenario import Scenario

TRUTH_FORMAT = "antigone-truth/1"


def _text(name: str, meaning: str, empty: str = "") -> Column:
    return Column(name, "text", True, meaning, empty)


TRUTH_TABLES: dict[str, tuple[Column, ...]] = {
    "persons": (
        _text("person", "Identifier of the truth; one human being."),
        _text("party", "Side the person belongs to."),
        _text("population", "Table the person's founders were drawn from."),
        _text("fate", "remains, elsewhere, or prisoner (alive)."),
    ),
    "missing": (
        _text("family", "Family of the case folder."),
        _text("missing", "Missing person of that family."),
        _text("person", "Who that is."),
    ),
    "families": (
        _text("family", "Family of the case folder."),
        _text("kind", "Kind of relatives typed."),
        _text("group", "Heading under which results are counted."),
        _text("mutation", "Model by which its alleles change."),
        _text("second_of", "Family that misses the same person.", "no other"),
    ),
    "remains": (
        _text("remains", "Remains of the case folder."),
        _text("person", "Whose they are."),
        _text("sample", "Sample taken from them."),
        _text("quality", "Class of the sample."),
        _text("typed_as", "Sample whose genes stand under its name, after an exchange.", "its own"),
    ),
    "relatives": (
        _text("family", "Family of the case folder."),
        _text("relative", "Typed relative."),
        _text("sample", "Sample of the relative."),
        _text("laboratory", "Where it was typed."),
        _text("truly", "as given, unrelated, or the relative it really is."),
        _text("typed_as", "Sample whose genes stand under its name, after an exchange.", "its own"),
    ),
    "paternity": (
        _text("family", "Family of the case folder."),
        _text("child", "Person whose declared father is not the father."),
        _text("declared", "Who is declared."),
    ),
    "mutations": (
        _text("family", "Family of the case folder."),
        _text("child", "Person in whom the allele changed."),
        _text("parent", "Person who passed it on."),
        _text("locus", "Locus."),
        _text("from", "The parent's allele."),
        _text("to", "The child's allele."),
    ),
    "typing_errors": (
        _text("sample", "Sample."),
        _text("locus", "Locus."),
        _text("true", "Allele of the donor."),
        _text("written", "Allele in the case folder."),
    ),
    "containers": (
        _text("container", "Bag of the case folder."),
        _text("tag", "The tag it should bear."),
        _text("papers", "none, right (the person named lies in it), or wrong."),
    ),
}
"""Tables of the truth and their columns."""


def persons(scenario: Scenario, fallen: Fallen, names: Names) -> pl.DataFrame:
    """Everybody who is missing or whose remains came."""
    people, number = fallen.people, np.flatnonzero(fallen.exists)
    fate = np.zeros(people.total, np.int64)
    fate[fallen.prisoner] = 1
    fate[fallen.of] = 2
    sides = [scenario.ours.code, scenario.others.code]
    return pl.DataFrame({
        "person": gather(names.person, number),
        "party": words(sides, (number >= people.other_side).astype(np.int64)),
        "population": words(list(scenario.populations), fallen.population[number]),
        "fate": words(["elsewhere", "prisoner", "remains"], fate[number]),
    })  # fmt: skip


def missing(families: Families, fallen: Fallen, names: Names) -> pl.DataFrame:
    """Every missing person of every family; one of two families stands twice."""
    family, slot = np.nonzero(families.shown[:, [MISSING, BROTHER]])
    second = families.second_of[family] >= 0
    registered = np.where(second, families.second_of[family], family)
    return pl.DataFrame({
        "family": gather(names.family, family),
        "missing": gather(names.slot, np.array([MISSING, BROTHER])[slot]),
        "person": gather(names.person, slot * len(families) + registered),
    })  # fmt: skip


def families_table(scenario: Scenario, families: Families, names: Names) -> pl.DataFrame:
    """Kinds, mutation models, and who is registered twice."""
    models = [scenario.mutation.kind, "none" if scenario.mutation.kind == "none" else "stepwise"]
    return pl.DataFrame({
        "family": names.family,
        "kind": words(list(KINDS), families.kind),
        "group": words([kind.group for kind in KINDS.values()], families.kind),
        "mutation": words(models, families.model),
        "second_of": gather(names.family, families.second_of),
    })  # fmt: skip


def remains(scenario: Scenario, fallen: Fallen, samples: Samples, calls: Calls, names: Names) -> pl.DataFrame:
    """Whose the remains are, and what became of their sample."""
    n = samples.relatives
    return pl.DataFrame({
        "remains": names.remains,
        "person": gather(names.person, fallen.of),
        "sample": names.sample[n:],
        "quality": words([quality.name for quality in scenario.qualities], calls.quality),
        "typed_as": _typed_as(samples, names)[n:],
    })  # fmt: skip


def relatives(scenario: Scenario, samples: Samples, names: Names) -> pl.DataFrame:
    """Who the typed persons of the families are, and what became of their samples."""
    n = samples.relatives
    codes, place = np.unique(samples.truly, return_inverse=True)
    return pl.DataFrame({
        "family": gather(names.family, samples.family),
        "relative": gather(names.slot, samples.slot),
        "sample": names.sample[:n],
        "laboratory": words([lab.name for lab in scenario.laboratories], samples.laboratory[:n]),
        "truly": words([slot_name(int(code)) for code in codes], place.astype(np.int64)),
        "typed_as": _typed_as(samples, names)[:n],
    })  # fmt: skip


def _typed_as(samples: Samples, names: Names) -> pl.Series:
    own = samples.typed == np.arange(len(samples))
    return gather(names.sample, np.where(own, -1, samples.typed))


def paternity(drop: Drop, names: Names) -> pl.DataFrame:
    """Children whose declared father is another man."""
    family, child = np.nonzero(drop.false_father)
    fathers = np.array([PARENTS.get(slot, (-1, -1))[0] for slot in range(len(names.slot))])
    return pl.DataFrame({
        "family": gather(names.family, family),
        "child": gather(names.slot, child),
        "declared": gather(names.slot, fathers[child]),
    })  # fmt: skip


def mutations(drop: Drop, calls: Calls, names: Names) -> pl.DataFrame:
    """Alleles that changed between two persons of a family's pedigree."""
    slot, family, locus, side, before, after = drop.mutations.T
    parents = np.array([PARENTS.get(s, (-1, -1))[::-1] for s in range(len(names.slot))])
    return pl.DataFrame({
        "family": gather(names.family, family),
        "child": gather(names.slot, slot),
        "parent": gather(names.slot, parents[slot, side]),
        "locus": words(list(calls.loci), locus),
        "from": allele_names(calls, locus, before),
        "to": allele_names(calls, locus, after),
    })  # fmt: skip


def typing_errors(calls: Calls, names: Names) -> pl.DataFrame:
    """Alleles that the laboratory wrote wrongly."""
    sample, locus, true, written = calls.errors.T
    return pl.DataFrame({
        "sample": gather(names.sample, sample),
        "locus": words(list(calls.loci), locus),
        "true": allele_names(calls, locus, true),
        "written": allele_names(calls, locus, written),
    })  # fmt: skip


def containers(scenario: Scenario, bags: Bags, names: Names) -> pl.DataFrame:
    """Tags and papers, as they should be."""
    papers = np.where(bags.claimed < 0, 0, np.where(bags.right, 1, 2))
    handover = gather(handover_names(scenario), bags.handover)
    return pl.DataFrame({
        "container": names.container,
        "tag": handover + "-" + pl.Series("tag", bags.true_tag).cast(pl.String),
        "papers": words(["none", "right", "wrong"], papers.astype(np.int64)),
    })  # fmt: skip
