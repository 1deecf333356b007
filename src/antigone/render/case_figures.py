"""The pictures of a finding, each with a table that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from antigone.domain import Family, PairFinding, Person, Sex, Status
from antigone.render.account_tables import Table
from antigone.render.case_tables import matrix_table
from antigone.render.case_view import CaseView, Missing
from antigone.render.heatmap_svg import LARGEST, Cell, Head, heatmap_svg
from antigone.render.language import _
from antigone.render.locus_bars_svg import locus_bars_svg
from antigone.render.numbers import DASH, log10, probability
from antigone.render.pedigree_svg import members_of, pedigree_svg
from antigone.render.pedigree_symbols import state_words
from antigone.render.posterior_svg import Part, posterior_svg

MOST_CELLS = 4 * LARGEST * LARGEST
WORTH_A_BAR = 1e-3
_STRONG = (Status.MATCH, Status.PROBABLE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, what stands under it, and its twin in words."""

    uid: str
    picture: Markup
    caption: str
    twin: Table


def pedigree_figure(view: CaseView, family: Family, uid: str) -> Figure:
    """A family as declared: who is typed, missing, or has a match report."""
    matched = view.matched(family)
    members = members_of(family, matched)
    sexes = {Sex.MALE: _("male"), Sex.FEMALE: _("female"), Sex.UNKNOWN: _("unknown")}

    def name(person: str | None) -> str:
        return DASH if person is None else members[person].name or _("unnamed")

    def row(person: Person) -> tuple[str, ...]:
        member = members[person.id]
        state = f"{state_words(member.state)} {member.remains}".rstrip()
        return (name(person.id), sexes[person.sex], name(person.father), name(person.mother), state)

    heads = (_("person"), _("sex"), _("father"), _("mother"), _("state"))
    caption = _("Pedigree of family {family}, as declared").format(family=family.name)
    rows = tuple(row(person) for person in family.pedigree.persons)
    notes = [
        _("Identical twins: {names}.").format(names=", ".join(name(t) for t in sorted(group)))
        for group in family.pedigree.twins
    ]
    twin = Table(f"{uid}-table", caption, heads, rows, " ".join(notes))
    return Figure(uid, pedigree_svg(family, matched, uid), caption, twin)


def locus_figure(view: CaseView, pair: PairFinding, uid: str) -> Figure:
    """What each locus adds to one comparison, under the table that decides it."""
    missing = (pair.family, pair.missing)
    caption = _("What each locus adds: {remains} as {name}, table {table}").format(
        remains=pair.remains, name=view.full_name(missing), table=pair.deciding_table
    )
    others = {_("sex"): pair.log10_lr_sex} if pair.log10_lr_sex else {}
    parts = {**pair.log10_lr_by_locus, **others}
    unfit = set(pair.incompatible_loci)
    rows = tuple((n, log10(v), _("no") if n in unfit else _("yes")) for n, v in parts.items())
    heads = (_("locus"), _("log10 LR"), _("fits without mutation or dropout"))
    twin = Table(f"{uid}-table", caption, heads, (*rows, (_("sum"), log10(pair.log10_lr), DASH)))
    description = _("log10 LR {total} over {n} loci; {unfit} do not fit without a mutation or a lost allele.")
    words = description.format(total=log10(pair.log10_lr), n=pair.compared_loci, unfit=len(unfit))
    picture = locus_bars_svg(pair.log10_lr_by_locus, caption, words, uid, unfit, others)
    return Figure(uid, picture, caption, twin)


def posterior_figure(view: CaseView, remains: Sequence[str], uid: str, about: str = "") -> Figure:
    """`about`: whose part of the page this stands in."""
    words = _("What the remains could be, at {prior}, table {table}")
    if about:
        words = _("What the candidates for {name} could be, at {prior}, table {table}")
    caption = words.format(name=about, prior=view.prior_words(), table=view.finding.joint.table)
    shares = {name: view.shares(name) for name in remains}
    bars = [(name, [Part(s.name, s.probability, s.missing is None) for s in parts]) for name, parts in shares.items()]
    rows = tuple(
        (name, s.name, probability(s.probability))
        for name, parts in shares.items()
        for s in parts
        if s.missing is None or s.probability >= 1e-6
    )
    heads = (_("remains"), _("could be"), _("posterior"))
    twin = Table(f"{uid}-table", caption, heads, rows)
    first = [f"{name}: {parts[0].name} {probability(parts[0].probability)}" for name, parts in shares.items()]
    return Figure(uid, posterior_svg(bars, caption, "; ".join(first), uid), caption, twin)


def remains_worth_a_bar(view: CaseView, missing: Missing) -> list[str]:
    """The remains that could be this person, the likeliest first."""
    return [
        pair.remains for pair in view.listed(missing) if (view.posterior(pair.remains, missing) or 0.0) >= WORTH_A_BAR
    ]


def heatmap_figures(view: CaseView) -> Iterator[Figure]:
    """The comparisons in pictures of at most 40 by 40; none where they would be too many to look at."""
    if len(view.remains) * len(view.missing) > MOST_CELLS:
        return
    for top in range(0, len(view.remains), LARGEST):
        for left in range(0, len(view.missing), LARGEST):
            rows, columns = view.remains[top : top + LARGEST], view.missing[left : left + LARGEST]
            yield _heatmap(view, rows, columns, f"heatmap-{top // LARGEST + 1}-{left // LARGEST + 1}")


def _heatmap(view: CaseView, rows: Sequence[str], columns: tuple[Missing, ...], uid: str) -> Figure:
    heads = [Head(missing[0], view.name(missing)) for missing in columns]
    cells = {
        (i, j): Cell(pair.log10_lr, pair.excluded, _mark(view, pair))
        for i, remains in enumerate(rows)
        for j, missing in enumerate(columns)
        if (pair := view.pair(remains, missing)) is not None
    }
    caption = _("log10 LR of every comparison: remains by missing persons")
    against = sum(cell.excluded for cell in cells.values())
    description = _("{n} comparisons, {excluded} of them excluded. The figures stand in the table below.").format(
        n=len(cells), excluded=against
    )
    picture = heatmap_svg(rows, heads, cells, caption, description, uid)
    return Figure(uid, picture, caption, replace(matrix_table(view, columns, rows), key=f"{uid}-table"))


def _mark(view: CaseView, pair: PairFinding) -> str:
    conclusion = view.conclusion((pair.family, pair.missing))
    if conclusion is None:
        return ""
    if conclusion.status is Status.SYMMETRIC:
        posterior = view.posterior(pair.remains, (pair.family, pair.missing)) or 0.0
        return "weak" if posterior >= WORTH_A_BAR else ""
    if conclusion.remains != pair.remains:
        return ""
    return "strong" if conclusion.status in _STRONG else "weak"
