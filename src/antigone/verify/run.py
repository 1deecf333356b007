"""All checks of one export, in one reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from antigone.domain import InputRefused, Place, Problem, VerifyReport
from antigone.ledger import KeyKind, VerifierKey, parse_verifier_key
from antigone.verify.archive import Archive, opened_archive
from antigone.verify.claims import Claims
from antigone.verify.earlier import Earlier
from antigone.verify.figures import check_figures
from antigone.verify.findings import SAMPLE, Recomputing
from antigone.verify.index import new_index
from antigone.verify.people import People
from antigone.verify.references import References
from antigone.verify.remarks import Remarks
from antigone.verify.rows import check_rows
from antigone.verify.signatures import Signatures
from antigone.verify.states import States
from antigone.verify.steps import Reader
from antigone.verify.tree import Keys, Tree
from antigone.verify.versions import Versions


def verify_export(
    path: Path,
    log: VerifierKey | None = None,
    witnesses: Sequence[VerifierKey] = (),
    earlier: Sequence[Path] = (),
    findings: int | None = SAMPLE,
) -> VerifyReport:
    """What holds of this export, what does not, and what could not be checked.

    Parameters
    ----------
    path : Path
        An export in the format antigone-export/1.
    log : VerifierKey, optional
        The log's key, from another source than the file.
    witnesses : sequence of VerifierKey
        Those who must have cosigned a state of this log.
    earlier : sequence of Path
        Exports or checkpoints of the same log that the reader kept.
    findings : int, optional
        How many findings to compute again; None: all.

    Raises
    ------
    InputRefused
        A file cannot be read, or a key is of another kind.
    """
    for key in witnesses:
        if key.kind is not KeyKind.COSIGNATURE:
            needed = "a key for cosignatures, as `antigone ledger key` writes it"
            raise InputRefused([Problem("witness-key", Place(item="--witness"), key.encoded(), needed)])
    remarks = Remarks()
    before = [Earlier(each) for each in earlier]
    with opened_archive(path) as archive, new_index() as index:
        header = archive.header
        everything = bool(header.get("everything"))
        tree = Tree(archive, Keys(log, tuple(witnesses)), before, remarks)
        reader = Reader(archive, tree, index, remarks)
        people = People(remarks, everything)
        reader.read(
            [
                Versions(remarks),
                people,
                Signatures(remarks, index, everything),
                States(remarks, index, everything),
                References(remarks, index, everything),
                Claims(archive, remarks, index, people),
            ]
        )
        tree.close()
        check_rows(archive, index, remarks)
        kinds = dict(index.ask("SELECT kind, COUNT(*) FROM records GROUP BY kind"))
        check_figures(archive, index, remarks, {"entries": reader.entries, "changes": reader.changes, "rows": kinds})
        recomputing = Recomputing(archive, index, remarks)
        root = tree.frontier.root()
        recomputing.run(root, findings)
        about = _about(archive)
    return VerifyReport(
        about,
        reader.entries,
        root.hex(),
        tuple(remarks.held),
        tuple(remarks.faults),
        tuple(remarks.unchecked),
        dict(remarks.times),
        dict(recomputing.outcomes),
    )


def read_key(text: str) -> VerifierKey:
    """A public key from its text, or from the file of this name."""
    path = Path(text)
    place = Place()
    if "+" not in text or path.is_file():
        place = Place(file=text)
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputRefused([Problem("ledger-key", place, str(error), "a public key, or a file with one")]) from None
    return parse_verifier_key(text.strip(), place)


def _about(archive: Archive) -> dict[str, str]:
    """What the export says of itself."""
    header = archive.header
    party = header.get("recipient")
    recipient = party.get("code", "") if isinstance(party, dict) else ""
    names = ("format", "origin", "made_at", "software", "by", "document", "scope")
    return {**{name: str(header.get(name, "")) for name in names}, "recipient": str(recipient)}
