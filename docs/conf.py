"""How the manual is built: `make docs`; every warning is an error."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import antigone

project = "Antigone"
author = "The Antigone contributors"
copyright = author
release = version = antigone.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "alabaster"
html_theme_options = {
    "description": "Names the war dead, and accounts for every one handed over",
    "page_width": "72rem",
    "show_powered_by": False,
}
html_show_copyright = False

autodoc_typehints = "description"
# Types of the standard library and of NumPy are explained elsewhere; a build needs no network.
nitpick_ignore_regex = [("py:.*", r"(numpy|np|collections|pathlib|os|polars|typing|abc)(\..*)?")]


def _link_to_the_public_name(
    app: Sphinx, env: BuildEnvironment, node: Any, text: nodes.TextElement
) -> nodes.Node | None:
    """`antigone.domain.pedigree.Sex` in a signature is documented as `antigone.Sex`."""
    name = node.get("reftarget", "").rsplit(".", 1)[-1]
    if node.get("refdomain") != "py" or name not in antigone.__all__:
        return None
    python = env.domains.python_domain
    return python.resolve_xref(env, node["refdoc"], app.builder, "obj", f"antigone.{name}", node, text)


def setup(app: Sphinx) -> None:
    app.connect("missing-reference", _link_to_the_public_name)
