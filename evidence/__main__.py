"""Run the checks: `python -m evidence [--only NAME] [--n N] [--small]`."""

from __future__ import annotations

import argparse
import sys
import time

from evidence.framework import PAGES, Check, load_checks, markdown_table, page
from evidence.readme import write_index


def main(argv: list[str] | None = None) -> int:
    """Run the chosen checks; 0 when every claim holds, 1 when one does not, 2 for an unknown name."""
    options = _parser().parse_args(argv)
    checks = load_checks()
    chosen = [check for check in checks if options.only in (None, check.name)]
    if not chosen:
        print(f"no check is called {options.only!r}; there are: {', '.join(c.name for c in checks)}")
        return 2
    failed = [check.name for check in chosen if not _run(check, options.small, options.n)]
    if not options.small:
        write_index(checks)
    print(f"{len(chosen) - len(failed)} of {len(chosen)} claims hold" + "".join(f"\nNOT: {n}" for n in failed))
    return 1 if failed else 0


def _run(check: Check, small: bool, n: int | None) -> bool:
    print(f"\n== {check.name}: {check.must_show}", flush=True)
    start = time.perf_counter()
    outcome = check.run(small, n)
    print(markdown_table(outcome.header, outcome.rows))
    for note in outcome.notes:
        print(f"- {note}")
    print(f"{'holds' if outcome.ok else 'DOES NOT HOLD'} ({time.perf_counter() - start:.1f} s)", flush=True)
    if not small:
        PAGES.mkdir(parents=True, exist_ok=True)
        (PAGES / f"{check.name}.md").write_text(page(check, outcome), encoding="utf-8")
    return outcome.ok


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evidence", description=__doc__)
    parser.add_argument("--only", metavar="NAME", help="run this check alone")
    parser.add_argument("--n", type=int, metavar="N", help="how many cases, where a check takes a number")
    parser.add_argument("--small", action="store_true", help="a run of seconds; prints, writes no page")
    return parser


if __name__ == "__main__":
    sys.exit(main())
