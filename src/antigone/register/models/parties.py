"""Parties, institutions, and the people who use the register."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from antigone.domain import Kind
from antigone.register.models.record import Record


class Party(Record):
    """A side of the conflict, or a neutral intermediary (side = "neutral")."""

    KIND = Kind.PARTY
    PLAIN = ("code", "name", "side")

    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=200)
    side = models.CharField(max_length=16)  # "side" or "neutral"


class Institution(Record):
    """An office of one party: bureau, laboratory, expert centre, headquarters."""

    KIND = Kind.INSTITUTION
    PLAIN = ("name",)

    name = models.CharField(max_length=200)


class _Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(username=username)


class User(AbstractBaseUser, Record):
    """A named person with a log-in. State "active" or "suspended"."""

    KIND = Kind.USER
    PLAIN = ("username", "name", "roles", "relative", "access_version")
    USERNAME_FIELD = "username"

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    roles = models.JSONField(default=list)
    relative = models.ForeignKey("register.Relative", models.PROTECT, null=True, related_name="+")
    access_version = models.PositiveIntegerField(default=1)  # grows when password or second factor change
    language = models.CharField(max_length=8, default="en")  # a preference, not a record

    objects = _Users()

    @property
    def is_active(self) -> bool:
        """Read by Django at log-in and at every request."""
        return self.state == "active"
