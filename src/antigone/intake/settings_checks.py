"""Numbers of a policy that are of the right type and still impossible."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import fields

import numpy as np

from antigone.core import mutation
from antigone.domain import Mode, MutationKind, MutationModel, Policy, Thresholds

Finding = tuple[str, str, str, str]
"""(code, key with dots, found, needed)."""

_ABSENT = ("minimum", "rest", "refuse")


def policy_findings(policy: Policy) -> Iterator[Finding]:
    """Everything impossible in a policy by itself."""
    if not 0.0 <= policy.theta < 1.0:
        yield "theta", "theta", f"{policy.theta:g}", "at least 0 and below 1"
    if policy.frequency.absent not in _ABSENT:
        yield "wrong-value", "frequency.absent", policy.frequency.absent, f"one of {', '.join(_ABSENT)}"
    optional = policy.frequency.minimum
    if optional is not None and not 0.0 <= optional < 1.0:
        yield "probability", "frequency.minimum", f"{optional:g}", "at least 0 and below 1"
    yield from _probabilities("frequency", {"sum_tolerance": policy.frequency.sum_tolerance})
    for section in ("dropout", "sex"):
        part = getattr(policy, section)
        yield from _probabilities(section, {f.name: getattr(part, f.name) for f in fields(part)})
    yield from _threshold_findings(policy.thresholds)
    yield from model_findings(policy.mutation, "mutation")
    for locus, model in policy.mutation_by_locus.items():
        yield from model_findings(model, f"mutation_by_locus.{locus}")
    yield from _prior_findings(policy)


def _threshold_findings(limits: Thresholds) -> Iterator[Finding]:
    yield from _probabilities(
        "thresholds",
        {"match_posterior": limits.match_posterior, "probable_posterior": limits.probable_posterior},
    )
    for name in ("match_log10_lr", "lead_log10_lr", "exclusion_log10_lr"):
        value = getattr(limits, name)
        if not math.isfinite(value):
            yield "wrong-value", f"thresholds.{name}", f"{value:g}", "a finite number"
    for name in ("max_incompatible", "min_typed_relatives"):
        value = getattr(limits, name)
        if value < 0:
            yield "wrong-value", f"thresholds.{name}", str(value), "at least 0"


def prior_size_finding(policy: Policy, missing: int) -> Iterator[Finding]:
    """M counts all missing who could lie here, so at least those of this case."""
    if policy.prior is not None and 0 < policy.prior.missing_total < missing:
        yield (
            "prior-too-small", "prior.missing_total", str(policy.prior.missing_total),
            f"at least {missing}, the missing persons of this case",
        )  # fmt: skip


def _prior_findings(policy: Policy) -> Iterator[Finding]:
    prior = policy.prior
    if prior is None:
        if policy.mode is Mode.CASEWORK:
            yield (
                "no-prior", "prior", "no section [prior]",
                "missing_total (M, all missing who could lie here) and outside (q)",
            )  # fmt: skip
        return
    if prior.missing_total < 1:
        yield "prior-too-small", "prior.missing_total", str(prior.missing_total), "at least 1"
    if not 0.0 <= prior.outside < 1.0:
        yield "probability", "prior.outside", f"{prior.outside:g}", "at least 0 and below 1"
    if prior.outside == 0.0 and not prior.reason.strip():
        yield "no-reason", "prior.reason", "outside = 0 without a reason", "a reason in writing"
    yield from _probabilities("prior", {"unlisted_kin": prior.unlisted_kin})


def _probabilities(section: str, values: Mapping[str, float]) -> Iterator[Finding]:
    for name, value in values.items():
        if not 0.0 <= value <= 1.0:
            yield "probability", f"{section}.{name}", f"{value:g}", "from 0 to 1"


def model_findings(model: MutationModel, section: str) -> Iterator[Finding]:
    """Rates above 1, a custom model without matrices, rows that do not sum to 1."""
    names = [f.name for f in fields(model) if "rate" in f.name or "range" in f.name]
    for name in names:
        value = getattr(model, name)
        if not 0.0 <= value <= 1.0:
            code = "mutation-rate" if "rate" in name else "probability"
            yield code, f"{section}.{name}", f"{value:g}", "from 0 to 1"
    matrices = {"matrix_female": model.matrix_female, "matrix_male": model.matrix_male}
    if model.kind is not MutationKind.CUSTOM:
        for name, matrix in matrices.items():
            if matrix is not None:
                yield "matrix-unused", f"{section}.{name}", f"kind {model.kind}", "kind custom, or no matrix"
        return
    for name, matrix in matrices.items():
        if matrix is None:
            yield "missing-key", f"{section}.{name}", "nothing", name
        else:
            yield from _matrix_findings(matrix, model.alleles, f"{section}.{name}")


def _matrix_findings(matrix: tuple[tuple[float, ...], ...], alleles: tuple[str, ...], key: str) -> Iterator[Finding]:
    size = len(alleles)
    if len(matrix) != size or any(len(row) != size for row in matrix):
        widths = sorted({len(row) for row in matrix})
        yield (
            "matrix-shape", key, f"{len(matrix)} x {' or '.join(map(str, widths))}",
            f"{size} x {size}, a row and a column for each allele listed",
        )  # fmt: skip
        return
    for allele, row in zip(alleles, matrix, strict=True):
        if not mutation.is_stochastic(np.array([row])):
            yield (
                "matrix-not-stochastic", key, f"allele {allele}: a sum of {sum(row):.10g}",
                "probabilities that sum to 1 in every row",
            )  # fmt: skip
