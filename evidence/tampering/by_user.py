"""Somebody who does what their office allows, with the register's own actions, and enters what is not so."""

from __future__ import annotations

from evidence.tampering.ways import Position, Scene, Ways
from tests.cast import cast_of, do
from tests.verify.genes import typed
from tests.verify.story import DAY, couple_and_son, sampled_remains

BY_USER = Ways(Position.USER)


@BY_USER("enter a false fact: a container that came is entered as one that did not", (),
         "A register keeps what was said, not what was so. The other side's register of the same handover, and the "
         "neutral third who stood beside it, say otherwise.")  # fmt: skip
def _said_missing(scene: Scene) -> None:
    coordinator = cast_of()["coordinator"]
    giver = cast_of()["b.registrar"].party
    handover = do(
        coordinator, "register_handover", from_party=giver, to_party=coordinator.party, announced_containers="1",
        containers="T-50; 150",
    ).record  # fmt: skip
    do(coordinator, "receive_handover", handover=handover, took_place_on=DAY, containers="T-50; missing; none")


@BY_USER("never enter a handover", (),
         "What was never entered has no place from which it could be missing. Both sides keep a register, and the "
         "neutral third a list: a handover stands in three, or somebody asks why.")  # fmt: skip
def _never_entered(scene: Scene) -> None:
    """Nothing is done: that is the way."""


@BY_USER("enter the markers of the son under a stranger's sample", (),
         "The laboratory's word. A second run of the sample, or a sample taken again by others, finds it.")  # fmt: skip
def _other_markers(scene: Scene) -> None:
    sampled_remains(cast_of(), scene.past.story.remains[2], typed(couple_and_son()[2]))


@BY_USER("let somebody else log in as oneself, with password and second factor", (),
         "The register knows accounts, not hands.")  # fmt: skip
def _lent(scene: Scene) -> None:
    do(cast_of()["second_signatory"], "add_document", about=scene.past.story.decision, title="Signed by another hand")
