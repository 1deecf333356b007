"""The register that is tampered with: what happened in it, who looked at it when, and what they kept."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from antigone import ledger
from evidence.tampering.registers import Registers
from tests.cast import Cast, cast_of, do, enter_cast
from tests.verify.genes import somebody, typed
from tests.verify.story import (
    DAY,
    Story,
    examiner_of_everything,
    exported,
    family_of_three,
    findings_of,
    sampled_relative,
    small_story,
)

if TYPE_CHECKING:
    from antigone.register.actor import Actor

WITNESS = "antigone.evidence/witness"


@dataclass(frozen=True)
class Past:
    """What happened, and the files of those who looked.

    The register was kept at four moments: "born" (everybody has been entered), "backup" (the first decision has just
    been made), "looked" (the reader and the witness have just looked at it) and "now". Between the last two another
    reader and the witness looked again, and after that a little was still done.

    third_signatory: a user of side A. lonely: a missing person of side B whom no other record names. withdrawn:
    the consent that was taken back; blocked: a finding that rested on it. All these are of before
    the reader looked. second_containers: of before the other reader looked. last: a missing
    person entered when nobody looked any more. earlier, other: whole exports; remembered: the witness's memory.
    """

    story: Story
    third_signatory: str
    lonely: str
    withdrawn: str
    blocked: str
    second_containers: tuple[str, ...]
    last: str
    earlier: Path
    other: Path
    witness: ledger.SignerKey
    remembered: Path

    @property
    def remembered_size(self) -> int:
        """How many entries the witness has cosigned."""
        return ledger.checkpoint_of(_remembered(self.remembered)).size


def tell(registers: Registers, folder: Path) -> Past:
    """Live through it all."""
    registers.new()
    enter_cast()
    administrator = cast_of()["administrator"]
    third_signatory = do(
        administrator, "add_user", institution=administrator.institution, username="a.third_signatory",
        name="A Third Signatory", roles="signatory",
    ).record  # fmt: skip
    registers.keep("born")
    story = small_story(cast_of())
    reader = reader_of_everything()
    registers.keep("backup")
    cast = cast_of()
    lonely = do(cast["b.registrar"], "register_missing_person", surname="Surname-3").record
    withdrawn, blocked = _second_family(cast, story)
    witness = ledger.generate_key(WITNESS, ledger.KeyKind.COSIGNATURE)
    memory = folder / "memory.json"
    earlier = _looked_at(cast, reader, folder / "earlier.zip", witness, memory)
    registers.keep("looked")
    _buried(cast, story)
    containers = _other_direction(cast)
    other = _looked_at(cast, reader, folder / "other.zip", witness, memory)
    last = do(cast["registrar"], "register_missing_person", surname="Surname-4").record
    registers.keep("now")
    remembered = folder / "remembered.json"
    shutil.copyfile(memory, remembered)
    return Past(
        story, third_signatory, lonely, withdrawn, blocked, containers, last, earlier, other, witness, remembered
    )


def reader_of_everything() -> Actor:
    """An auditor who is a geneticist as well: what they export can be computed again."""
    reader: Actor = examiner_of_everything(cast_of())
    return reader


def whole_export(reader: Actor, path: Path) -> Path:
    """Everything, opened."""
    return exported(cast_of(), reader, path, scope="whole", open_sealed="yes")


def minimal_export(path: Path) -> Path:
    """What concerns side B, made by the auditor."""
    cast = cast_of()
    return exported(cast, "auditor", path, scope="minimal", recipient=cast["b.registrar"].party)


def log_verifier() -> ledger.VerifierKey:
    """The log's public key, as the register gave it out on another way than with its exports."""
    from antigone.register.checkpoints import log_key

    return log_key().verifier


def witness_of(past: Past, memory: Path) -> ledger.Witness:
    """The witness with this memory."""
    return ledger.Witness(past.witness, (log_verifier(),), memory)


def _looked_at(cast: Cast, reader: Actor, path: Path, key: ledger.SignerKey, memory: Path) -> Path:
    """The export that a reader keeps; the witness cosigns its state, and the register keeps the cosignature."""
    from antigone.domain import Place
    from antigone.register.proving import consistency_file, latest_checkpoint, take_in

    whole_export(reader, path)
    witness = ledger.Witness(key, (log_verifier(),), memory)
    before = ledger.checkpoint_of(_remembered(memory)).size if memory.exists() else 0
    assert before <= latest_checkpoint().size
    cosigned = witness.cosign(consistency_file(before), datetime.now(UTC))
    take_in(cosigned.note.to_bytes(), key.verifier, Place(file="cosigned"))
    return path


def _second_family(cast: Cast, story: Story) -> tuple[str, str]:
    """The mother has herself erased; then the father is compared with everybody, and takes his consent back."""
    from antigone.register.models import Consent

    _, family, father, mother = family_of_three(cast, "Surname-2")
    sampled_relative(cast, mother, typed(somebody(22)))
    do(cast["registrar"], "erase_relative", relative=mother, ground="asked_by_the_person")
    sampled_relative(cast, father, typed(somebody(21)))
    do(cast["geneticist"], "compare", family=family)
    (blocked, *_) = findings_of(family, story.remains[1:])
    consent = Consent.objects.get(relative=father)
    do(cast["registrar"], "withdraw_consent", consent=consent.pk, reason="He asked for it.")
    return str(consent.pk), blocked


def _buried(cast: Cast, story: Story) -> None:
    do(cast["liaison"], "inform_family", decision=story.decision, relative=story.father, on=DAY)
    release = do(
        cast["coordinator"], "release", decision=story.decision, released_on=DAY, received_by="The father"
    ).record
    do(
        cast["burial_officer"], "bury", release=release, buried_on=DAY, cemetery="Cemetery-1", plot="1",
        coordinates="48.46470, 35.04620",
    )  # fmt: skip


def _other_direction(cast: Cast) -> tuple[str, ...]:
    """Side B enters what it was given by side A."""
    from antigone.register.models import Container

    coordinator = cast["b.coordinator"]
    handover = do(
        coordinator, "register_handover", from_party=cast["registrar"].party, to_party=coordinator.party,
        announced_containers="2", containers="B-1; 201\nB-2; 202",
    ).record  # fmt: skip
    do(
        coordinator, "receive_handover", handover=handover, took_place_on=DAY,
        containers="B-1; received; intact\nB-2; received; broken",
    )  # fmt: skip
    rows = Container.objects.filter(handover=handover).order_by("tag")
    return tuple(str(row.pk) for row in rows)


def _remembered(memory: Path) -> ledger.Note:
    (text,) = json.loads(memory.read_text("utf-8"))["logs"].values()
    return ledger.parse_note(text.encode())


def tell_otherwise() -> None:
    """A register in which none of it happened: another handover, another missing person."""
    cast = cast_of()
    reader_of_everything()
    do(cast["registrar"], "register_missing_person", surname="Surname-9")
    do(
        cast["coordinator"], "register_handover", from_party=cast["b.registrar"].party,
        to_party=cast["coordinator"].party, announced_containers="1", containers="T-1; 101",
    )  # fmt: skip
