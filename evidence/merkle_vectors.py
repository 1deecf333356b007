"""Whether the log computes what others compute: published trees, notes and cosignatures, and random trees."""

from __future__ import annotations

from collections import Counter
from random import Random

from antigone.ledger import (
    Frontier,
    consistency_proof,
    cosignatures,
    inclusion_proof,
    leaf_hash,
    parse_note,
    parse_signer_key,
    parse_verifier_key,
    root_of,
    sign_note,
    verify_consistency,
    verify_inclusion,
    verify_note,
)
from antigone.ledger import Note as SignedNote
from evidence.framework import Outcome
from tests.ledger import published
from tests.ledger.altered_proofs import Consistency, Inclusion
from tests.ledger.slow_trees import slow_consistency, slow_inclusion, slow_root

NAME = "merkle-vectors"
TITLE = "The log against published trees, notes and cosignatures"
MUST_SHOW = (
    "Every root, proof, signed note and cosignature that was published with its key comes out the same or verifies; on "
    "random trees every root and proof is that of the recursive definition of RFC 9162, and every altered proof is "
    "refused."
)
TREES, TREES_SMALL = 5_000, 100
LARGEST, LARGEST_RARE = 40, 700
RARE = 50
SEED = 20_261_103


class Tally:
    """Cases and agreements by kind, in the order in which the kinds first came."""

    def __init__(self) -> None:
        self.cases: Counter[str] = Counter()
        self.agree: Counter[str] = Counter()

    def add(self, kind: str, agrees: bool) -> None:
        """One case more."""
        self.cases[kind] += 1
        self.agree[kind] += agrees

    def rows(self) -> list[tuple[str, int, int]]:
        """(kind, cases, agree)."""
        return [(kind, cases, self.agree[kind]) for kind, cases in self.cases.items()]


def check(small: bool, n: int | None) -> Outcome:
    """`n` random trees (5,000; 100 for a small run)."""
    tally = Tally()
    published_trees(tally)
    published_notes(tally)
    chance = Random(SEED)
    trees = n or (TREES_SMALL if small else TREES)
    for number in range(1, trees + 1):
        random_tree(tally, chance, LARGEST_RARE if number % RARE == 0 else LARGEST)
    rows = tally.rows()
    notes = [
        "Published trees: the test tree of certificate-transparency (transparency-dev/merkle).",
        *(f"Published note: {note.source}." for note in published.NOTES),
        f"Random trees: seed {SEED}, 1 to {LARGEST} leaves of 0 to 8 bytes, one in {RARE} up to {LARGEST_RARE}. The "
        "recursive definition and the alterations are those of `tests/ledger`.",
        "Altered: a bit, a hash more or fewer, another index or old size, twice or half the size. A size close by can "
        "have proofs of the same shape; it is bound by the checkpoint, which signs size and root together.",
    ]
    return Outcome(all(cases == agree for _, cases, agree in rows), ("kind", "cases", "agree"), rows, notes)


def published_trees(tally: Tally) -> None:
    """Leaf hashes, roots and proofs of the published tree."""
    hashes = [leaf_hash(leaf) for leaf in published.LEAVES]
    for one, other in zip(hashes, published.LEAF_HASHES, strict=True):
        tally.add("published leaf hashes", one == other)
    for size, root in enumerate(published.ROOTS):
        tally.add("published roots", root_of(hashes[:size]) == root)
    for index, size, proof in published.INCLUSION:
        holds = verify_inclusion(hashes[index], index, size, proof, published.ROOTS[size])
        tally.add("published proofs of inclusion", holds and inclusion_proof(hashes[:size], index) == proof)
    for old, new, proof in published.CONSISTENCY:
        holds = verify_consistency(old, published.ROOTS[old], new, published.ROOTS[new], proof)
        tally.add("published proofs of consistency", holds and consistency_proof(hashes[:new], old) == proof)


def published_notes(tally: Tally) -> None:
    """Notes and cosignatures with the keys they were published with, and one note signed anew."""
    for given in published.NOTES:
        note = parse_note(given.content)
        tally.add("published notes, written back byte by byte", note.to_bytes() == given.content)
        for text in given.signers:
            key = parse_verifier_key(text)
            tally.add("published signatures of notes", verify_note(note, [key]) == (key,))
        for text in given.witnesses:
            key = parse_verifier_key(text)
            tally.add("published cosignatures", [found.key for found in cosignatures(note, [key])] == [key])
    neumann = parse_note(published.NEUMANN.content)
    signed = sign_note(SignedNote(neumann.text), parse_signer_key(published.NEUMANN_PRIVATE))
    tally.add("published notes, signed anew with the published key", signed == neumann)


def random_tree(tally: Tally, chance: Random, largest: int) -> None:
    """Root, frontier, one proof of each kind and all its alterations, for leaves that all differ."""
    leaves = sorted({chance.randbytes(chance.randrange(9)) for _ in range(chance.randint(1, largest))})
    chance.shuffle(leaves)
    size, index, old = len(leaves), chance.randrange(len(leaves)), chance.randint(1, len(leaves))
    hashes, root = [leaf_hash(leaf) for leaf in leaves], slow_root(leaves)
    begun = Frontier()
    begun.extend(hashes[:old])
    old_root = begun.root()
    continued = Frontier.from_bytes(begun.to_bytes())
    continued.extend(hashes[old:])
    tally.add("random trees: root", root_of(hashes) == root)
    tally.add("random trees: root continued from its frontier", continued.root() == root)
    proof, grown = inclusion_proof(hashes, index), consistency_proof(hashes, old)
    inclusion = Inclusion(hashes[index], index, size, tuple(proof), root)
    consistency = Consistency(old, slow_root(leaves[:old]), size, root, tuple(grown))
    same = proof == slow_inclusion(index, leaves)
    tally.add("random trees: proof of inclusion", same and inclusion.holds())
    same = grown == slow_consistency(old, leaves) and old_root == consistency.old_root
    tally.add("random trees: proof of consistency", same and consistency.holds())
    for what, altered in inclusion.altered():
        tally.add(f"inclusion, altered: {what}", not altered.holds())
    for what, grown_otherwise in consistency.altered():
        tally.add(f"consistency, altered: {what}", not grown_otherwise.holds())
