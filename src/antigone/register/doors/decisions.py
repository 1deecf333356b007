"""Doors to findings, proposals, decisions, releases, graves and notices."""

from django.db.models import Q

from antigone.domain import Reach
from antigone.register.doors.door import Door
from antigone.register.models import Decision, Finding, Grave, Notice, Proposal, Release

findings = Door(Finding)
proposals = Door(Proposal)
decisions = Door(Decision)
releases = Door(Release)
graves = Door(Grave)
notices = Door(Notice, {Reach.OWN_SELF: lambda actor: Q(addressee=actor.user)})
