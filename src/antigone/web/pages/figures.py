"""Figures that belong to one record: containers of a handover by state, a finding locus by locus, typed markers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from antigone.domain import Kind
from antigone.register import doors
from antigone.register.opening import keyring, opened
from antigone.web.localised import number
from antigone.web.names import Names
from antigone.web.tables import Cell, Facts, Part, Table, text
from antigone.web.words import choice_words, field_label, state_words

_MARKERS = ("autosomal", "x", "y", "mtdna", "snp")


def figures_of(record: Any, names: Names) -> list[Part]:
    """The tables of figures on this record's page; none for most kinds."""
    made = {
        Kind.HANDOVER: _containers,
        Kind.FINDING: _finding,
        Kind.PROFILE: _markers,
        Kind.GENETIC_FAMILY: _check,
    }.get(record.KIND)
    return made(record, names) if made else []


def _containers(handover: Any, names: Names) -> list[Part]:
    """What was announced and what came. Containers are not bodies."""
    if not names.actor.reaches(Kind.CONTAINER):
        return []
    rows = doors.containers.visible(names.actor).filter(handover=handover.pk).order_by()
    counts = rows.values_list("state").annotate(count=Count("pk")).order_by("state")
    cells = [(text(state_words(Kind.CONTAINER, state)), _number(number(count))) for state, count in counts]
    announced = handover.announced_containers
    note = _("The number of containers was not announced.")
    if announced is not None:
        note = _("Announced: %(count)s containers.") % {"count": number(announced)}
    heads = (_("State"), _("Containers"))
    return [Table("counts", _("Containers by state"), heads, cells, _("No container is registered yet."), note)]


def _finding(finding: Any, names: Names) -> list[Part]:
    """The figure by locus and by frequency table, and everything it was made with."""
    figures, made = opened(finding, keyring()).get("by_locus") or {}, finding.made
    loci = [(text(locus), _number(_figure(value))) for locus, value in (figures.get("loci") or {}).items()]
    tables = [
        (text(table), _number(_figure((figures.get("by_table") or {}).get(table, ""))), Cell(digest, kind="mono"))
        for table, digest in (made.get("tables") or {}).items()
    ]
    profiles = [
        (names.link(one["profile"]), _number(str(one["version"])), names.link(one["person"]))
        for one in made.get("profiles") or ()
    ]
    with_what = [
        (_("Software"), text(made.get("software"))),
        (_("Digest of the policy"), Cell(str(made.get("policy", "")), kind="mono")),
        (_("Table that decides: the lowest figure"), text(figures.get("table"))),
    ]
    return [
        Table("loci", _("By locus"), (_("Locus"), _("log10 LR")), loci, _("None.")),
        Table("tables", _("By frequency table"), (_("Table"), _("log10 LR"), _("Digest")), tables, _("None.")),
        Table("profiles", _("Profiles compared"), (_("Profile"), _("Version"), _("Person")), profiles, _("None.")),
        Facts("made", _("How it was made"), [pair for pair in with_what if pair[1].text]),
    ]


def _markers(profile: Any, _names: Names) -> list[Part]:
    """The typed markers, block by block."""
    values = opened(profile, keyring())
    return [
        Table(
            f"markers-{block}",
            field_label(block),
            (_("Marker"), _("Seen")),
            [(text(marker), Cell(str(seen), kind="mono")) for marker, seen in values[block].items()],
        )
        for block in _MARKERS
        if values.get(block)
    ]


def _check(record: Any, names: Names) -> list[Part]:
    """What the profiles say about the pedigree of a family; the door lets only geneticists come here."""
    checks: Mapping[str, Any] = opened(record, keyring()).get("checks") or {}
    relatives = [
        (names.link(one["person"]), _number(_figure(one["log10_lr"]))) for one in checks.get("relatives") or ()
    ]
    told = [
        (_("Conclusion"), text(choice_words("conclusion", str(checks.get("conclusion", ""))))),
        (_("Loci at which all profiles together need a mutation"), text(", ".join(checks.get("incompatible") or ()))),
        (_("Digest of the policy"), Cell(str(checks.get("policy", "")), kind="mono")),
    ]
    heads = (_("Person"), _("log10 LR"))
    note = _("The pedigree against this person unrelated to the others; the lowest over the frequency tables.")
    return [
        Facts("check", _("Check of the family"), [pair for pair in told if pair[1].text]),
        Table("relatives", _("Relative by relative"), heads, relatives, _("None."), note),
    ]


def _figure(value: object) -> str:
    """A figure as it was kept, six places, with a minus sign."""
    written = str(value)
    try:
        written = f"{float(written):.6f}"
    except ValueError:
        return written
    return written.replace("-", "\N{MINUS SIGN}").replace("inf", "∞")


def _number(words: str) -> Cell:
    return Cell(words, kind="number")
