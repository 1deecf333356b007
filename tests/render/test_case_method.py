"""How a finding was computed, in words: the rules that were applied and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antigone.domain import Case, CaseFinding, Mode, MutationKind, MutationModel, Policy
from antigone.identify.conclude import ENOUGH_LOCI
from antigone.identify.samples import ALIKE_LOG10_LR, ALIKE_OVER_BROTHERS
from antigone.render import case_html
from antigone.render.case_method import method_rows
from antigone.render.case_tables import answer_table, candidate_table, conclusion_table, remains_table
from antigone.render.case_view import CaseView
from tests.render.case_fixture import LOCI, case, finding

STEPWISE = MutationModel(MutationKind.STEPWISE, 0.001, 0.002, 0.1, 0.1, 1e-6, 1e-6)


def _concordance(policy: Policy | None = None) -> tuple[Case, CaseFinding]:
    """The case by the rules of other programs."""
    peers = replace(policy or case().policy, mode=Mode.CONCORDANCE, prior=None)
    flat = replace(finding(), missing_total=None, outside=None, joint=replace(finding().joint, sensitivity=()))
    return replace(case(), policy=peers), flat


def _rows(of_case: Case, of_finding: CaseFinding) -> dict[str, list[str]]:
    """The texts of each term."""
    rows: dict[str, list[str]] = {}
    for term, words in method_rows(CaseView(of_case, of_finding)):
        rows.setdefault(term, []).append(words)
    return rows


def test_the_sex_rule_is_that_of_the_mode() -> None:
    (casework,), (peers,) = _rows(case(), finding())["Sex"], _rows(*_concordance())["Sex"]
    assert "observation with error" in casework
    assert "rules a pair out" in peers
    assert "observation" not in peers


def test_loci_of_one_model_stand_in_one_line_and_a_model_that_holds_nowhere_in_none() -> None:
    by_locus = dict.fromkeys(LOCI, STEPWISE)
    (line,) = _rows(*_concordance(Policy(mutation=MutationModel(), mutation_by_locus=by_locus)))["Mutation"]
    assert line.startswith("stepwise; rate per meiosis 0.001 in mothers, 0.002 in fathers; range")
    by_locus = dict.fromkeys(LOCI[1:], STEPWISE)
    lines = _rows(*_concordance(Policy(mutation=MutationModel(), mutation_by_locus=by_locus)))["Mutation"]
    assert lines[0] == f"{LOCI[0]}: none"
    assert lines[1].startswith(f"{', '.join(LOCI[1:])}: stepwise; ")
    assert len(lines) == 2


def test_the_flat_prior_has_a_short_heading_and_its_words_stand_below() -> None:
    view = CaseView(*_concordance())
    tables = [conclusion_table(view), remains_table(view), answer_table(view), candidate_table(view, ("Alder", "son"))]
    assert "posterior, flat prior" in tables[0].heads
    assert "posterior, flat prior" in tables[3].heads
    assert all("Flat prior: every assignment counts the same" in table.note for table in tables)
    assert all(len(head) < 25 for table in tables for head in table.heads)
    assert "lat prior" not in conclusion_table(CaseView(case(), finding())).note


def test_the_page_in_concordance_names_the_flat_prior_wherever_a_posterior_stands() -> None:
    page = case_html(*_concordance())
    assert "What the remains could be, at a flat prior, table North" in page
    assert page.count("at a flat prior") > 10
    assert "M\N{NO-BREAK SPACE}=" not in page
    assert "not the probability for a real case" in page
    assert "larger M and q" not in page
    assert "larger M and q" in case_html(case(), finding())


def test_casework_names_every_rule_that_can_withhold_a_match() -> None:
    rows = {term: " ".join(words) for term, words in _rows(case(), finding()).items()}
    assert "a match must not rest on one relative" in rows["One relative alone"]
    assert "log10 LR must stay at 4 or above" in rows["One relative alone"]
    assert "log10 LR at most −4.00 under every frequency table" in rows["Exclusion"]
    for kin in ("brothers", "father and son", "one man twice", "further part"):
        assert kin in rows["Unlisted kin"]
    assert "at most 2 loci that do not fit without a mutation" in rows["Thresholds"]


def test_the_figures_of_samples_that_look_alike_are_those_of_the_rule() -> None:
    (words,) = _rows(case(), finding())["Samples that look alike"]
    assert f"from log10 LR {ALIKE_LOG10_LR:g} against unrelated persons, if that is {ALIKE_OVER_BROTHERS:g}" in words


def test_a_second_look_is_named_with_the_exclusion() -> None:
    (words,) = _rows(case(), finding())["Exclusion"]
    assert f"at no more than 2 of at least {ENOUGH_LOCI} loci" in words


def test_concordance_names_none_of_our_rules() -> None:
    assert not {"One relative alone", "Samples that look alike", "Exclusion", "Unlisted kin"} & set(
        _rows(*_concordance())
    )


@pytest.mark.parametrize("policy", [Policy(), Policy(mutation_by_locus={"FGA": STEPWISE})])
def test_without_any_comparison_the_model_of_the_case_is_named(policy: Policy) -> None:
    nothing = replace(finding(), pairs=(), conclusions=(), not_identifiable=())
    (line,) = _rows(replace(case(), policy=replace(policy, prior=case().policy.prior)), nothing)["Mutation"]
    assert line.startswith("equal; ")


def test_an_unknown_sex_is_one_line_among_the_warnings() -> None:
    warned = replace(finding(), warnings=(("sex-unknown", {"family": "Alder", "person": "Anton Alder"}),))
    page = case_html(case(), warned)
    assert page.count("The sex of Anton Alder, family Alder, is not stated") == 1
