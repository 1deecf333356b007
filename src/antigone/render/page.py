"""The one template engine: what a file says is never markup, and a name that is not given is an error."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from antigone.render.language import LANGUAGE, _


def template(name: str, **filters: Callable[..., object]) -> Template:
    """A template of this package, with `_` and `lang` for its sentences, and filters of its own."""
    environment = Environment(
        loader=PackageLoader("antigone.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_=_, lang=LANGUAGE)
    environment.filters.update(filters)
    return environment.get_template(name)
