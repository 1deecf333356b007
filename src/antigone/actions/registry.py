"""Every verb there is, by name. A verb is found here or not at all."""

from __future__ import annotations

import importlib
from functools import cache

from antigone.actions.perform import VerbCode
from antigone.domain import VERBS


@cache
def verb(name: str) -> VerbCode:
    """The code of this verb; KeyError for a word that is none.

    The module's `Command` is what the verb asks for, `carry_out` what it does inside the transaction, and
    `prepare`, where there is one, what it computes before.
    """
    if name not in VERBS:
        raise KeyError(name)
    module = importlib.import_module(f"antigone.actions.verbs.{name}")
    return VerbCode(name, module.Command, module.carry_out, getattr(module, "prepare", None))
