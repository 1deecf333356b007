"""Somebody who alters an export on its way to the reader. They hold neither the register nor any key of it."""

from __future__ import annotations

import json
from typing import Any

from antigone import ledger
from evidence.tampering.registers import ORIGIN
from evidence.tampering.ways import Found, Position, Scene, Ways
from tests.verify.forging import Copy

IN_TRANSIT = Ways(Position.TRANSIT)
ALONE, KEY, EARLIER, OTHER, WITNESS = Found.ALONE, Found.KEY, Found.EARLIER, Found.OTHER, Found.WITNESS
_OWN = ledger.generate_key(ORIGIN)
"""A key of their own, under the log's name."""


def _state_of_row(copy: Copy, record: str) -> None:
    """The missing man is missing still, says his row."""
    row = next(row for row in copy.rows["missing_person"] if row["id"] == record)
    row["plain"]["state"] = "missing"


def _other_tag(copy: Copy, record: str) -> None:
    """Another tag, in every version."""
    for body in copy.bodies("container"):
        if body["record"] == record:
            body["plain"]["tag"] = "T-9"


def _keep(copy: Copy, *parts: str) -> dict[str, str]:
    return {part: copy.parts[part] for part in parts}


def _without_cosignatures(copy: Copy) -> None:
    copy.parts = {name: text for name, text in copy.parts.items() if not name.startswith("cosigned/")}
    note = ledger.parse_note(copy.parts["checkpoint.txt"].encode())
    copy.parts["checkpoint.txt"] = ledger.Note(note.text, note.signatures[:1]).to_bytes().decode()


def _cosigned(copy: Copy) -> str:
    """The part with the last state that a witness cosigned."""
    return max(name for name in copy.parts if name.startswith("cosigned/"))


@IN_TRANSIT("edit a plain column of a row", {ALONE})
def _row(scene: Scene) -> None:
    _state_of_row(scene.file, scene.past.story.person)


@IN_TRANSIT("edit a row and its change together", {ALONE})
def _row_and_change(scene: Scene) -> None:
    copy = scene.file
    (*_, last) = (b for b in copy.bodies("missing_person") if b["record"] == scene.past.story.person)
    last["plain"]["state"] = "missing"
    _state_of_row(copy, scene.past.story.person)


@IN_TRANSIT("edit a row, its change and the root in its entry", {ALONE, EARLIER, OTHER})
def _up_to_the_entry(scene: Scene) -> None:
    copy = scene.file
    kept = _keep(copy, "checkpoint.txt")
    _other_tag(copy, scene.past.story.containers[0])
    copy.fit(_OWN)
    copy.parts |= kept


@IN_TRANSIT("edit, make everything fit, sign with a key of one's own and name it as the log's",
            {KEY, EARLIER, OTHER, WITNESS})  # fmt: skip
def _signed_by_own(scene: Scene) -> None:
    copy = scene.file
    _other_tag(copy, scene.past.story.containers[0])
    copy.fit(_OWN)
    copy.parts["log.pub"] = _OWN.verifier.encoded() + "\n"
    _without_cosignatures(copy)


@IN_TRANSIT("replace the checkpoint's signature by another key's", {ALONE})
def _other_signature(scene: Scene) -> None:
    copy = scene.file
    note = ledger.parse_note(copy.parts["checkpoint.txt"].encode())
    copy.parts["checkpoint.txt"] = ledger.sign_note(ledger.Note(note.text), _OWN).to_bytes().decode()


@IN_TRANSIT("drop the cosignatures", {WITNESS})
def _dropped_cosignatures(scene: Scene) -> None:
    _without_cosignatures(scene.file)


@IN_TRANSIT("spoil a cosignature", {WITNESS})
def _spoilt_cosignature(scene: Scene) -> None:
    copy = scene.file
    part = _cosigned(copy)
    note = ledger.parse_note(copy.parts[part].encode())
    log, given = note.signatures
    spoilt = ledger.Signature(given.name, given.key_id, bytes([*given.value[:-1], given.value[-1] ^ 1]))
    copy.parts[part] = ledger.Note(note.text, (log, spoilt)).to_bytes().decode()


@IN_TRANSIT("cut off the last entries with all they did", {ALONE})
def _cut_off(scene: Scene) -> None:
    copy = scene.file
    kept = _keep(copy, "checkpoint.txt")
    copy.entries = copy.entries[:-2]
    copy.changes = [line for line in copy.changes if line["entry"] < len(copy.entries)]
    copy.fit(_OWN)
    copy.parts |= kept


@IN_TRANSIT("send an older true export in its place", (),
            "The file is true, only old: its date and its number of entries say so.")  # fmt: skip
def _older_file(scene: Scene) -> None:
    scene.copy = Copy(scene.past.other)


@IN_TRANSIT("swap two entries", {ALONE, EARLIER, OTHER})
def _swapped(scene: Scene) -> None:
    copy = scene.file
    one, two = (next(i for i, e in enumerate(copy.entries) if e["verb"] == v) for v in ("register_family", "propose"))
    copy.entries[one], copy.entries[two] = copy.entries[two], copy.entries[one]
    places = {one: two, two: one}
    for line in copy.changes:
        line["entry"] = places.get(line["entry"], line["entry"])
    copy.changes.sort(key=lambda line: (line["entry"], line["position"]))


@IN_TRANSIT("take out the rows of one kind", {ALONE})
def _without_kind(scene: Scene) -> None:
    scene.file.rows["grave"] = []


@IN_TRANSIT("alter a figure that the export derives", {ALONE})
def _figure(scene: Scene) -> None:
    figures = scene.past.story.handover
    scene.file.json("figures.json", lambda claimed: claimed["handovers"][figures].update(identified=2))


@IN_TRANSIT("alter an opened marker of a profile", {ALONE})
def _marker(scene: Scene) -> None:
    copy = scene.file
    body = next(b for b in copy.bodies("profile") if b["record"] == scene.past.story.profiles[2])
    copy.line_of(body)["opened"]["content"]["autosomal"]["TH01"] = "6/66"


@IN_TRANSIT("alter the frequency table that is sent along", {ALONE})
def _table(scene: Scene) -> None:
    copy = scene.file
    part = min(name for name in copy.parts if name.startswith("tables/"))

    def fewer(table: dict[str, Any]) -> None:
        table["loci"].pop("TH01")

    copy.json(part, fewer)


@IN_TRANSIT("take the frequency tables out of the file", (),
            "Nothing false is said: `verify` counts the findings that it could not compute again.")  # fmt: skip
def _without_tables(scene: Scene) -> None:
    copy = scene.file
    copy.parts = {name: text for name, text in copy.parts.items() if not name.startswith("tables/")}


@IN_TRANSIT("close all sealed parts that were opened", (),
            "Nothing false is said: `verify` counts the findings that it could not compute again, and the sealed "
            "parts that are closed.")  # fmt: skip
def _closed(scene: Scene) -> None:
    for line in scene.file.changes:
        line.pop("opened", None)


@IN_TRANSIT("show one entry as a leaf hash alone, and nothing of what it did", {ALONE})
def _hidden_entry(scene: Scene) -> None:
    _hide_burial(scene.file)


@IN_TRANSIT("show one entry as a leaf hash alone, and say in the header that the export is of a part only", {ALONE})
def _hidden_entry_in_part(scene: Scene) -> None:
    _hide_burial(scene.file)
    scene.file.json("export.json", lambda header: header.update(everything=False))


@IN_TRANSIT("say in the header that the export was made for somebody else", {ALONE})
def _other_recipient(scene: Scene) -> None:
    party = next(row for row in scene.file.rows["party"] if row["plain"]["code"] == "B")
    recipient = {"party": party["id"], "code": party["plain"]["code"]}
    scene.file.json("export.json", lambda header: header.update(recipient=recipient))


@IN_TRANSIT("name another key as the log's", {ALONE, KEY, EARLIER, OTHER})
def _other_key(scene: Scene) -> None:
    scene.file.parts["log.pub"] = _OWN.verifier.encoded() + "\n"


@IN_TRANSIT("leave a container out of a minimal export, with everything that names it", (),
            "What concerns whom is the sender's word: a change that is closed keeps its place as a hash, and nobody "
            "sees what it is of. Whoever handed it over has a list of their own to count by.",
            minimal=True)  # fmt: skip
def _left_out(scene: Scene) -> None:
    copy = scene.file
    hidden = copy.rows["container"].pop()
    for line in copy.changes:
        body = line.get("body")
        if body is not None and body["record"] == hidden["id"]:
            line["leaf"] = ledger.leaf_hash(ledger.canonical_json(line.pop("body"))).hex()
    state = hidden["plain"]["state"]

    def fewer(claimed: dict[str, Any]) -> None:
        claimed["records"]["container"][state] -= 1
        claimed["handovers"][hidden["plain"]["handover"]]["received"] -= 1

    copy.json("figures.json", fewer)
    copy.json("export.json", lambda header: header["rows"].update(container=len(copy.rows["container"])))


def _hide_burial(copy: Copy) -> None:
    """The burial never was: its entry is a hash, its grave is gone, the rows are as they were before."""
    index = next(i for i, entry in enumerate(copy.entries) if entry["verb"] == "bury")
    body = ledger.canonical_json(copy.entries[index])
    copy.entries[index] = {"leaf": ledger.leaf_hash(body).hex()}
    copy.changes = [line for line in copy.changes if line["entry"] != index]
    kept = _keep(copy, "checkpoint.txt")
    copy.fit(_OWN)
    copy.parts |= kept
    _count_again(copy)


def _count_again(copy: Copy) -> None:
    """Figures and header as a file without these would have them."""
    records: dict[str, dict[str, int]] = {}
    for kind, rows in copy.rows.items():
        for row in rows:
            of_kind = records.setdefault(kind, {})
            of_kind[row["plain"]["state"]] = of_kind.get(row["plain"]["state"], 0) + 1
    handover = next(iter(json.loads(copy.parts["figures.json"])["handovers"]))

    def edit(claimed: dict[str, Any]) -> None:
        claimed["records"] = records
        claimed["handovers"][handover].update(buried=0, released=1)

    copy.json("figures.json", edit)
    counts = {kind: sum(states.values()) for kind, states in records.items()}
    copy.json("export.json", lambda header: header.update(rows=counts))
