"""How a finding was computed, in words: hypotheses, prior, tables, models, rules, digests."""

from __future__ import annotations

from collections.abc import Sequence

from antigone.domain import CaseFinding, MutationKind, MutationModel, Policy
from antigone.render.account_tables import Table
from antigone.render.case_rules import rule_rows, sex_words
from antigone.render.case_tables import flat_prior_words
from antigone.render.case_view import CaseView, prior_words
from antigone.render.language import _
from antigone.render.numbers import DASH


def not_an_identification() -> str:
    """The sentence that stands first on everything."""
    return _(
        "This is a computed finding, not an identification. Only people identify: a board weighs this finding "
        "together with all other evidence, and decides under its own rules."
    )


def hypotheses() -> tuple[tuple[str, str], tuple[str, str]]:
    """What every LR compares."""
    return (
        (_("H1"), _("The remains are of this missing person, and the family is related as declared.")),
        (_("H2"), _("The remains are of somebody unrelated to this family.")),
    )


def how_to_read(flat: bool = False) -> tuple[str, ...]:
    """LR, posterior and prior, for those who read them for the first time; `flat`: there is no M and no q."""
    ratio = _(
        "The likelihood ratio (LR) says how many times more probable the DNA results are if H1 is true than if H2 "
        "is true. It is given as log10: 6 means one million. It is not the probability that H1 is true."
    )
    kin = _(
        "H2 is not the only other possibility: somebody of the same family whom nobody listed, such as a brother, "
        "can reach a high LR too. A second relative or a second method guards against it."
    )
    if flat:
        posterior = _(
            "The posterior here is made to be compared with other programs. It does not say how many people are "
            "missing or how often remains are of nobody listed, and so it is not the probability for a real case."
        )
        return ratio, f"{posterior} {flat_prior_words()}", kin
    posterior = _(
        "The posterior is the probability that the remains are this person, given the DNA results and the prior. "
        "It holds only if the samples are the ones they are said to be, the family relations are as declared, and "
        "M and q are right."
    )
    prior = _(
        "M is the number of all missing who could lie here, those without a family sample included. q is the "
        "probability that remains are of nobody counted in M. Each posterior is repeated for a larger M and q."
    )
    return ratio, posterior, prior, kin


def method_rows(view: CaseView) -> list[tuple[str, str]]:
    """Term and text, in the order a reader asks."""
    finding, policy = view.finding, view.case.policy
    rows = [*hypotheses(), (_("LR of a pair"), _lr_rule(view)), *_prior_rows(view)]
    rows += [
        (_("Theta"), _("{theta:g} (co-ancestry of people in the population)").format(theta=policy.theta)),
        *((_("Mutation"), words) for words in mutation_lines(policy, _loci_compared(finding))),
    ]
    if policy.mutation.kind is not MutationKind.NONE or policy.mutation_by_locus:
        rows.append((_("Mutation, checked"), _mutation_properties(finding)))
    rows += [
        (_("Alleles not in a table"), _absent_words(policy.frequency.absent, policy.frequency.minimum)),
        (_("Dropout"), _dropout_words(view)),
        (_("Sex"), sex_words(policy)),
        (_("Loci left out"), ", ".join(policy.loci_left_out) or _("none by the settings")),
        *rule_rows(policy),
        (_("Precision"), _("exact; leaving out negligible terms can change a figure by at most {bound:.1g}").format(
            bound=finding.joint.error_bound) if finding.joint.error_bound else _("exact over all joint answers")),
        (_("Software"), finding.provenance.software),
    ]  # fmt: skip
    return rows


def _lr_rule(view: CaseView) -> str:
    if len(view.case.tables) < 2:
        return _("computed under one frequency table, {table}").format(table=view.finding.joint.table)
    return _("computed under each of {n} frequency tables; the lowest decides").format(n=len(view.case.tables))


def _prior_rows(view: CaseView) -> list[tuple[str, str]]:
    finding, prior = view.finding, view.case.policy.prior
    rows = [(_("Prior"), flat_prior_words() if view.flat else view.prior_words())]
    if finding.missing_total is not None and finding.outside is not None:
        rows.append((_("Reason for the prior"), finding.prior_reason or _("none was written down")))
    if prior is not None and finding.missing_total is not None:
        kin = _(
            "prior {e:g} for each: two unassigned remains are brothers, father and son, or one man twice, whom nobody "
            "listed; remains are a further part of a man whose other remains were placed"
        )
        rows.append((_("Unlisted kin"), kin.format(e=prior.unlisted_kin)))
    harsher = "; ".join(prior_words(s.missing_total, s.outside) for s in view.priors)
    return [*rows, (_("Harsher priors"), harsher)] if harsher else rows


def mutation_words(model: MutationModel) -> str:
    """A mutation model in one line.

    >>> mutation_words(MutationModel(MutationKind.EQUAL, 0.001, 0.003))
    'equal; rate per meiosis 0.001 in mothers, 0.003 in fathers'
    """
    if model.kind is MutationKind.NONE:
        return _("none")
    words = _("{kind}; rate per meiosis {female:g} in mothers, {male:g} in fathers").format(
        kind=model.kind.value, female=model.rate_female, male=model.rate_male
    )
    if model.kind is MutationKind.STEPWISE:
        words += _("; range {female:g} and {male:g}; between whole repeats and microvariants {ff:g} and {fm:g}").format(
            female=model.range_female, male=model.range_male,
            ff=model.fractional_rate_female, fm=model.fractional_rate_male,
        )  # fmt: skip
    return words


def _mutation_properties(finding: CaseFinding) -> str:
    """What was checked of each matrix: stationary, lumpable."""
    compared = set(_loci_compared(finding))

    def where(exceptions: tuple[str, ...]) -> str:
        if not exceptions:
            return _("at every locus")
        return (
            _("at no locus") if compared <= set(exceptions) else _("not at {loci}").format(loci=", ".join(exceptions))
        )

    return _(
        "stationary (allele frequencies stay as they are over the generations): {stationary}; lumpable (alleles that "
        "nobody carries may stand as one): {lumpable}; alleles are put together only where it changes no number"
    ).format(stationary=where(finding.not_stationary), lumpable=where(finding.not_lumpable))


def mutation_lines(policy: Policy, compared: Sequence[str]) -> list[str]:
    """The models in use, one line each, with the loci they hold for where there are several.

    >>> equal = MutationModel(MutationKind.EQUAL, 0.001, 0.003)
    >>> policy = Policy(mutation=MutationModel(), mutation_by_locus={"FGA": equal, "TH01": equal})
    >>> mutation_lines(policy, ("FGA", "TH01"))
    ['equal; rate per meiosis 0.001 in mothers, 0.003 in fathers']
    >>> mutation_lines(policy, ("FGA", "TH01", "vWA", "SE33"))
    ['FGA, TH01: equal; rate per meiosis 0.001 in mothers, 0.003 in fathers', 'vWA, SE33: none']
    """
    loci_of: dict[MutationModel, list[str]] = {}
    for locus in compared:
        loci_of.setdefault(policy.mutation_by_locus.get(locus, policy.mutation), []).append(locus)
    if len(loci_of) < 2:
        return [mutation_words(model) for model in loci_of or (policy.mutation,)]
    return [f"{', '.join(loci)}: {mutation_words(model)}" for model, loci in loci_of.items()]


def _loci_compared(finding: CaseFinding) -> list[str]:
    """In the order of the pairs."""
    return list(dict.fromkeys(locus for pair in finding.pairs for locus in pair.log10_lr_by_locus))


def _absent_words(absent: str, minimum: float | None) -> str:
    least = _("5 / (2 × database size)") if minimum is None else f"{minimum:g}"
    words = {
        "minimum": _("take the minimum frequency"),
        "rest": _("take their share of the unlisted frequency"),
        "refuse": _("stop the case"),
    }.get(absent, absent)
    return _("{words}; no allele is taken as rarer than {least}").format(words=words, least=least)


def _dropout_words(view: CaseView) -> str:
    d = view.case.policy.dropout
    return _(
        "per allele, from the sample's own figure, else by its class: {full:g} for a full profile (at least "
        "{full_from:.0%} of the expected loci), {partial:g} for a partial one (at least {partial_from:.0%}), "
        "{poor:g} below"
    ).format(full=d.full, full_from=d.full_from, partial=d.partial, partial_from=d.partial_from, poor=d.poor)


def table_table(view: CaseView) -> Table:
    """The frequency tables, with their notes and digests."""
    digests = view.finding.provenance.table_digests
    rows = tuple((t.name, t.source, t.note or DASH, digests.get(t.name, DASH)) for t in view.case.tables)
    heads = (_("table"), _("source"), _("note"), _("SHA-256"))
    return Table("tables", _("Frequency tables"), heads, rows)


def digest_table(view: CaseView) -> Table:
    """What was read and compared, each with its digest."""
    p = view.finding.provenance
    rows = [(_("policy"), _("all settings"), p.policy_digest)]
    rows += [(_("file"), name, digest) for name, digest in p.input_digests.items()]
    rows += [(_("profile"), name, digest) for name, digest in p.profile_digests.items()]
    return Table("digests", _("Digests"), (_("what"), _("name"), _("SHA-256")), tuple(rows))
