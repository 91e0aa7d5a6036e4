"""Merkle trees as RFC 6962 (and RFC 9162, section 2.1) has them, over the hashes of complete subtrees.

A tree is split at the largest power of two below its size, so that every left part is complete, and a complete
subtree never changes once its leaves are there. Whoever keeps these hashes, named by level and place, answers every
question about a tree of any earlier size from some log2(size) of them: `Lookup` is how they are asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Node = tuple[int, int]
"""A complete subtree: the logarithm of its number of leaves, and its place among those of that level."""
Range = tuple[int, int]
"""Leaves from the first to the second, which is excluded."""
Lookup = Callable[[Sequence[Node]], Mapping[Node, bytes]]
"""Returns the hashes of complete subtrees."""

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 || content)."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees side by side: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def appended(start: int, leaves: Sequence[bytes], lookup: Lookup) -> Iterator[tuple[Node, bytes]]:
    """Yield the complete subtrees, leaves among them, that come into being when leaf hashes are appended.

    `start` is the size before.
    """
    known = dict(lookup(complete(0, start)))
    for index, hashed in enumerate(leaves, start=start):
        level, node = 0, hashed
        known[0, index] = node
        yield (0, index), node
        while index >> level & 1:  # the second of two: together they complete the subtree above
            place = index >> level
            node = node_hash(known.pop((level, place - 1)), known.pop((level, place)))
            level += 1
            known[level, index >> level] = node
            yield (level, index >> level), node


def root(size: int, lookup: Lookup) -> bytes:
    """Return the root of the tree of the first `size` leaves."""
    return _hashes([(0, size)], lookup)[0] if size else EMPTY


def inclusion_proof(index: int, size: int, lookup: Lookup) -> list[bytes]:
    """Return the path by which the leaf at `index` leads to the root of a tree of `size` leaves.

    Raises ValueError where the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    ranges: list[Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return _hashes(ranges[::-1], lookup)


def consistency_proof(old: int, new: int, lookup: Lookup) -> list[bytes]:
    """Return what shows that the tree of `old` leaves is the beginning of the tree of `new` leaves.

    Raises ValueError unless 1 <= old <= new.
    """
    if not 1 <= old <= new:
        raise ValueError(f"no consistency can be shown from {old} to {new} leaves")
    ranges: list[Range] = []
    start, end = 0, new
    while old < end:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:  # else what is left is the whole old tree, whose root the asker has
        ranges.append((start, end))
    return _hashes(ranges[::-1], lookup)


def is_included(hashed: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether a path leads from a leaf hash to a root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, hashed
    for part in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(part, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, part)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether a path shows that one tree is the beginning of another (RFC 9162, section 2.1.4.2)."""
    if not 1 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    parts = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not parts:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = parts[0]
    for part in parts[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(part, before), node_hash(part, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, part)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def complete(start: int, end: int) -> list[Node]:
    """Return the complete subtrees that a range of a tree falls into, from left to right."""
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def _split(count: int) -> int:
    """Return the largest power of two below a number of leaves."""
    return 1 << (count - 1).bit_length() - 1


def _hashes(ranges: Iterable[Range], lookup: Lookup) -> list[bytes]:
    """Return the hash of each range; all that is needed is asked for at once."""
    parts = [complete(*one) for one in ranges]
    known = lookup([node for part in parts for node in part])
    hashes = []
    for part in parts:
        hashed = known[part[-1]]
        for node in part[-2::-1]:
            hashed = node_hash(known[node], hashed)
        hashes.append(hashed)
    return hashes
