#!/usr/bin/env python3
"""Checks the evidence log of a ConductAtlas site, trusting nothing but the key and the checkpoint that you kept.

It needs Python 3.11 or newer and nothing else. Read it before you run it: it is meant to be read.

    verify_log.py checkpoint FILE --key KEY
        the signature of a checkpoint
    verify_log.py record FILE --proof PROOF --key KEY
        a record (/r/<id>/v<n>.json) against its proof (/evidence/<id>/v<n>/proof.json)
    verify_log.py consistency OLDER NEWER --proof PROOF --key KEY
        that the log of the newer checkpoint begins with that of the older (/log/consistency.json?from=&to=)
    verify_log.py audit SITE --key KEY [--older FILE] [--sample N] [--files FOLDER] [--save FILE]
        the whole log: its root, your older checkpoint, and each text, page and record against its entry

KEY is the line that /log/key gave you, or a file with it; take it from where the operator publishes it. The answer is
0 when all holds, 1 when something does not, 2 when it could not be checked.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import random
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

MANY = 1000
AT_ONCE = 4
GRACE = timedelta(hours=24)
Leaf = dict[str, Any]
Point = tuple[int, int, int, int]
LATE = ("snapshot", "version", "analysis", "change")


class Unsound(Exception):
    """Something does not hold."""


class Unchecked(Exception):
    """Something could not be checked: no answer, no such file, no sense in it."""


# --- Ed25519, after the program in RFC 8032, section 6. Verifying only: no secret is ever here. ---

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a: Point, b: Point) -> Point:
    """Add two points of the curve, in extended coordinates."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return i * j % P, k * m % P, j * k % P, i * m % P


def times(scalar: int, point: Point) -> Point:
    """Multiply a point."""
    found: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = add(found, point)
        point, scalar = add(point, point), scalar >> 1
    return found


def x_of(y: int, sign: int) -> int | None:
    """Return the x of a point with this y; None where there is none."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if not square:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def point_of(written: bytes) -> Point | None:
    """Return the point that 32 bytes stand for; None for those that stand for none."""
    y = int.from_bytes(written, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = x_of(BASE_Y, 0) or 0
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature of 64 bytes is that of the key over the message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = point_of(public), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = times(s, BASE), add(r, times(h, a))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


# --- The Merkle tree, after RFC 9162, section 2.1 ---


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of an entry."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_root(hashes: list[bytes]) -> bytes:
    """Return the root over hashes of entries."""
    level = list(hashes)
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) & ~1 :]  # what has no partner goes up as it is
    return level[0]


def walk(place: int, last: int, path: list[bytes], both: Callable[[bytes, bool], None]) -> bool:
    """Follow a path: `both` takes each part and whether it stands to the left. Tell whether it ends at the top."""
    for part in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            both(part, True)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            both(part, False)
        place, last = place >> 1, last >> 1
    return last == 0


def is_included(hashed: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Tell whether a path leads from an entry to a root."""
    node = [hashed]

    def both(part: bytes, left: bool) -> None:
        node[0] = node_hash(part, node[0]) if left else node_hash(node[0], part)

    return 0 <= index < size and walk(index, size - 1, path, both) and node[0] == root


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]) -> bool:
    """Tell whether a path shows that the tree of `old` entries is the beginning of that of `new`."""
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
    before, after = [parts[0]], [parts[0]]

    def both(part: bytes, left: bool) -> None:
        if left:
            before[0] = node_hash(part, before[0])
        after[0] = node_hash(part, after[0]) if left else node_hash(after[0], part)

    return walk(place, last, parts[1:], both) and before[0] == old_root and after[0] == new_root


# --- Keys, notes, checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint) ---


class Key:
    """A public key with the name of its log."""

    def __init__(self, line: str) -> None:
        try:
            self.name, number, public = line.strip().split("+", 2)
            raw = base64.b64decode(public, validate=True)
        except (ValueError, binascii.Error):
            raise Unchecked("the key is not a line such as name+0123abcd+BASE64") from None
        self.public, self.line = raw[1:], line.strip()
        self.id = hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        if raw[:1] != b"\x01" or len(raw) != 33 or self.id.hex() != number:
            raise Unchecked("the key is no Ed25519 key, or its number is not its own")

    def signed(self, note: str) -> str | None:
        """Return the text of a note that this key signed, else None."""
        text, _, signatures = note.rpartition("\n\n")
        text += "\n"
        for line in signatures.splitlines():
            parts = line.split(" ")
            if len(parts) != 3 or parts[0] != "—" or parts[1] != self.name:
                continue
            try:
                raw = base64.b64decode(parts[2], validate=True)
            except binascii.Error:
                continue
            if raw[:4] == self.id and is_signed(self.public, text.encode(), raw[4:]):
                return text
        return None


class Checkpoint:
    """What a note says that the key signed. Raises Unsound where it did not."""

    def __init__(self, note: str, keys: list[Key]) -> None:
        text = next((found for key in keys if (found := key.signed(note))), None)
        if text is None:
            raise Unsound("the checkpoint is not signed by the key given")
        lines = text.splitlines()
        self.note, self.origin, self.size = note, lines[0], int(lines[1])
        self.root = base64.b64decode(lines[2])
        times = [line[6:] for line in lines[3:] if line.startswith("Time: ")]
        self.at = when(times[0]) if times else None
        if self.origin != keys[0].name:
            raise Unsound(f"the checkpoint is of another log: {self.origin}")


def when(written: str) -> datetime:
    """Return a time as the records have it."""
    return datetime.fromisoformat(written.replace("Z", "+00:00"))


def keys_of(written: str) -> list[Key]:
    """Return the key of an argument: the line itself, or the first such line of a file."""
    text = written
    if "+" not in written or Path(written).exists():
        text = read(written).decode()
    found = re.search(r"^\S+\+[0-9a-f]{8}\+\S+$", text, re.MULTILINE)
    if found is None:
        raise Unchecked(f"there is no key in {written}")
    return [Key(found.group())]


def read(path: str | Path) -> bytes:
    """Return what a file holds."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Unchecked(f"{path}: {error.strerror}") from None


def hashes(listed: list[str]) -> list[bytes]:
    """Return a path of a proof as bytes."""
    return [bytes.fromhex(part) for part in listed]


# --- One record, two checkpoints ---


def check_record(arguments: Namespace) -> None:
    """Check a file against a proof."""
    keys, body, proof = keys_of(arguments.key), read(arguments.file), json.loads(read(arguments.proof))
    leaf, checkpoint = proof["leaf"].encode(), Checkpoint(proof["checkpoint"], keys)
    sha256, said = hashlib.sha256(body).hexdigest(), json.loads(leaf)
    if sha256 not in (said["sha256"], (said.get("text") or {}).get("sha256"), said.get("bytes_sha256")):
        raise Unsound(f"the entry is not about this file: its SHA-256 is {sha256}, the entry says {said['sha256']}")
    if proof["size"] != checkpoint.size or bytes.fromhex(proof["root"]) != checkpoint.root:
        raise Unsound("the proof is not for the checkpoint that comes with it")
    if not is_included(leaf_hash(leaf), proof["index"], checkpoint.size, hashes(proof["path"]), checkpoint.root):
        raise Unsound("the path does not lead from the entry to the signed root")
    print(f"{said['kind']} {said['id']}/v{said['number']} is entry {proof['index']} of {checkpoint.size},")
    print(f"signed by {keys[0].name}, {checkpoint.at}: SHA-256 {sha256}")


def check_checkpoint(arguments: Namespace) -> None:
    """Check the signature of a checkpoint."""
    found = Checkpoint(read(arguments.file).decode(), keys_of(arguments.key))
    print(f"signed by {found.origin}: {found.size} entries, root {found.root.hex()}, {found.at}")


def check_consistency(arguments: Namespace) -> None:
    """Check two checkpoints against the proof between them."""
    keys = keys_of(arguments.key)
    older, newer = (Checkpoint(read(path).decode(), keys) for path in (arguments.older, arguments.newer))
    path = hashes(json.loads(read(arguments.proof))["path"])
    if not is_consistent(older.size, newer.size, older.root, newer.root, path):
        raise Unsound(f"the log of {newer.size} entries does not begin with the {older.size} that were signed before")
    print(f"the log of {newer.size} entries begins with the {older.size} of the older checkpoint")


# --- The whole log ---


class Site:
    """Asks a site for what it serves."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        if not re.match("https?://", address):
            raise Unchecked(f"{address} is no address of a site")

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body; redirects are followed."""
        headers = {"User-Agent": "verify_log.py"}
        request = urllib.request.Request(self.address + path, headers=headers)  # noqa: S310, the scheme was looked at
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError as error:
            raise Unchecked(f"{self.address}{path}: {error}") from None

    def json(self, path: str) -> Any:
        """Return JSON that must be there."""
        status, body = self.get(path)
        if status != 200:
            raise Unchecked(f"{self.address}{path} answers {status}")
        return json.loads(body)


class Audit:
    """One audit: what was found, and what was counted."""

    def __init__(self, site: Site, files: dict[str, Path]) -> None:
        self.site, self.files = site, files
        self.faults: list[str] = []
        self.notes: list[str] = []
        self.counts: Counter[str] = Counter()
        self.leaves: list[Leaf] = []
        self.hashes: list[bytes] = []
        self.erased: set[str] = set()
        self.hidden: set[tuple[str, int]] = set()

    def take_entries(self, size: int) -> None:
        """Fetch every entry up to a size."""
        while len(self.leaves) < size:
            start = len(self.leaves)
            got = self.site.json(f"/log/entries.json?start={start}&count={min(MANY, size - start)}")["entries"]
            if not got:
                self.faults.append(f"the log ends at entry {start}, though its checkpoint says {size}")
                return
            for row in got:
                self.hashes.append(leaf_hash(row["leaf"].encode()))
                self.leaves.append(json.loads(row["leaf"]))

    def compare_roots(self, now: Checkpoint, older: Checkpoint | None) -> None:
        """Hold the entries against the current checkpoint and the older one."""
        if tree_root(self.hashes[: now.size]) != now.root:
            self.faults.append("the entries served do not have the root that is signed")
        if older is None:
            return
        if older.size > now.size:
            self.faults.append(f"the log was cut: {now.size} entries, where your checkpoint has {older.size}")
        elif tree_root(self.hashes[: older.size]) != older.root:
            self.faults.append(
                f"the log was rewritten: its first {older.size} entries are not those of your checkpoint"
            )

    def note_hidden(self) -> None:
        """Learn from the log what was lawfully erased, and what was taken down."""
        for leaf in self.leaves:
            if leaf["kind"] == "takedown":
                self.hidden.add((leaf["id"], leaf["number"]))
            if leaf["kind"] == "erasure":
                status, body = self.site.get(f"/log/erasures/{leaf['erasure']}.json")
                if status != 200 or hashlib.sha256(body).hexdigest() != leaf["sha256"]:
                    self.faults.append(f"the record of erasure {leaf['erasure']} is not the one that was logged")
                    continue
                self.erased |= {one["sha256"] for one in json.loads(body)["erased"]}
                self.counts["erasures"] += 1

    def find_late(self, older: Checkpoint | None) -> None:
        """Find entries younger than your checkpoint about things that claim to be older than it."""
        if older is None or older.at is None:
            return
        known = {leaf["sha256"] for leaf in self.leaves[: older.size] if leaf["kind"] == "snapshot"}
        for index, leaf in enumerate(self.leaves[older.size :], start=older.size):
            if leaf["kind"] not in LATE or when(leaf["recorded_at"]) >= older.at - GRACE:
                continue
            said = f"entry {index}, {name(leaf)}, says it was recorded {leaf['recorded_at']}"
            if leaf["kind"] == "version" and leaf["bytes_sha256"] in known:
                self.notes.append(f"{said}: taken out of bytes known before once more, by another extractor")
            else:
                self.faults.append(f"{said}, but your checkpoint of {older.at} does not have it: slipped in")

    def find_unlogged(self) -> None:
        """Find what the site holds and the log does not, and the reverse."""
        for kind in ("version", "analysis", "change"):
            logged = {(leaf["id"], leaf["number"]): leaf["sha256"] for leaf in self.leaves if leaf["kind"] == kind}
            held: dict[tuple[str, int], str] = {}
            after: int | None = 0
            while after is not None:
                answer = self.site.json(f"/log/records.json?kind={kind}&after={after}")
                held |= {(row["id"], row["number"]): row["sha256"] for row in answer["records"]}
                after = answer["next"]
            for (of, number), sha256 in held.items():
                if (of, number) not in logged:
                    self.faults.append(f"{kind} {of}/v{number} is on the site but not in the log")
                elif logged[of, number] != sha256:
                    self.faults.append(f"{kind} {of}/v{number} has another hash than the log says")
            for of, number in logged.keys() - held.keys():
                self.faults.append(
                    f"{kind} {of}/v{number} is in the log but no more on the site: deleted without erasure"
                )

    def check(self, leaf: Leaf) -> None:
        """Fetch what an entry is about, and compare its hash."""
        if leaf["kind"] not in ("version", "analysis", "change"):
            return
        record = self.body(leaf, leaf["sha256"], f"/r/{leaf['id']}/v{leaf['number']}.json", "record")
        if leaf["kind"] != "version":
            return
        if record is None:  # hidden: of a version that was erased, the log says which hashes went
            if leaf["text"] and leaf["text"]["sha256"] in self.erased:
                self.counts["text lawfully erased"] += 1
            return
        said = json.loads(record)
        base = f"/platform/{said['platform']['slug']}/{said['document']['slug']}/versions/{leaf['number']}"
        if leaf["text"]:
            self.body(leaf, leaf["text"]["sha256"], f"{base}/text/", "text")
        self.body(leaf, leaf["bytes_sha256"], f"{base}/raw/", "bytes")

    def body(self, leaf: Leaf, sha256: str, path: str, what: str) -> bytes | None:
        """Return a body that has its hash, from your files or the site; write down what does not."""
        if sha256 in self.files:
            self.counts[f"{what} held, in your files"] += 1
            return read(self.files[sha256])
        status, body = self.site.get(path)
        if status in (410, 451):
            if sha256 in self.erased:
                self.counts[f"{what} lawfully erased"] += 1
            elif leaf["kind"] == "version" and (leaf["id"], leaf["number"]) not in self.hidden:
                self.faults.append(f"{name(leaf)}, {what}: hidden, but the log has no takedown of it")
            else:
                self.counts[f"{what} taken down"] += 1
        elif status != 200:
            self.faults.append(f"{name(leaf)}, {what}: gone without an erasure ({path} answers {status})")
        elif hashlib.sha256(body).hexdigest() != sha256:
            self.faults.append(f"{name(leaf)}, {what}: changed, for {path} has not SHA-256 {sha256}")
        else:
            self.counts[f"{what} held"] += 1
            return body
        return None


def name(leaf: Leaf) -> str:
    """Return what an entry is about, in words."""
    return f"{leaf['kind']} {leaf['id']}/v{leaf['number']}"


def keys_now(site: Site, keys: list[Key]) -> list[Key]:
    """Return the key given and those that it passed the log on to, by the statements it signed."""
    status, body = site.get("/log/key")
    if status != 200:
        return keys
    for note in re.findall(
        rf"^{re.escape(keys[0].name)}\nKey: .*?(?=\n\S+\+[0-9a-f]{{8}}\+|\Z)", body.decode(), re.S | re.M
    ):
        lines = dict(line.split(": ", 1) for line in note.split("\n\n")[0].splitlines()[1:])
        made = Key(lines["Key"])
        before = next((key for key in keys if key.line == lines.get("Instead of")), None)
        if before is not None and before.signed(note.strip() + "\n") and made.signed(note.strip() + "\n"):
            keys = [*keys, made]
    return keys


def audit(arguments: Namespace) -> None:
    """Check the whole log of a site."""
    site, given = Site(arguments.site), keys_of(arguments.key)
    files: dict[str, Path] = {}
    if arguments.files:
        for path in Path(arguments.files).rglob("*"):
            if path.is_file():
                files[hashlib.sha256(path.read_bytes()).hexdigest()] = path
    older = Checkpoint(read(arguments.older).decode(), given) if arguments.older else None
    status, body = site.get("/log/checkpoint")
    if status != 200:
        raise Unchecked(f"{site.address}/log/checkpoint answers {status}")
    keys = keys_now(site, given)
    now = Checkpoint(body.decode(), keys)
    run = Audit(site, files)
    if len(keys) > len(given):
        run.notes.append(f"the key given passed the log on to {keys[-1].line}")
    run.take_entries(now.size)
    run.compare_roots(now, older)
    run.note_hidden()
    run.find_late(older)
    run.find_unlogged()
    chosen = [leaf for leaf in run.leaves if leaf["kind"] in ("version", "analysis", "change")]
    if arguments.sample is not None and arguments.sample < len(chosen):
        chosen = random.Random(arguments.seed).sample(chosen, arguments.sample)  # noqa: S311, a sample is no secret
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(run.check, chosen))
    report(run, now, older, len(chosen), arguments)


def report(run: Audit, now: Checkpoint, older: Checkpoint | None, checked: int, arguments: Namespace) -> None:
    """Say what was found. Raises Unsound where something does not hold."""
    print(f"{now.origin}: {now.size} entries, checkpoint of {now.at}, root {now.root.hex()}")
    print(
        f"held against your checkpoint of {older.size} entries, {older.at}"
        if older
        else "NO OLDER CHECKPOINT GIVEN: a log rewritten as a whole is not found without one"
    )
    for what, number in sorted(run.counts.items()):
        print(f"{what}: {number}")
    unseen = sum(leaf["kind"] == "snapshot" for leaf in run.leaves)
    print(f"{checked} records compared; bytes of the {unseen} snapshots are compared where a version has them")
    for note in run.notes:
        print(f"note: {note}")
    for fault in sorted(run.faults):
        print(f"FAULT: {fault}")
    if run.faults:
        raise Unsound(f"{len(run.faults)} faults")
    if arguments.save:
        Path(arguments.save).write_text(now.note, encoding="utf-8")
        print(f"checkpoint saved as {arguments.save}: hold the log against it next time")


def main() -> int:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(required=True)
    for command, work, names in (
        ("checkpoint", check_checkpoint, ["file"]),
        ("record", check_record, ["file"]),
        ("consistency", check_consistency, ["older", "newer"]),
        ("audit", audit, ["site"]),
    ):
        part = parts.add_parser(command)
        part.set_defaults(work=work)
        for argument in names:
            part.add_argument(argument)
        part.add_argument("--key", required=True, help="the public key: its line, or a file with it")
        if command in ("record", "consistency"):
            part.add_argument("--proof", required=True, help="the proof, as JSON")
    part.add_argument("--older", help="a checkpoint that you kept")
    part.add_argument("--sample", type=int, help="compare so many records, drawn at random, instead of all")
    part.add_argument("--seed", type=int, help="draw the same sample again")
    part.add_argument("--files", help="a folder whose files are compared by their hash before the site is asked")
    part.add_argument("--save", help="where to keep the checkpoint if all holds")
    arguments = parser.parse_args()
    try:
        arguments.work(arguments)
    except Unsound as fault:
        print(f"DOES NOT HOLD: {fault}")
        return 1
    except (Unchecked, KeyError, json.JSONDecodeError, UnicodeDecodeError) as error:
        print(f"COULD NOT BE CHECKED: {error}")
        return 2
    print("ALL HOLDS")
    return 0


if __name__ == "__main__":
    sys.exit(main())
