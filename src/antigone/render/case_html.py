"""A finding as one page that needs nothing but itself: conclusions first, how it was computed last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from antigone.domain import Case, CaseFinding, Conclusion, Family, PairFinding, Status
from antigone.render import case_method as method
from antigone.render import case_tables as tables
from antigone.render.account_tables import Table
from antigone.render.case_figures import (
    Figure,
    heatmap_figures,
    locus_figure,
    pedigree_figure,
    posterior_figure,
    remains_worth_a_bar,
)
from antigone.render.case_view import CaseView, Missing, prior_words
from antigone.render.language import _
from antigone.render.numbers import log10, ratio
from antigone.render.page import template
from antigone.render.words import reason_words, rule_words, status_line, status_meaning, status_words

MOST_BARS = 60


@dataclass(frozen=True, slots=True)
class PersonPart:
    """The part of the page about one missing person."""

    uid: str
    name: str
    conclusion: Conclusion | None
    sentences: tuple[str, ...]
    reasons: tuple[str, ...]
    candidates: Table
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class FamilyPart:
    """The part of the page about one family."""

    uid: str
    name: str
    pedigree: Figure
    persons: tuple[PersonPart, ...]


def case_html(case: Case, finding: CaseFinding) -> str:
    """The whole page as text: no script, no request to anywhere."""
    view = CaseView(case, finding)
    families = [_family(view, number, family) for number, family in enumerate(case.families, start=1)]
    return template("case.html.j2").render(
        view=view,
        finding=finding,
        status_line=status_line,
        counts=_counts(view),
        conclusions=tables.conclusion_table(view),
        person_uids=[_uid_of(c, families) for c in finding.conclusions],
        meanings=[(status_line(s), status_meaning(s)) for s in Status if _occurs(s, finding)],
        hypotheses=method.hypotheses(),
        reading=method.how_to_read(view.flat),
        caution=method.not_an_identification(),
        remains=tables.remains_table(view),
        everything=_all_remains(view),
        families=families,
        heatmaps=list(heatmap_figures(view)),
        answers=tables.answer_table(view),
        absent=tables.absent_table(view),
        warnings=tables.warning_lines(view),
        method=method.method_rows(view),
        tables=method.table_table(view),
        digests=method.digest_table(view),
    )  # fmt: skip


def _all_remains(view: CaseView) -> Figure | None:
    """One bar for each of the remains; none where the table alone is easier to read."""
    if len(view.remains) > MOST_BARS:
        return None
    return posterior_figure(view, view.remains, "posterior-all")


def _uid_of(conclusion: Conclusion, families: list[FamilyPart]) -> str:
    """Where on the page the person of a conclusion stands."""
    return next(p.uid for part in families for p in part.persons if p.conclusion is conclusion)


def _occurs(status: Status, finding: CaseFinding) -> bool:
    return any(c.status is status for c in finding.conclusions) or status in finding.remains_conclusions.values()


def _counts(view: CaseView) -> str:
    """The case in one line."""
    found = Counter(c.status for c in view.finding.conclusions)
    each = "; ".join(f"{status_words(s)}: {found[s]}" for s in Status if found[s])
    return _("{remains} remains, {missing} missing persons of {families} families. {each}.").format(
        remains=len(view.remains), missing=len(view.missing), families=len(view.families), each=each
    )


def _family(view: CaseView, number: int, family: Family) -> FamilyPart:
    uid = f"family-{number}"
    persons = tuple(
        _person(view, (family.name, person), f"{uid}-person-{place}")
        for place, person in enumerate(family.missing, start=1)
    )
    return FamilyPart(uid, family.name, pedigree_figure(view, family, f"{uid}-pedigree"), persons)


def _person(view: CaseView, missing: Missing, uid: str) -> PersonPart:
    conclusion = view.conclusion(missing)
    return PersonPart(
        uid,
        view.name(missing),
        conclusion,
        tuple(_sentences(view, missing, conclusion)),
        tuple(reason_words(code) for code in conclusion.reasons) if conclusion else (),
        tables.candidate_table(view, missing),
        tuple(_figures(view, missing, conclusion, uid)),
    )


def _sentences(view: CaseView, missing: Missing, conclusion: Conclusion | None) -> Iterator[str]:
    """What the figures say of one person, both hypotheses named."""
    if conclusion is None:
        return
    yield rule_words(conclusion.rule)
    if conclusion.remains is None or conclusion.log10_lr is None:
        return
    facts = {"remains": conclusion.remains, "name": view.full_name(missing)}
    yield _(
        "The DNA results are {ratio} times as probable if {remains} is {name} as if {remains} is somebody "
        "unrelated to that family."
    ).format(ratio=ratio(conclusion.log10_lr), **facts)
    priors = (view.prior_words(), *(prior_words(s.missing_total, s.outside) for s in view.priors))
    cells = tables.posterior_cells(view, conclusion.remains, missing)
    at = _("{posterior} at {prior}")
    figures = "; ".join(at.format(posterior=p, prior=words) for p, words in zip(cells, priors, strict=True))
    pair = view.pair(conclusion.remains, missing)
    if pair is not None:
        by_table = "; ".join(f"{table} {log10(value)}" for table, value in pair.log10_lr_by_table.items())
        words = _("Loci compared: {loci}. Typed relatives who bear on this person: {n}. log10 LR by table: {tables}.")
        yield words.format(loci=pair.compared_loci, n=pair.typed_relatives, tables=by_table)
    yield _("Posterior that {remains} is {name}: {figures}.").format(figures=figures, **facts)


def _figures(view: CaseView, missing: Missing, conclusion: Conclusion | None, uid: str) -> Iterator[Figure]:
    pair = _pair_to_show(view, missing, conclusion)
    if pair is not None:
        yield locus_figure(view, pair, f"{uid}-loci")
    remains = remains_worth_a_bar(view, missing)
    if remains:
        yield posterior_figure(view, remains, f"{uid}-posterior", view.full_name(missing))


def _pair_to_show(view: CaseView, missing: Missing, conclusion: Conclusion | None) -> PairFinding | None:
    """The comparison behind the conclusion, else the best candidate worth a row."""
    if conclusion is not None and conclusion.status is Status.NOT_IDENTIFIABLE:
        return None
    if conclusion is not None and conclusion.remains is not None:
        return view.pair(conclusion.remains, missing)
    listed = view.listed(missing)
    return listed[0] if listed else None
