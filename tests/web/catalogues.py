"""The catalogues of the pages: what is to be translated, taken from the source, and what is.

To bring them up to date after sentences have changed: python -m tests.web.catalogues
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from antigone.render import problem_words, register_problem_words
from antigone.render.problems import known_codes

SOURCE = Path(__file__).resolve().parents[2] / "src" / "antigone"
LOCALE = SOURCE / "web" / "locale"
LANGUAGES = ("uk", "ru")
SPOKEN = ("refusal_words.py", "problems.py", "pedigree_svg.py", "pedigree_symbols.py")
"""Modules of `render` whose sentences stand on pages, all of them."""
_MAY_REFUSE = ("actions/**/*.py", "domain/identifiers.py", "domain/pedigree.py", "intake/register*.py", "web/**/*.py")
"""Where the problems come from that a page can show."""
_REPORTS = {"Problem", "_problem", "_refuse", "_refused", "report"}
"""Functions that a problem is told to: code, place, found, needed, in this order."""
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "_p": ((1, "c"), 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "_now": None,
}  # fmt: skip
_TEMPLATE_OPTIONS = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}


def extracted() -> Catalog:
    """Everything that is to be translated."""
    found = Catalog(project="Antigone", charset="utf-8")
    for path in _files():
        method = babel_extract if path.suffix == ".j2" else "python"
        options = _TEMPLATE_OPTIONS if path.suffix == ".j2" else {}
        with path.open("rb") as file:
            for line, message, _comments, context in extract(method, file, _KEYWORDS, (), options):  # type: ignore[arg-type]
                del line
                found.add(message, context=context, locations=[(path.relative_to(SOURCE).as_posix(), 0)])
    of_problems = {words for code in codes_on_pages() for words in problem_words_of(code)}
    for sentence in sorted(of_problems | needed_on_pages()):
        found.add(sentence, locations=[("actions", 0)])
    return found


def codes_on_pages() -> set[str]:
    """Codes of problems that an action can refuse its input for."""
    written = {n.value for n in _may_refuse() if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return written & set(known_codes())


def needed_on_pages() -> set[str]:
    """What problems say is needed, where it is the same every time."""
    found: set[str] = set()
    for node in _may_refuse():
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _REPORTS:
            found |= {a.value for a in node.args[1:] if isinstance(a, ast.Constant) and isinstance(a.value, str)}
        elif isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["needed"]:
            value = node.value
            found |= {value.value} if isinstance(value, ast.Constant) and isinstance(value.value, str) else set()
    return {text for text in found if " " in text}


def _may_refuse() -> Iterator[ast.AST]:
    """All of the source that can refuse what a page was sent."""
    for pattern in _MAY_REFUSE:
        for path in sorted(SOURCE.glob(pattern)):
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def problem_words_of(code: str) -> tuple[str, str]:
    """What is wrong, and what to correct, in English."""
    for module in (problem_words, register_problem_words):
        groups = (part for part in vars(module).values() if getattr(part, "__module__", "") == module.__name__)
        for group in groups:
            words: dict[str, tuple[str, str]] = group()
            if code in words:
                return words[code]
    raise KeyError(code)


def _files() -> Iterator[Path]:
    yield from sorted((SOURCE / "web").rglob("*.py"))
    yield from sorted((SOURCE / "web" / "templates").glob("*.html.j2"))
    yield from (SOURCE / "render" / name for name in SPOKEN)


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def kept(language: str) -> Catalog:
    """The catalogue of a language as it is committed."""
    with po_path(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """What the program reads of a catalogue."""
    made = io.BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def bring_up_to_date() -> None:
    """Add new sentences, take out those that are gone, and compile."""
    template = extracted()
    for language in LANGUAGES:
        path = po_path(language)
        catalogue = kept(language) if path.exists() else Catalog(language, project="Antigone", charset="utf-8")
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, include_lineno=False, sort_output=True, ignore_obsolete=True)
        path.with_suffix(".mo").write_bytes(compiled(kept(language)))
        untranslated = [message.id for message in catalogue if message.id and not message.string]
        print(f"{language}: {len(catalogue)} sentences, {len(untranslated)} without a translation")


if __name__ == "__main__":
    sys.exit(bring_up_to_date())
