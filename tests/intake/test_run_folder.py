"""The run folder of a screening: whatever ends the process, nothing is lost, repeated or believed unseen."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from antigone.domain import Block, Circumstances, InputRefused, Members
from antigone.identify import plan_blocks
from antigone.intake import RunFolder
from antigone.intake.safe_files import write_table
from tests.refusals import problems_of

HERE = Circumstances("policy", {"Norway": "table"}, "antigone 1", {"floor": 1e-3, "bound": -6, "engine": "tables"})
MIDNIGHT = datetime(2025, 6, 1, tzinfo=UTC)
SIZES = (3, 14)


def clock() -> datetime:
    return MIDNIGHT


def members(names: list[str], version: int = 0) -> Members:
    return Members(tuple(names), tuple(hashlib.sha256(f"{n} {version}".encode()).hexdigest()[:32] for n in names))


FAMILIES = members([f"Ж{n}" for n in range(58)])
REMAINS = members([f"R{n}" for n in range(14)])
FEW = members(["F1", "F2", "F3", "F4"])


def compared(block: Block) -> tuple[dict[str, pl.DataFrame], int, dict[str, int]]:
    """A stand-in for the engine: its numbers follow from the members alone."""
    pairs = [(t, q) for t in block.targets.ids for q in block.others.ids]
    scores = [int(hashlib.sha256(f"{t} {q}".encode()).hexdigest()[:6], 16) for t, q in pairs]
    frame = pl.DataFrame({"target": [t for t, _ in pairs], "query": [q for _, q in pairs], "score": scores})
    skipped = sum(score % 7 == 0 for score in scores)
    return {"candidates": frame.filter(pl.col("score") % 3 == 0)}, block.pairs - skipped, {"no-loci": skipped}


def screening(
    out: Path,
    targets: Members = FAMILIES,
    each: Callable[[int], object] = lambda n: None,
    sizes: tuple[int, int] = SIZES,
) -> list[str]:
    """Every block that is to run, and the end of the run; the names of the blocks that were run."""
    with RunFolder(out, clock) as folder:
        plan = plan_blocks("kinship", targets, REMAINS, HERE, folder.recorded(), *sizes, first=folder.about is None)
        blocks = list(plan.stand)
        for number, planned in enumerate(plan.run):
            blocks.append(folder.add(planned.block, HERE, *compared(planned.block)))
            each(number)
        tables = [pl.read_parquet(path) for path in folder.tables(blocks, "candidates")]
        candidates = pl.concat(tables).sort("target", "query")
        folder.finish({"candidates": candidates}, {"floor": 1e-3})
    return [planned.block.id for planned in plan.run]


def files(out: Path) -> dict[str, bytes]:
    """Everything in the folder but what says that it was disturbed."""
    found = (path for path in out.rglob("*") if path.is_file() and path.name != "coverage.torn")
    return {str(path.relative_to(out)): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    screening(out)
    return files(out)


@pytest.fixture
def done(tmp_path: Path) -> Path:
    """A finished run of few blocks."""
    screening(tmp_path / "done", FEW)
    return tmp_path / "done"


def lines(out: Path) -> list[bytes]:
    return (out / "coverage.jsonl").read_bytes().splitlines(keepends=True)


def problems(out: Path, write: bool = True) -> list[tuple[str, str, int | None]]:
    refused = problems_of(lambda: RunFolder(out, write=write))
    return [(p.code, p.place.file, p.place.row) for p in refused]


# ------------------------------------------------------------------ killed


def toy(out: str, pause: float) -> None:
    """The job of the processes that are killed."""

    def each(number: int) -> None:
        print(number, flush=True)
        time.sleep(pause)

    screening(Path(out), each=each)
    print("end", flush=True)


def test_killed_at_seeded_moments_and_resumed(tmp_path: Path, root: Path, undisturbed: dict[str, bytes]) -> None:
    chance, kills, out = random.Random(3), 0, tmp_path / "out"
    while True:
        call = f"from tests.intake.test_run_folder import toy; toy({str(out)!r}, {chance.choice([0.0, 0.003])})"
        with subprocess.Popen([sys.executable, "-c", call], cwd=root, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(chance.randint(1, 5))]
            time.sleep(chance.random() * 0.01)
            process.kill()
            said += process.stdout.readlines()
        if "end\n" in said:
            break
        assert process.returncode == -9
        kills += 1
    assert kills >= 3
    assert len(lines(out)) == 22
    assert files(out) == undisturbed


class Killed(BaseException):
    """Stands for kill -9: nothing after it is done."""


def dying(patch: pytest.MonkeyPatch, after: int, half: bool) -> None:
    """The process ends before its step of this number that changes a file; with half, in the midst of a line."""
    left = after
    steps = {name: getattr(os, name) for name in ("write", "fsync", "truncate", "replace", "unlink")}

    def dies(name: str) -> Callable[..., object]:
        def step(*args: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                if name == "write" and half:
                    opened, line = args
                    steps[name](opened, line[: len(line) // 2])
                raise Killed
            return None if name == "fsync" else steps[name](*args)

        return step

    for name in steps:
        patch.setattr(os, name, dies(name))


def survives(out: Path, after: int, half: bool) -> bool:
    """Whether a run of few blocks comes to its end before it dies."""
    with pytest.MonkeyPatch.context() as patch:
        dying(patch, after, half)
        try:
            screening(out, FEW)
        except Killed:
            return False
        return True


@pytest.mark.parametrize("half", [False, True])
def test_killed_before_every_single_step_and_again_while_it_is_taken_up(half: bool, done: Path, tmp_path: Path) -> None:
    chance, whole = random.Random(7), files(done)
    for after in range(200):
        out = tmp_path / f"{after}"
        if survives(out, after, half):
            break
        for _ in range(2):
            survives(out, chance.randrange(20), half)
        screening(out, FEW)
        assert files(out) == whole
    assert 20 < after < 199


# ------------------------------------------------------------------ cut off, changed, damaged


def test_a_line_cut_off_anywhere_is_set_aside_and_its_block_run_again(done: Path) -> None:
    whole, record = files(done), done / "coverage.jsonl"
    last = lines(done)[-1]
    (done / "screening.json").unlink()
    for cut in [1, 2, len(last) // 2, len(last) - 1, len(last)]:
        record.write_bytes(b"".join(lines(done))[:-cut])
        torn = last[:-cut]
        (done / "coverage.torn").unlink(missing_ok=True)
        with RunFolder(done, clock) as folder:
            assert folder.torn == len(torn)
            assert len(folder.recorded()) == 1
            assert folder.removed == tuple(sorted(_files_of(last)))
        assert not torn or (done / "coverage.torn").read_bytes() == torn
        assert screening(done, FEW) == [json.loads(last)["covered"]["block"]]
        assert files(done) == whole
        (done / "screening.json").unlink()


def test_what_was_cut_off_is_kept_once(done: Path) -> None:
    with (done / "coverage.jsonl").open("ab") as record:
        record.write(b'{"bef')
    with pytest.MonkeyPatch.context() as patch:
        dying(patch, 2, half=False)  # between keeping it and cutting it off
        with pytest.raises(Killed):
            RunFolder(done)
    assert lines(done)[-1] == b'{"bef'
    RunFolder(done).close()
    assert lines(done)[-1].endswith(b"}\n")
    assert (done / "coverage.torn").read_bytes() == b'{"bef'


def _files_of(line: bytes) -> list[str]:
    covered = json.loads(line)["covered"]
    return [f"{covered['block'][:16]}.{table}.parquet" for table in covered["files"]]


@pytest.mark.parametrize("tail", [b"\x00" * 40, b"\x00" * 40 + b"\n", b"\n", b"{\n"])
def test_rubbish_after_the_last_line_is_set_aside(done: Path, tail: bytes) -> None:
    whole = files(done)
    with (done / "coverage.jsonl").open("ab") as record:
        record.write(tail)
    assert screening(done, FEW) == []
    assert files(done) == whole
    assert (done / "coverage.torn").read_bytes() == tail


def _change(out: Path, number: int, old: bytes, new: bytes) -> None:
    record = lines(out)
    assert old in record[number - 1]
    record[number - 1] = record[number - 1].replace(old, new, 1)
    (out / "coverage.jsonl").write_bytes(b"".join(record))


def test_a_changed_line_is_refused_and_named(done: Path) -> None:
    before = files(done)
    _change(done, 3, b'"compared":', b'"compared":1')
    assert problems(done) == problems(done, write=False) == [("record-changed", "coverage.jsonl", 3)]
    (problem,) = problems_of(RunFolder, done)
    assert problem.found == f"sha256 {hashlib.sha256(lines(done)[2]).hexdigest()}"
    assert problem.needed == f"sha256 {json.loads(lines(done)[3])['before']}, as line 4 says"
    assert files(done) == before | {"coverage.jsonl": b"".join(lines(done))}  # nothing was touched


def test_every_changed_line_is_named_at_once(done: Path) -> None:
    _change(done, 2, b"policy", b"Policy")
    _change(done, 3, b'"compared":', b'"compared":1')
    assert problems(done) == [("record-changed", "coverage.jsonl", n) for n in (2, 3)]


def test_a_line_taken_out_or_put_in_is_refused(done: Path) -> None:
    record = lines(done)
    (done / "coverage.jsonl").write_bytes(b"".join([*record[:2], *record[3:]]))
    assert problems(done) == [("record-changed", "coverage.jsonl", 2)]
    (done / "coverage.jsonl").write_bytes(b"".join([*record[:3], record[2], *record[3:]]))
    assert problems(done) == [("record-changed", "coverage.jsonl", 3)]
    (done / "coverage.jsonl").write_bytes(b"".join([*record[:3], b'{"note":1}\n', *record[3:]]))
    assert problems(done) == [("record-changed", "coverage.jsonl", 4)] * 2


def test_lines_that_screening_json_vouches_for_cannot_be_cut_off_or_changed(done: Path) -> None:
    record = lines(done)
    (done / "coverage.jsonl").write_bytes(b"".join(record[:-1]))
    assert problems(done) == [("record-changed", "coverage.jsonl", 4)]
    (done / "coverage.jsonl").write_bytes(b"".join([*record[:-1], record[-1].replace(b"2025", b"2024")]))
    assert problems(done) == [("record-changed", "coverage.jsonl", 4)]


@pytest.mark.parametrize(("old", "new"), [(b'"compared":', b'"compared":1'), (b"kinship", b"direct")])
def test_a_last_line_that_does_not_fit_its_block_is_not_believed(done: Path, old: bytes, new: bytes) -> None:
    (done / "screening.json").unlink()  # a run that had not come to its end
    _change(done, 4, old, new)
    with RunFolder(done, write=False) as folder:
        assert [(r.block is None, r.damaged) for r in folder.recorded()] == [(False, False), (True, True)]
    assert screening(done, FEW) == [json.loads(lines(done)[3])["covered"]["block"]]
    assert screening(done, FEW) == []


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ('{"format":"antigone-coverage/2"}\n', "format", 1),
        ("my own notes\n", "format", 1),
        ("my own notes", "format", 1),
        ('{"format":"antigone-coverage/1"}\n{"before":"BEFORE","said":{}}\n', "record-changed", 2),
        ('{"format":"antigone-coverage/1"}\n{"before":"BEFORE","covered":{}}\n', "missing-key", 2),
    ],
)
def test_a_record_of_another_kind_is_refused(tmp_path: Path, text: str, code: str, row: int) -> None:
    before = hashlib.sha256(text.split("\n")[0].encode() + b"\n").hexdigest()
    (tmp_path / "coverage.jsonl").write_text(text.replace("BEFORE", before), "utf-8")
    assert set(problems(tmp_path)) == {(code, "coverage.jsonl", row)}


def test_a_line_under_circumstances_that_no_line_tells_is_refused(done: Path) -> None:
    first, _, covered, _ = lines(done)
    plain = json.loads(covered) | {"before": hashlib.sha256(first).hexdigest()}
    (done / "screening.json").unlink()
    (done / "coverage.jsonl").write_bytes(first + json.dumps(plain).encode() + b"\n")
    assert problems(done) == [("record-changed", "coverage.jsonl", 2)]


@pytest.mark.parametrize("text", ["{}", "no JSON", '{"format": "antigone-screening/2"}', "[]"])
def test_a_screening_json_of_another_kind_is_refused(done: Path, text: str) -> None:
    (done / "screening.json").write_text(text, "utf-8")
    assert problems(done) == [("format", "screening.json", 1)]


@pytest.mark.parametrize("table", ["candidates", "members"])
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-1] + b"x")])
def test_a_damaged_block_is_run_again_and_the_folder_is_as_before(
    done: Path, table: str, spoil: Callable[[Path], object]
) -> None:
    whole = files(done)
    block = json.loads(lines(done)[2])["covered"]["block"]
    spoil(done / "blocks" / f"{block[:16]}.{table}.parquet")
    with RunFolder(done, write=False) as folder:
        assert folder.damaged == {block: (table,)}
        assert [r.damaged for r in folder.recorded()] == [True, False]
        assert [r.block is None for r in folder.recorded()] == [table == "members", False]
    assert screening(done, FEW) == [block]
    again = files(done)
    assert len(lines(done)) == 5
    assert {name for name in whole if again[name] != whole[name]} == {"coverage.jsonl", "screening.json"}
    with RunFolder(done) as folder:
        assert folder.damaged == {}
        assert [r.covered.block == block for r in folder.recorded()] == [False, True]


def test_members_that_are_lost_are_found_in_other_blocks(tmp_path: Path) -> None:
    blocks = [Block("kinship", HERE.digest, FEW, REMAINS), Block("direct", HERE.digest, REMAINS, FEW)]
    with RunFolder(tmp_path) as folder:
        for block in blocks:
            folder.add(block, HERE, {}, block.pairs, {})
    (tmp_path / "blocks" / f"{blocks[0].id[:16]}.members.parquet").unlink()
    with RunFolder(tmp_path) as folder:
        assert [(r.block, r.damaged) for r in folder.recorded()] == [(blocks[0], True), (blocks[1], False)]


# ------------------------------------------------------------------ what is kept


def test_the_record_can_be_read_without_the_case(done: Path) -> None:
    with RunFolder(done, write=False) as folder:
        recorded = folder.recorded()
        assert folder.circumstances == {HERE.digest: HERE}
        assert folder.complete
        assert folder.about is not None
        assert folder.about["floor"] == 1e-3
    assert [r.block.targets.ids for r in recorded if r.block] == [("F1", "F2", "F3"), ("F4",)]
    assert {r.block.others for r in recorded if r.block} == {REMAINS}
    assert {(r.covered.comparison, r.covered.when) for r in recorded} == {("kinship", "2025-06-01T00:00:00Z")}
    assert sum(r.covered.pairs for r in recorded) == 4 * len(REMAINS)
    assert all(r.covered.skipped.keys() == {"no-loci"} for r in recorded)


def test_a_set_with_itself_is_kept_as_such(tmp_path: Path) -> None:
    block = Block("brothers", HERE.digest, REMAINS, None)
    with RunFolder(tmp_path) as folder:
        folder.add(block, HERE, {}, block.pairs, {})
        assert folder.tables(folder.recorded(), "brothers") == ()
    with RunFolder(tmp_path) as folder:
        assert [r.block for r in folder.recorded()] == [block]


def test_increments_run_what_is_new_or_changed_and_keep_the_rest(done: Path) -> None:
    kept = {name: content for name, content in files(done).items() if name.startswith("blocks")}
    more = members(["F1", "F2", "F3", "F4", "F5"])
    assert len(screening(done, more)) == 1
    assert screening(done, more) == []
    changed = Members(more.ids, (members(["F1"], 1).digests[0], *more.digests[1:]))
    with RunFolder(done) as folder:
        plan = plan_blocks("kinship", changed, REMAINS, HERE, folder.recorded(), 9, 99)
    assert [p.block.targets.ids for p in plan.run] == [("F1", "F2", "F3")]
    assert len(screening(done, changed.picked([0, 1, 3, 4]))) == 1
    assert kept.items() <= files(done).items()
    assert pl.read_parquet(done / "candidates.parquet")["target"].unique().sort().to_list() == ["F1", "F2", "F4", "F5"]


def test_complete_means_the_last_run_came_to_its_end(done: Path) -> None:
    def complete() -> bool:
        with RunFolder(done, write=False) as folder:
            return folder.complete

    assert complete()
    with RunFolder(done) as folder:
        block = Block("direct", HERE.digest, FEW, REMAINS)
        folder.add(block, HERE, {}, block.pairs, {})
    assert not complete()
    assert screening(done, FEW) == []
    assert complete()
    (done / "candidates.parquet").write_bytes(b"")
    assert not complete()


def test_one_table_makes_the_same_bytes_however_it_came_about(tmp_path: Path, root: Path) -> None:
    frame = pl.DataFrame({"a": [f"R{n % 97}" for n in range(100_000)], "b": [n / 7 for n in range(100_000)]})
    parts = pl.concat([frame[:10], frame[10:70_000], frame[70_000:]], rechunk=False)
    digests = {write_table(tmp_path / "a.parquet", one) for one in (frame, parts, frame.lazy().collect())}
    assert len(digests) == 1
    assert pl.read_parquet(tmp_path / "a.parquet").equals(frame)


# ------------------------------------------------------------------ refused


def test_two_processes_do_not_write_one_folder(done: Path, root: Path) -> None:
    code = f"from antigone.intake import RunFolder; f = RunFolder({str(done)!r}); print('open', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], cwd=root, stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        assert problems(done) == [("folder-locked", "done", None)]
        with RunFolder(done, write=False) as folder:
            assert len(folder.recorded()) == 2
        other.kill()
    RunFolder(done).close()


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    assert problems(tmp_path) == [("folder-not-empty", tmp_path.name, None)]
    assert problems(tmp_path / "letter.txt") == [("folder-not-empty", "letter.txt", None)]
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert problems(tmp_path, write=False) == [("missing-file", "coverage.jsonl", None)]


def test_files_of_others_in_the_folder_are_left_alone(done: Path) -> None:
    for name in ("notes.txt", "notes.part", "blocks/notes.txt", "blocks/0123456789abcdef.candidates.csv"):
        (done / name).write_text("mine", "utf-8")
    leftovers = [
        "blocks/0123456789abcdef.candidates.parquet",
        "blocks/0123456789abcdef.x.parquet.part",
        "a.parquet.part",
    ]
    for name in leftovers:
        (done / name).write_bytes(b"")
    with RunFolder(done) as folder:
        assert folder.removed == tuple(sorted(Path(name).name for name in leftovers))
    assert (done / "blocks" / "notes.txt").exists()
    assert not any((done / name).exists() for name in leftovers)


def test_what_does_not_add_up_is_not_kept(done: Path) -> None:
    block = Block("direct", HERE.digest, FEW, REMAINS)
    before = files(done)
    with RunFolder(done) as folder:
        with pytest.raises(ValueError, match=r"55 pairs compared and \{'no-loci': 2\} skipped, of 56"):
            folder.add(block, HERE, {}, 55, {"no-loci": 2})
        with pytest.raises(ValueError, match="other circumstances"):
            folder.add(block, Circumstances("", {}, ""), {}, 56, {})
        with pytest.raises(ValueError, match="no name for a table: members"):
            folder.add(block, HERE, {"members": pl.DataFrame()}, 56, {})
        recorded = folder.recorded()[0].block
        assert recorded is not None
        with pytest.raises(ValueError, match="in the record"):
            folder.add(recorded, HERE, {}, recorded.pairs, {})
        with pytest.raises(ValueError, match="writes itself"):
            folder.finish({}, {"format": ""})
    with RunFolder(done, write=False) as folder, pytest.raises(ValueError, match="not open for writing"):
        folder.add(block, HERE, {}, 56, {})
    assert files(done) == before


def test_a_record_that_grew_behind_our_back_is_not_written_on(done: Path) -> None:
    block = Block("direct", HERE.digest, FEW, REMAINS)
    with RunFolder(done) as folder:
        with (done / "coverage.jsonl").open("ab") as record:
            record.write(b"x")
        with pytest.raises(InputRefused, match="record-changed"):
            folder.add(block, HERE, {}, 56, {})
