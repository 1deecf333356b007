"""Browser and database in one process of tests, and a small register for those that need more than its people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.cast import Cast, cast_of, enter_cast
from tests.register_database import CONTENTS, VENDORS, Templates
from tests.web.small_register import Entered, enter_small_register

# The browser keeps an event loop in the thread of the tests, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@dataclass(frozen=True)
class Small:
    """A small register, its people, and the identifiers of what was entered."""

    cast: Cast
    entered: Entered


def _enter() -> Entered:
    enter_cast()
    return enter_small_register(cast_of())


CONTENTS["small_register"] = _enter  # type: ignore[assignment]


@pytest.fixture(params=VENDORS)
def small(request: pytest.FixtureRequest, register_templates: Templates) -> Iterator[Small]:
    """A small register of its own for each test, once for each database."""
    name = register_templates.fresh(request.param, "small_register")
    entered = register_templates.entered[request.param, "small_register"]
    assert isinstance(entered, Entered)
    yield Small(cast_of(), entered)
    register_templates.drop(request.param, name)
