"""What a relative allows: at most one consent stands, and samples are used no further than it goes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from antigone.actions.act import Act
from antigone.actions.dates import refuse_ahead
from antigone.actions.fields import Choice, Lines
from antigone.actions.locking import locked
from antigone.actions.stopped_use import Why, samples_of, stop_use
from antigone.domain import Scope
from antigone.register.models import Consent, Relative

WIDTH = {Scope.NONE: 0, Scope.DIRECT: 1, Scope.KINSHIP: 2}
"""How far a scope goes."""


@dataclass(frozen=True, kw_only=True)
class ConsentGiven:
    """What was allowed, when, to whom, and where the signed paper lies."""

    scope: Annotated[str, Choice(*(scope.value for scope in Scope))]
    given_on: datetime.date
    given_to: str = ""
    document: Annotated[str, Lines()] = ""


def one_at_a_time(relative: Relative) -> None:
    """Until the end of the action nobody else changes what this relative allows, or samples them."""
    locked(relative)


def standing_consent(relative: Relative) -> Consent | None:
    """The consent that stands, None where there is none. To be asked under `one_at_a_time`."""
    return Consent.objects.filter(relative=relative.pk, state="given").first()


def give_consent(act: Act, relative: Relative, given: ConsentGiven) -> Consent:
    """Record a consent; it supersedes the former one, and the relative's samples follow it.

    A sample that was allowed more is blocked; blocked samples stay so. A sample that was allowed less is now allowed
    what the new consent allows.
    """
    refuse_ahead(given.given_on, "given_on", act.now)
    one_at_a_time(relative)
    former = standing_consent(relative)
    if former is not None:
        act.change(former, state="superseded")
    consent = act.create(
        Consent,
        {"given_to": given.given_to, "document": given.document},
        institution=relative.institution_id,
        state="given",
        relative=relative.pk,
        family=relative.family_id,
        scope=given.scope,
        given_on=given.given_on,
    )
    _follow(act, relative, given.scope)
    return consent


def _follow(act: Act, relative: Relative, scope: str) -> None:
    in_use = [sample for sample in samples_of(relative) if sample.state != "blocked"]
    too_wide = [sample for sample in in_use if WIDTH[Scope(sample.scope)] > WIDTH[Scope(scope)]]
    stop_use(act, relative, too_wide, Why.WITHDRAWN)
    for sample in in_use:
        if WIDTH[Scope(sample.scope)] < WIDTH[Scope(scope)]:
            act.change(sample, scope=scope)
