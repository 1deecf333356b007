"""Doors to parties, institutions and users."""

from django.db.models import Q

from antigone.domain import Reach
from antigone.register.doors.door import Door
from antigone.register.models import Institution, Party, User

parties = Door(Party)
institutions = Door(Institution)
users = Door(User, {Reach.OWN_SELF: lambda actor: Q(pk=actor.user)})
