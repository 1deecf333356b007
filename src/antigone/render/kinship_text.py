"""A question of kinship for the terminal: the ratios, then locus by locus."""

from __future__ import annotations

import math
import textwrap

from antigone.domain import KinshipFinding, KinshipQuestion
from antigone.render.account_tables import Table
from antigone.render.account_text import table_lines
from antigone.render.language import _
from antigone.render.numbers import log10, ratio

WIDTH = 100


def kinship_text(question: KinshipQuestion, finding: KinshipFinding) -> str:
    """The finding in lines of at most 100 characters."""
    others = [name for name in finding.log10_lr if name != finding.reference]
    against = _("Each ratio is against: {}.").format(finding.reference) if others else ""
    ratios = Table(
        "ratios",
        _("Likelihood ratios") if others else _("Likelihood"),
        (_("hypothesis"), _("LR"), _("log10 LR"), _("log10 likelihood"), _("deciding table")),
        tuple(_ratio_row(finding, name) for name in (*others, finding.reference)),
        " ".join(filter(None, (against, _impossible_note(finding)))),
    )
    typed = ", ".join(question.profiles)
    method = _("sex left aside; theta {}; tables {}; policy {}; {}").format(
        f"{question.policy.theta:g}",
        ", ".join(finding.table_digests),
        finding.policy_digest[:12],
        finding.software,
    )
    parts = [
        [*textwrap.wrap(finding.question, WIDTH), *textwrap.wrap(_("Typed: {}").format(typed), WIDTH)],
        table_lines(ratios, WIDTH),
        table_lines(_by_locus(finding, others), WIDTH) if others else [],
        textwrap.wrap(method, WIDTH),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _locus_ratio(own: float, against: float) -> str:
    """A dash where the locus is impossible under both."""
    if own == against:
        return log10(None if own == -math.inf else 0.0)
    return log10(own - against)


def _ratio_row(finding: KinshipFinding, name: str) -> tuple[str, ...]:
    likelihood = log10(sum(finding.log10_likelihood_by_locus[name].values()))
    lr = finding.log10_lr[name]
    return (name, ratio(lr), log10(lr), likelihood, finding.deciding_table[name])


def _impossible_note(finding: KinshipFinding) -> str:
    values = finding.log10_likelihood_by_locus[finding.reference]
    loci = [locus for locus, value in values.items() if value == -math.inf]
    if not loci:
        return ""
    text = _("Under {} what was seen is impossible at: {}. A ratio against it says nothing; choose --reference.")
    return text.format(finding.reference, ", ".join(loci))


def _by_locus(finding: KinshipFinding, others: list[str]) -> Table:
    """log10 LR at each locus, one column per hypothesis."""
    loci = list(finding.log10_likelihood_by_locus[finding.reference])
    rows = []
    for locus in loci:
        cells = []
        for name in others:
            own = finding.log10_likelihood_by_locus[name].get(locus)
            against = finding.log10_reference_by_locus[name].get(locus)
            cells.append("" if own is None or against is None else _locus_ratio(own, against))
        rows.append((locus, *cells))
    return Table("loci", _("log10 LR by locus"), (_("locus"), *others), tuple(rows))
