"""What happens between a missing person and a proposal, by actions, in a register that others have open.

python -m tests.web.propose_by_command FOLDER MISSING_PERSON
"""

from __future__ import annotations

import sys
from pathlib import Path

from antigone.register import open_register
from tests.cast import do
from tests.web.small_register import MOTHER, SON


def main(folder: str, person: str) -> None:
    """Enter it, and print the identifier of the proposal."""
    open_register(Path(folder))
    from antigone.register.actor import actor_of
    from antigone.register.models import Container, Finding, Remains, User

    found = {user.username: actor_of(user) for user in User.objects.all()}
    administrator, registrar, worker = (found[name] for name in ("admin", "registrar", "worker"))
    assert administrator
    assert registrar
    assert worker
    other = do(administrator, "add_party", code="B", name="Side B", side="side").record
    handover = do(worker, "register_handover", from_party=other, to_party=worker.party, containers="T-1; S-1").record
    do(worker, "receive_handover", handover=handover, containers="T-1; received; intact")
    container = Container.objects.get(handover=handover).pk
    do(worker, "open_container", container=container, units="1")
    unit = Remains.objects.get(container=container).pk
    family = do(registrar, "register_family", missing=person).record
    mother = do(
        registrar, "add_relative", family=family, surname="Шевченко", sex="female", scope="kinship",
        given_on="2026-10-10",
    ).record  # fmt: skip
    members = f"{person} F {mother} male\nF - - male\n{mother} - - female"
    do(registrar, "declare_pedigree", family=family, members=members)
    samples = [
        (do(worker, "take_sample", remains=unit, material="bone").record, SON),
        (
            do(worker, "take_reference_sample", relative=mother, material="blood", taken_on="2026-10-10").record,
            MOTHER,
        ),
    ]
    for sample, calls in samples:
        do(worker, "move_sample", sample=sample, to="sent", laboratory=worker.institution)
        do(worker, "move_sample", sample=sample, to="received")
        do(worker, "enter_profile", sample=sample, quality="full", kit="GlobalFiler", autosomal=calls)
    do(worker, "compare", family=family)
    finding = Finding.objects.get(missing_person=person).pk
    typed = {"reasons": "Reasons-1", "other_evidence": "Evidence-1"}
    done = do(worker, "propose", remains=unit, missing_person=person, findings=finding, **typed)
    print(done.record)


if __name__ == "__main__":
    main(*sys.argv[1:])
