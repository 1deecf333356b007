"""A pedigree as one SVG picture with its legend, for page, report and print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from antigone.domain import Family, Pedigree, Person, Sex
from antigone.render.language import _
from antigone.render.pedigree_lanes import LABEL_WIDTH, SYMBOL
from antigone.render.pedigree_layout import Layout, lay_out
from antigone.render.pedigree_strokes import Stroke
from antigone.render.pedigree_symbols import PersonState, legend, patterns, state_words, symbol
from antigone.render.svg import INK, MUTED, PAPER, element, label, picture, wrapped

NAME_SIZE = 12.0
STATE_SIZE = 11.0
LINE = 14.5
NARROWEST = 460.0
NAME_LINES = 3


@dataclass(frozen=True, slots=True)
class Member:
    """What is written of one person: the name, the state, and the remains of a match."""

    name: str
    state: PersonState
    remains: str = ""

    def label_lines(self) -> list[tuple[str, bool]]:
        """Lines under the symbol, True for the lines of the name."""
        lines = [(part, True) for part in wrapped(self.name, LABEL_WIDTH, NAME_LINES, NAME_SIZE)]
        words = state_words(self.state) + (f" {self.remains}" if self.remains else "")
        return lines + [(part, False) for part in wrapped(words, LABEL_WIDTH, 2, STATE_SIZE)]


def members_of(family: Family, matched: Mapping[str, str] | None = None) -> dict[str, Member]:
    """Name and state of every person; `matched`: missing person -> remains of a DNA match report.

    Persons whose id starts with ':' only connect the others; they have no name.
    """
    remains = matched or {}

    def member(person_id: str) -> Member:
        name = "" if person_id.startswith(":") else family.labels.get(person_id, person_id)
        if person_id in remains:
            return Member(name, PersonState.MATCHED, remains[person_id])
        if person_id in family.missing:
            return Member(name, PersonState.MISSING)
        typed = person_id in family.profiles
        return Member(name, PersonState.TYPED if typed else PersonState.UNTYPED)

    return {person_id: member(person_id) for person_id in family.pedigree.ids}


def pedigree_svg(family: Family, matched: Mapping[str, str] | None = None, uid: str = "pedigree") -> Markup:
    """Draw a family. `matched`: missing person -> remains of a DNA match report. `uid`: unique in the page."""
    members = members_of(family, matched)
    title = _("Pedigree of family {family}").format(family=family.name)
    return draw_pedigree(family.pedigree, members, title, uid)


def draw_pedigree(pedigree: Pedigree, members: Mapping[str, Member], title: str, uid: str) -> Markup:
    """Draw any pedigree, several unconnected families included."""
    named = {person: member for person, member in members.items() if member.name}
    heights = {person: LINE * len(member.label_lines()) + 4 for person, member in named.items()}
    layout = lay_out(pedigree, heights)
    width = max(layout.width, NARROWEST)
    layout = layout.moved((width - layout.width) / 2, 0.0)
    states = [s for s in PersonState if any(m.state is s for m in members.values())]
    unknown_sex = any(person.sex is Sex.UNKNOWN for person in pedigree.persons)
    related = any(stroke.double for stroke in layout.strokes)
    key, bottom = legend(states, unknown_sex, related, bool(pedigree.twins), uid, layout.height + 6, width)
    drawn = [
        patterns(uid),
        *(_line(stroke) for stroke in layout.strokes),
        *(_person(person, members[person.id], layout, uid) for person in pedigree.persons),
        element("line", x1=10, x2=width - 10, y1=layout.height, y2=layout.height, stroke="#c4cbd3"),
        key,
    ]
    return picture(uid, width, bottom + 4, title, _description(named), drawn)


def _line(stroke: Stroke) -> Markup:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in stroke.points)
    if stroke.double:
        outer = element("polyline", points=points, fill="none", stroke=INK, stroke_width=5.6)
        return outer + element("polyline", points=points, fill="none", stroke=PAPER, stroke_width=2.6)
    return element("polyline", points=points, fill="none", stroke=INK, stroke_width=1.5)


def _person(person: Person, member: Member, layout: Layout, uid: str) -> Markup:
    x, y = layout.centres[person.id]
    drawn = symbol(person.sex, member.state, x, y, uid, mark=member.remains)
    below = y + SYMBOL / 2 + LINE
    if not member.name:
        return element("g", element("title", _("unnamed; only connects the family")), drawn)
    for place, (text, is_name) in enumerate(member.label_lines()):
        size, ink = (NAME_SIZE, INK) if is_name else (STATE_SIZE, MUTED)
        weight = "bold" if is_name and member.state in (PersonState.MISSING, PersonState.MATCHED) else None
        at = below + LINE * place
        drawn += label(x, at, text, size, text_anchor="middle", fill=ink, font_weight=weight)
    hover = f"{member.name}: {state_words(member.state)} {member.remains}".rstrip()
    return element("g", element("title", hover), drawn)


def _description(named: Mapping[str, Member]) -> str:
    parts = []
    for state in PersonState:
        names = [_with_remains(member) for member in named.values() if member.state is state]
        if names:
            parts.append(f"{state_words(state)}: {', '.join(names)}.")
    return " ".join(part[0].upper() + part[1:] for part in parts)


def _with_remains(member: Member) -> str:
    return f"{member.name} ({member.remains})" if member.remains else member.name
