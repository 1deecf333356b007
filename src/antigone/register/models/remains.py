"""Handovers, containers, remains, and how remains were split and joined."""

from __future__ import annotations

from django.db import models

from antigone.domain import Kind
from antigone.register.models.record import Record


class Handover(Record):
    """One handover. `party` is the party whose register this is; direction: from, to. State: announced, received."""

    KIND = Kind.HANDOVER
    PLAIN = ("from_party", "to_party", "took_place_on", "announced_containers")
    SEALED = ("place", "agreement", "note")

    from_party = models.ForeignKey("register.Party", models.PROTECT, related_name="+")
    to_party = models.ForeignKey("register.Party", models.PROTECT, related_name="+")
    took_place_on = models.DateField(null=True)
    announced_containers = models.PositiveIntegerField(null=True)


class Container(Record):
    """What was handed over under one tag (a bag).

    State: announced, received, missing, extra, opened. `seal_found`: intact, broken, other, none. sealed `found_tag`:
    the tag it came under, where that is not the one of the list; `reason`: why it was last corrected.
    """

    KIND = Kind.CONTAINER
    PLAIN = ("handover", "tag", "seal", "seal_found")
    SEALED = ("claimed_name", "claimed_origin", "claimed_side", "note", "found_tag", "reason")

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="containers")
    tag = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, default="")
    seal_found = models.CharField(max_length=16, default="")

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["handover", "tag"], name="one_tag_once_in_a_handover")]


class Remains(Record):
    """One physical unit after examination.

    `container`: where it came from. `group`: identifier of the first of the remains that are one person with
    it, by `join_remains`; its own identifier where it stands alone. State: examined, split, identified, released,
    buried, handed_back, and buried_unnamed, in a grave under their number and still without a name. Remains that
    were split are units no more: their parts are. sealed `reason`: why they were last split, joined or separated.
    """

    KIND = Kind.REMAINS
    PLAIN = ("container", "split_from", "group", "held_at")
    SEALED = ("description", "sex", "belongings", "place_of_recovery", "injuries", "reason")

    container = models.ForeignKey(Container, models.PROTECT, related_name="remains")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    group = models.CharField(max_length=16, db_index=True)
    held_at = models.CharField(max_length=64, default="")
