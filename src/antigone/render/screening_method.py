"""By which rules a screening was made: prior, floor, models, tables, software."""

from __future__ import annotations

from antigone.domain import ScreeningSummary
from antigone.render.account_tables import Table
from antigone.render.case_method import hypotheses, mutation_words
from antigone.render.case_view import prior_words
from antigone.render.language import _
from antigone.render.numbers import DASH, count, log10
from antigone.render.screening_numbers import moment, strength


def method_rows(summary: ScreeningSummary) -> list[tuple[str, str]]:
    """Term and text, in the order a reader asks."""
    rules = summary.rules
    lowest = _("computed under each of {n} frequency tables; the lowest decides").format(n=len(rules.tables))
    one = _("computed under one frequency table, {table}").format(table="".join(t.name for t in rules.tables[:1]))
    floor = _("prior odds × LR of {odds:g} or more; here {strength}").format(
        odds=rules.floor, strength=strength(rules.floor_log10_lr)
    )
    bound = _("pairs proved below log10 LR {bound} are not computed further, and counted at that value").format(
        bound=log10(rules.bound)
    )
    rows = [
        *hypotheses(),
        (_("LR of a pair"), lowest if len(rules.tables) > 1 else one),
        (_("Prior"), prior_words(rules.missing_total, rules.outside)),
        (_("Reason for the prior"), rules.reason or _("none was written down")),
        (_("Floor"), floor),
        (_("Early stop"), bound),
        (_("Theta"), _("{theta:g} (co-ancestry of people in the population)").format(theta=rules.theta)),
        *((_("Mutation"), _of_loci(each.loci, mutation_words(each.model))) for each in rules.mutation),
        (_("Software"), summary.software),
        (_("Ended"), moment(summary.when)),
        (_("Policy, SHA-256"), rules.policy_digest or DASH),
    ]
    if summary.pairs_per_second is not None:
        speed = _("{n} pairs a second").format(n=count(round(summary.pairs_per_second)))
        rows.insert(-3, (_("Speed"), speed))
    return rows


def _of_loci(loci: tuple[str, ...], words: str) -> str:
    return f"{', '.join(loci)}: {words}" if loci else words


def tables_used(summary: ScreeningSummary) -> Table:
    """The frequency tables, with their notes and digests."""
    rows = tuple((table.name, table.note or DASH, table.digest) for table in summary.rules.tables)
    return Table("tables", _("Frequency tables"), (_("table"), _("note"), _("SHA-256")), rows)


def examples(summary: ScreeningSummary) -> tuple[str, ...]:
    """A warning for every table that is not for casework."""
    words = _("Table {table} is an example, not for casework: nobody may be named by these figures.")
    return tuple(words.format(table=t.name) for t in summary.rules.tables if "not for casework" in t.note)
