"""The two papers of a bundle that explain it: what each file is, how to check it, and whose words they are."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Sequence

from django.conf import settings

from conductatlas.printing.record import KINDS, fate, title_of
from conductatlas.records.frozen import Frozen

WIDTH = 88
_FOLD = textwrap.TextWrapper(WIDTH - 6, break_long_words=False, break_on_hyphens=False)
FILES = {
    "record.json": "the record, byte for byte as it was stored (canonical JSON, RFC 8785)",
    "record.pdf": "the same record as a print, for reading and filing",
    "text.txt": "the words of the document, as they were stored (UTF-8)",
    "raw.bin": "the bytes that the words were taken from: the page as it was fetched, or the file as it was imported",
    "proof.json": "that the record is in the public log of this site, with a signed state of the log",
    "verify_log.py": "a program that checks record.json against proof.json; it needs only Python",
    "citation.csl.json": "how to cite the record, for Zotero and other programs (CSL-JSON)",
    "declaration.txt": "a template for a declaration of a custodian; see below",
    "declaration.pdf": "the same, to print",
    "LICENCE.txt": "where the words come from, and by what licence",
    "README.txt": "this file",
    "SHA256SUMS": "the SHA-256 of every other file",
}


def readme(frozen: Frozen, versions: Sequence[Frozen], names: Collection[str]) -> str:
    """Return what a person without training needs to check the files by these names."""
    kind = KINDS[frozen.record.letter][0]
    address = settings.SITE_URL + frozen.get_absolute_url()
    parts = [
        f"{kind} {frozen.name}: {title_of(frozen)}",
        f"{frozen.value['platform']['name']}, {frozen.value['document']['title']}",
        f"Permanent address: {address}",
        f"SHA-256 of record.json: {frozen.sha256}",
        *fate(frozen),
        *_head("What is in this folder"),
        *[f"  {name}\n      {_told(name)}" for name in sorted(names)],
        *_head("How to check it, step by step"),
        *_steps(frozen, address),
        *_head("What this proves, and what not"),
        *_limits(frozen, versions, names),
        *_head("The declaration"),
        "declaration.txt and declaration.pdf are a template of what Federal Rules of Evidence 902(13) and 902(14) and"
        " 28 U.S.C. § 1746 ask of a person who certifies such files. They are filled from the record; name, date and"
        " signature are blank. A template is no legal advice: have a lawyer of your jurisdiction decide on its use.",
    ]
    return "\n\n".join(_wrapped(part) for part in parts) + "\n"


def licence(frozen: Frozen, versions: Sequence[Frozen]) -> str:
    """Return where the words come from and by what licence, as the records of the versions state it."""
    parts = ["Where the words come from, as the records state it"]
    for version in versions:
        value = version.value
        origin, document = value["provenance"], value["document"]
        parts.append(
            "\n".join(
                [
                    f"{version.name}: {document['title']}, {value['platform']['name']}",
                    f"  by {value['platform']['operator']}; source {document['source_url'] or 'not stated'}",
                    *[f"  {name}: {said}" for name, said in origin.items() if isinstance(said, str) and said],
                ]
            )
        )
    parts.append(
        "The words of a document are those of the platform that published it. This bundle gives no right in them"
        " beyond the licence stated above, if one is stated, and the law of quotation."
    )
    if frozen.record.letter != "D":
        parts.append(f"The record itself is of this site; its operator and terms: {settings.SITE_URL}/about/")
    return "\n\n".join(_wrapped(part) for part in parts) + "\n"


def _told(name: str) -> str:
    folder, _, last = name.rpartition("/")
    told = FILES[last]
    return f"of {folder.removeprefix('versions/')}: {told}" if folder else told


def _steps(frozen: Frozen, address: str) -> Iterable[str]:
    folder = f"{frozen.record}-v{frozen.number}"
    yield f"1. Unpack the ZIP file. You get a folder {folder}."
    yield "2. Open a command line in that folder and compute the hash of every file."
    yield (
        "   Windows: open the folder in Explorer, type powershell into the address bar, press Enter, and paste this"
        " one line. It prints OK or CHANGED for every file:"
    )
    yield (
        "     Get-Content SHA256SUMS | ForEach-Object { $h, $f = $_ -split '  ', 2;"
        ' if ((Get-FileHash $f).Hash -eq $h) { "$f OK" } else { "$f CHANGED" } }'
    )
    yield "   Mac: open Terminal, type cd and a space, drag the folder into the window, press Enter, and type:"
    yield "     shasum -a 256 -c SHA256SUMS"
    yield "   Linux: the same with:"
    yield "     sha256sum -c SHA256SUMS"
    yield "   Every line must end in OK. If one does not, that file is not as it was when the bundle was made."
    yield (
        f"3. Compare with the site: open {address} and see that the SHA-256 shown there is that of record.json above."
        f" The exact bytes can be downloaded again from {address}.json."
    )
    yield (
        "4. Compare with the record: open record.json in a text editor. The hashes that it states of text and bytes"
        " (text_sha256 and raw_sha256) must be those of text.txt and raw.bin in SHA256SUMS."
    )


def _limits(frozen: Frozen, versions: Sequence[Frozen], names: Collection[str]) -> Iterable[str]:
    yield (
        "Equal hashes prove that these files are, bit for bit, those of which the record states the hashes. They do not"
        " prove by themselves when the files were made, nor that the platform showed them to everybody."
    )
    methods = {version.value["provenance"]["method"] for version in versions}
    if "written" in methods:
        yield "The documents of this bundle were written for a demonstration. No such platform exists."
    if any("collection" in version.value["provenance"] for version in versions):
        yield (
            "The text was imported from a collection that others keep. The original page is not held here; LICENCE.txt"
            " names the collection and the file within it."
        )
    if "proof.json" in names:
        yield (
            "proof.json proves that record.json was in the log of this site when the state of the log within it was"
            " signed. Check it with a key that you have from elsewhere than this bundle, since who forges the one"
            " forges the other:"
        )
        if "verify_log.py" in names:
            yield "     python3 verify_log.py record record.json --proof proof.json --key KEY"
    else:
        yield "There is no proof.json: the record was not in a signed state of the log when the bundle was made."
    if frozen.record.letter == "P":
        yield "An analysis says what the document states, allows or keeps open. It is no finding of law."


def _head(words: str) -> list[str]:
    return [f"{words.upper()}\n{'-' * len(words)}"]


def _wrapped(part: str) -> str:
    """Return a part with long lines folded, but for commands (indented by five), which stay whole."""
    lines = []
    for line in part.split("\n"):
        indent = " " * (len(line) - len(line.lstrip()))
        fold = len(indent) != 5 and len(line) > WIDTH
        lines.append(textwrap.indent(_FOLD.fill(line.strip()), indent) if fold else line)
    return "\n".join(lines)
