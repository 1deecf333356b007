"""A question of kinship for the terminal: the ratios, then locus by locus."""

from __future__ import annotations

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
    ratios = Table(
        "ratios",
        _("Likelihood ratios against: {}").format(finding.reference),
        (_("hypothesis"), _("LR"), _("log10 LR"), _("deciding table")),
        tuple(
            (name, ratio(finding.log10_lr[name]), log10(finding.log10_lr[name]), finding.deciding_table[name])
            for name in others
        ),
    )
    typed = ", ".join(question.profiles)
    method = _("theta {}; tables {}; policy {}; {}").format(
        f"{question.policy.theta:g}",
        ", ".join(finding.table_digests),
        finding.policy_digest[:12],
        finding.software,
    )
    parts = [
        [*textwrap.wrap(finding.question, WIDTH), *textwrap.wrap(_("Typed: {}").format(typed), WIDTH)],
        table_lines(ratios, WIDTH),
        table_lines(_by_locus(finding, others), WIDTH),
        textwrap.wrap(method, WIDTH),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _by_locus(finding: KinshipFinding, others: list[str]) -> Table:
    """log10 LR at each locus, one column per hypothesis."""
    loci = list(finding.log10_likelihood_by_locus[finding.reference])
    rows = []
    for locus in loci:
        cells = []
        for name in others:
            own = finding.log10_likelihood_by_locus[name].get(locus)
            against = finding.log10_reference_by_locus[name].get(locus)
            cells.append("" if own is None or against is None else log10(0.0 if own == against else own - against))
        rows.append((locus, *cells))
    return Table("loci", _("log10 LR by locus"), (_("locus"), *others), tuple(rows))
