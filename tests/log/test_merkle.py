"""The Merkle tree against the text of RFC 6962, and against the vectors of the Certificate Transparency project."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conductatlas.log import merkle

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

pairs = st.integers(1, 140).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size)))


class Kept:
    """A tree of leaves, appended in steps, whose complete subtrees lie in a dictionary."""

    def __init__(self, leaves: Sequence[bytes], step: int = 3) -> None:
        self.nodes: dict[merkle.Node, bytes] = {}
        self.asked = 0
        hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
        for start in range(0, len(hashes), step):
            self.nodes |= dict(merkle.appended(start, hashes[start : start + step], self.lookup))

    def lookup(self, nodes: Sequence[merkle.Node]) -> dict[merkle.Node, bytes]:
        """Return what is asked for, and count it."""
        self.asked += len(nodes)
        return {node: self.nodes[node] for node in nodes}


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH(D[n]), word for word (RFC 6962, section 2.1)."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = power_below(len(leaves))
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]) (section 2.1.1)."""
    if len(leaves) == 1:
        return []
    k = power_below(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(m: int, leaves: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[n], b) (section 2.1.2)."""
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = power_below(len(leaves))
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], False), naive_root(leaves[:k])]


def power_below(n: int) -> int:
    """k: the largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def test_the_vectors_of_certificate_transparency() -> None:
    kept = Kept(LEAVES)
    assert [merkle.root(size, kept.lookup).hex() for size in range(9)] == ROOTS
    for (index, size), path in INCLUSION.items():
        assert [part.hex() for part in merkle.inclusion_proof(index, size, kept.lookup)] == path
    for (old, new), path in CONSISTENCY.items():
        assert [part.hex() for part in merkle.consistency_proof(old, new, kept.lookup)] == path


@given(pair=pairs, step=st.integers(1, 40), data=st.data())
def test_proofs_are_those_of_the_rfc_and_hold_for_nothing_else(pair: tuple[int, int], step: int, data) -> None:
    index, size = pair
    leaves = [b"%d" % number for number in range(size)]
    kept, whole = Kept(leaves, step), naive_root(leaves)
    assert merkle.root(size, kept.lookup) == whole
    kept.asked = 0
    path = merkle.inclusion_proof(index, size, kept.lookup)
    assert kept.asked <= 2 * size.bit_length()
    assert path == naive_path(index, leaves)
    hashed = merkle.leaf_hash(leaves[index])
    assert merkle.is_included(hashed, index, size, path, whole)
    assert not merkle.is_included(merkle.leaf_hash(b"other"), index, size, path, whole)
    if size > 1:
        assert not merkle.is_included(hashed, (index + 1) % size, size, path, whole)
        assert not merkle.is_included(hashed, index, size, path[:-1], whole)
        spoiled = data.draw(st.integers(0, len(path) - 1))
        path[spoiled] = hashlib.sha256(path[spoiled]).digest()
        assert not merkle.is_included(hashed, index, size, path, whole)
    old = index + 1
    proof = merkle.consistency_proof(old, size, kept.lookup)
    before = naive_root(leaves[:old])
    assert proof == naive_subproof(old, leaves)
    assert merkle.is_consistent(old, size, before, whole, proof)
    rewritten = naive_root([b"rewritten", *leaves[1:old]])
    assert not merkle.is_consistent(old, size, rewritten, whole, proof)
    assert not merkle.is_consistent(old, size, before, whole, [*proof, before])


def test_what_cannot_be_proved_is_refused() -> None:
    kept = Kept(LEAVES)
    for index, size in ((8, 8), (-1, 8), (0, 0)):
        with pytest.raises(ValueError, match="no leaf"):
            merkle.inclusion_proof(index, size, kept.lookup)
    for old, new in ((0, 8), (9, 8)):
        with pytest.raises(ValueError, match="no consistency"):
            merkle.consistency_proof(old, new, kept.lookup)
        assert not merkle.is_consistent(old, new, ROOTS[0].encode(), ROOTS[1].encode(), [])
    assert not merkle.is_included(b"", 8, 8, [], b"")
