"""Parts that the case and the kinship question of a Familias file share: table, policy, alleles."""

from __future__ import annotations

from antigone.domain import (
    DropoutPolicy,
    FrequencyPolicy,
    FrequencyTable,
    LocusFrequencies,
    Mode,
    MutationKind,
    MutationModel,
    Policy,
    canonical_locus,
)
from antigone.intake.collector import Collector
from antigone.intake.fam_mutation import mutation_of
from antigone.intake.fam_parts import FamFile, FamLocus

SUM_TOLERANCE = FrequencyPolicy().sum_tolerance


def table_of(fam: FamFile, name: str, collector: Collector) -> FrequencyTable:
    """The frequency database as it stands: sums, sizes and minima are for the policy to handle."""
    loci: dict[str, LocusFrequencies] = {}
    for locus in fam.loci:
        canonical = canonical_locus(locus.name)
        if canonical in loci:
            collector.add("locus-twice-in-table", row=locus.line, item=locus.name, found=canonical,
                          needed="each locus once")  # fmt: skip
        loci[canonical] = _frequencies(locus, collector)
    source = f"frequency database of {collector.file}, Familias {fam.version}"
    return FrequencyTable(fam.database or name, source, loci)


def _frequencies(locus: FamLocus, collector: Collector) -> LocusFrequencies:
    alleles: dict[str, float] = {}
    for allele, frequency in locus.alleles:
        if allele in alleles:
            collector.add("allele-twice", row=locus.line, item=locus.name, found=f"allele {allele}",
                          needed="each allele once")  # fmt: skip
        alleles[allele] = frequency
    total = sum(alleles.values()) + locus.silent
    if total > 1.0 + SUM_TOLERANCE:
        collector.add("frequency-sum", row=locus.line, item=locus.name, found=f"a sum of {total:.4g}", needed="1")
    return LocusFrequencies(alleles, locus.silent, locus.database_size, locus.minimum or None)


def policy_of(fam: FamFile, collector: Collector) -> Policy:
    """How Familias would compute: its theta and mutation models, frequencies as they stand.

    A minor allele frequency in the file is the minimum of its locus; without any there is none.
    The file names neither the number of all missing nor the share of outsiders, so there is no
    prior and the mode is concordance; whoever solves a case in earnest adds both.
    """
    models: dict[str, MutationModel] = {}
    for locus in fam.loci:
        model = mutation_of(locus, collector)
        if model.kind is not MutationKind.NONE:
            models[canonical_locus(locus.name)] = model
    return Policy(
        mode=Mode.CONCORDANCE,
        frequency=FrequencyPolicy(minimum=None if any(locus.minimum for locus in fam.loci) else 0.0),
        theta=fam.theta,
        mutation=MutationModel(),
        mutation_by_locus=models,
        dropout=DropoutPolicy(full=0.0, partial=0.0, poor=0.0),
    )
