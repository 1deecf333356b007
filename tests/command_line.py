"""What the command line answers, run in this process: exit code, standard output, standard error."""

from __future__ import annotations

import contextlib
import io
import traceback
from typing import NamedTuple

from antigone.cli import main


class Answer(NamedTuple):
    """`errors` holds the traceback where the program ended by one."""

    exit_code: int
    output: str
    errors: str


def assert_refused(answer: Answer, *said: str) -> None:
    """The input is refused in these words, nothing is printed, and no traceback."""
    assert (answer.exit_code, answer.output) == (2, "")
    assert "Traceback" not in answer.errors
    assert [words for words in said if words not in answer.errors] == [], answer.errors


def antigone(*arguments: str) -> Answer:
    """Run `antigone ARGUMENTS` as the installed command does."""
    output, errors = io.StringIO(), io.StringIO()
    code: object = 0
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            main(list(arguments))
        except SystemExit as end:
            code = end.code
        except Exception:
            traceback.print_exc()
            code = 1
    return Answer(code if isinstance(code, int) else int(code is not None), output.getvalue(), errors.getvalue())
