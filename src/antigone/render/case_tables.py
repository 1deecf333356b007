"""A finding as tables of plain words: one source for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from antigone.domain import Answer, Conclusion, PairFinding
from antigone.render.account_tables import Table
from antigone.render.case_view import CaseView, Missing, prior_words
from antigone.render.language import _
from antigone.render.numbers import DASH, log10, probability, ratio
from antigone.render.words import reason_words, remains_words, rule_words, status_line, warning_words

Warned = tuple[str, Mapping[str, str]]
"""The code of a warning and its facts."""


def posterior_heads(view: CaseView) -> tuple[str, ...]:
    """Heads of the posterior columns; M and q stand in every one of them, where there are any."""
    if view.flat:
        return (_("posterior, flat prior"),)
    first = _("posterior at {prior}").format(prior=view.prior_words())
    others = (prior_words(s.missing_total, s.outside) for s in view.priors)
    return (first, *(_("at {prior}").format(prior=words) for words in others))


def posterior_cells(view: CaseView, remains: str, missing: Missing) -> tuple[str, ...]:
    """The posterior and the same under each harsher prior."""
    return tuple(map(probability, (view.posterior(remains, missing), *view.wider(remains, missing))))


def flat_prior_words() -> str:
    """What the flat prior is, and what it is not for."""
    return _(
        "Flat prior: every assignment counts the same before the DNA results; for concordance with other programs only."
    )


def _with_prior(view: CaseView, note: str) -> str:
    """A note below figures that rest on the prior."""
    return f"{note} {flat_prior_words()}".strip() if view.flat else note


def conclusion_table(view: CaseView, marks: Mapping[str, str] | None = None) -> Table:
    """One row per missing person. `marks`: a short mark for each code where words would not fit."""
    heads = (
        _("missing person"), _("family"), _("conclusion"), _("remains"), _("log10 LR"), *posterior_heads(view),
        _("rule and reasons"),
    )  # fmt: skip
    rows = tuple(_conclusion_row(view, c, marks) for c in view.finding.conclusions)
    lowest = _("Where several frequency tables are given, LR and posterior are the lowest over them.")
    note = _with_prior(view, lowest if len(view.case.tables) > 1 else "")
    return Table("conclusions", _("Conclusions"), heads, rows, note)


def _conclusion_row(view: CaseView, c: Conclusion, marks: Mapping[str, str] | None) -> tuple[str, ...]:
    missing = (c.family, c.missing)
    if c.remains is None:
        figures = (DASH,) * (2 + len(view.priors))
    else:
        cells = posterior_cells(view, c.remains, missing)
        figures = (log10(c.log10_lr), probability(c.posterior), *cells[1:])
    if marks is None:
        why = " ".join((rule_words(c.rule), *_against(c)))
    else:
        why = " ".join(marks[code] for code in (c.rule, *c.reasons))
    return (view.name(missing), c.family, status_line(c.status), c.remains or DASH, *figures, why)


def _against(c: Conclusion) -> list[str]:
    """The reasons as one sentence, where there are any."""
    reasons = "; ".join(map(reason_words, c.reasons))
    return [_("Against a stronger word: {reasons}.").format(reasons=reasons)] if reasons else []


def remains_table(view: CaseView) -> Table:
    """One row per remains: its conclusion, who is likeliest, and the probability of nobody listed."""
    rows = []
    for remains in view.remains:
        *_people, nobody = view.shares(remains)
        likeliest = "; ".join(f"{s.name}: {probability(s.probability)}" for s in view.likeliest(remains))
        status = view.finding.remains_conclusions.get(remains)
        words = remains_words(status) if status else DASH
        rows.append((remains, words, likeliest or DASH, probability(nobody.probability)))
    heads = (_("remains"), _("conclusion"), _("likeliest"), _("nobody listed"))
    note = _("Posteriors at {prior}, under table {table}.").format(
        prior=view.prior_words(), table=view.finding.joint.table
    )
    return Table("remains", _("Remains"), heads, tuple(rows), _with_prior(view, note))


def matrix_table(
    view: CaseView, missing: tuple[Missing, ...] | None = None, remains: Sequence[str] | None = None
) -> Table:
    """log10 LR of every remains against every missing person; x marks an exclusion."""
    columns = view.missing if missing is None else missing
    heads = (_("remains"), *(view.full_name(m) for m in columns))
    rows = tuple((r, *(_matrix_cell(view.pair(r, m)) for m in columns)) for r in remains or view.remains)
    note = _("x: excluded. {dash}: not compared.").format(dash=DASH)
    return Table("matrix", _("log10 LR of every comparison"), heads, rows, note)


def _matrix_cell(pair: PairFinding | None) -> str:
    if pair is None:
        return DASH
    return log10(pair.log10_lr) + (" x" if pair.excluded else "")


def candidate_table(view: CaseView, missing: Missing) -> Table:
    """The candidates of one missing person that are worth a row, and how many are not."""
    pairs, every = view.listed(missing), view.candidates(missing)
    heads = (
        _("remains"), _("log10 LR"), _("LR"), *posterior_heads(view),
        _("loci compared"), _("loci that do not fit"), _("excluded"),
    )  # fmt: skip
    rows = tuple(
        (
            p.remains, log10(p.log10_lr), ratio(p.log10_lr), *posterior_cells(view, p.remains, missing),
            str(p.compared_loci), ", ".join(p.incompatible_loci) or _("none"), _("yes") if p.excluded else _("no"),
        )
        for p in pairs
    )  # fmt: skip
    note = _unlisted(pairs, every)
    return Table("candidates", _("Candidates"), heads, rows, _with_prior(view, note) if rows else note)


def _unlisted(pairs: list[PairFinding], every: list[PairFinding]) -> str:
    left = [p for p in every if p not in pairs]
    if not left:
        return ""
    best = max(p.log10_lr for p in left)
    excluded = sum(p.excluded for p in left)
    return _("{n} further remains were compared: {excluded} excluded; highest log10 LR among them {best}.").format(
        n=len(left), excluded=excluded, best=log10(best)
    )


def answer_table(view: CaseView) -> Table:
    """The best joint answers: who is who in the whole case at once."""
    rows = tuple(
        (str(rank), probability(answer.probability), log10(answer.log10_weight), *_who(view, answer))
        for rank, answer in enumerate(view.finding.joint.answers, start=1)
    )
    heads = (_("rank"), _("probability"), _("log10 weight"), _("who is who"), _("nobody listed"))
    note = _("Under table {table}, at {prior}.").format(table=view.finding.joint.table, prior=view.prior_words())
    return Table("answers", _("Best joint answers"), heads, rows, _with_prior(view, note))


def _who(view: CaseView, answer: Answer) -> tuple[str, str]:
    named = [f"{r} = {view.name(m)} ({m[0]})" for r, m in answer.assignment.items() if m]
    nobody = [r for r, m in answer.assignment.items() if m is None]
    return "; ".join(named) or DASH, ", ".join(nobody) or DASH


def absent_table(view: CaseView) -> Table:
    """Probability that a missing person is not among these remains."""
    figures = view.finding.joint.not_among_these
    rows = tuple((view.full_name(m), probability(figures[m])) for m in view.missing if m in figures)
    heads = (_("missing person"), _("not among these remains"))
    return Table("absent", _("Not among these remains"), heads, rows)


def warning_lines(view: CaseView) -> list[str]:
    """Everything odd about the input, in sentences; equal ones about several tables stand once."""
    return list(dict.fromkeys(warning_words(code, facts) for code, facts in _merged(view.finding.warnings)))


def _merged(warnings: Sequence[Warned]) -> list[Warned]:
    """Warnings about a table's gaps put together: one for the loci and one for the alleles of a table."""
    merged: dict[tuple[str, str], dict[str, str]] = {}
    rest: list[Warned] = []
    for code, facts in warnings:
        if code not in ("locus-not-in-table", "allele-absent"):
            rest.append((code, facts))
            continue
        gap = facts["locus"] if code == "locus-not-in-table" else f"{facts['locus']} {facts['allele']}"
        held = merged.setdefault((code, facts["table"]), {"table": facts["table"], "locus": "", "allele": ""})
        held["locus"] = f"{held['locus']}, {gap}".removeprefix(", ")
    return [*rest, *((code, facts) for (code, _table), facts in merged.items())]
