"""Export: what was shown of the register, to whom, by whom, is itself an entry."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Choice, Ref
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.export_scope import ExportScope
from antigone.register.models import Document
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """A file for one party: the handovers that concern it (minimal), or all that its maker may read (whole).

    The recipient of a whole export is the maker's own party, unless another is named. `open_sealed` opens in a
    whole export the sealed parts that the maker may read.
    """

    recipient: Annotated[str | None, Ref(Kind.PARTY)] = None
    scope: Annotated[str, Choice(*(scope.value for scope in ExportScope))] = ExportScope.MINIMAL.value
    open_sealed: bool = False


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the document that stands for the export; its state says how much was shown."""
    if command.scope == ExportScope.MINIMAL and command.open_sealed:
        raise NotNow("export-minimal-closed")
    if command.scope == ExportScope.MINIMAL and command.recipient is None:
        raise NotNow("export-for-whom")
    recipient = doors.parties.get(act.actor, command.recipient or act.actor.party)
    state = f"exported_{command.scope}" + ("_opened" if command.open_sealed else "")
    return str(act.create(Document, {"title": None, "note": None}, about=recipient.pk, state=state).pk)
