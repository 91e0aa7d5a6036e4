"""A declaration of a custodian, as a template: Federal Rules of Evidence 902(13) and (14), 28 U.S.C. § 1746.

902(13) is of records that an electronic process generated, 902(14) of data copied and identified digitally (the
committee's note of 2017 names the hash value). Both ask for a certification of a qualified person that meets 902(11)
or (12), with the notice of 902(11). § 1746 gives the words of an unsworn declaration, within and outside the United
States.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from django.conf import settings

from conductatlas.printing.blocks import Block, heading, mono, paragraph, table
from conductatlas.printing.record import KINDS, frame, title_of
from conductatlas.printing.setting import pdf
from conductatlas.records.frozen import Frozen

BLANK = "_" * 40
NOTE = (
    "This is a template, filled from the record. It is no legal advice, and nobody has signed it. Let only somebody"
    " sign it who knows each statement to be true, strike what is not, and have a lawyer decide on its use."
)
Part = tuple[str, list[str]]


def declaration_pdf(frozen: Frozen, sums: Mapping[str, str]) -> bytes:
    """Return the template as PDF."""
    blocks: list[Block] = [paragraph(NOTE)]
    for title, paragraphs in _parts(frozen):
        blocks += [heading(title), *[paragraph(words) for words in paragraphs]]
    schedule: list[list[str | Block]] = [[name, mono(sha256)] for name, sha256 in sums.items()]
    blocks += [heading("Schedule of files"), table([5, 9], ["File", "SHA-256"], schedule)]
    title = f"Declaration on {frozen.name} (template)"
    return pdf("record.typ", frame(frozen, kind="Declaration template", title=title, blocks=blocks))


def declaration_text(frozen: Frozen, sums: Mapping[str, str]) -> str:
    """Return the template as text."""
    parts = [f"DECLARATION ON {frozen.name} (TEMPLATE)", textwrap.fill(NOTE, 88)]
    for title, paragraphs in _parts(frozen):
        parts += [title.upper(), *["\n".join(_filled(line) for line in words.split("\n")) for words in paragraphs]]
    schedule = "\n".join(f"{sha256}  {name}" for name, sha256 in sums.items())
    return "\n\n".join([*parts, "SCHEDULE OF FILES", schedule]) + "\n"


def _parts(frozen: Frozen) -> list[Part]:
    value, kind = frozen.value, KINDS[frozen.record.letter][0].lower()
    address = settings.SITE_URL + frozen.get_absolute_url()
    named = (
        f"{kind} {frozen.name}, “{title_of(frozen)}”, on {value['document']['title']} of {value['platform']['name']}"
    )
    return [
        (
            "Who declares",
            [
                f"I, {BLANK}, declare as follows.",
                f"1. I am {BLANK} (position) at {BLANK} (organisation). I have knowledge of the system described below,"
                " and am qualified to make this certification.",
            ],
        ),
        (
            "The process: Rule 902(13)",
            [
                f"2. The system at {settings.SITE_URL} keeps the published terms of online platforms. It stores the"
                " bytes that it receives, extracts their text by a named release of a program, and computes the SHA-256"
                " of both. Stored bytes, texts and records are only added to; the database refuses to let the"
                " application change them.",
                f"3. By that process the system recorded {named}, at {frozen.stored_at:%Y-%m-%d %H:%M:%S} UTC. Its"
                f" permanent address is {address}.",
                "4. The process produces an accurate result. The grounds of my knowledge of this are:"
                f"\n{BLANK * 2}\n{BLANK * 2}",
            ],
        ),
        (
            "The copy: Rule 902(14)",
            [
                "5. The files listed in the schedule below were copied from that system. I identified the copies by"
                " comparing the SHA-256 of each with that of the original. Files with the same value of this function"
                " are, for all practical purposes, the same bytes.",
                f"6. The SHA-256 of the record (record.json) is\n{frozen.sha256}",
                f"7. I made this comparison on {BLANK} (date), by {BLANK} (program or command). All values were equal.",
            ],
        ),
        (
            "Regularly kept: Rule 902(11), 803(6)(A) to (C)",
            [
                "8. (Strike where it does not hold.) The record was made at or near the time that it states, by a"
                " process of a regularly conducted activity, was kept in the course of that activity, and making it"
                " was a regular practice of that activity.",
                "9. Whoever offers these files must, before the trial or hearing, give each adverse party reasonable"
                " written notice, and make the record and this certification available for inspection.",
            ],
        ),
        (
            "Under penalty of perjury: 28 U.S.C. § 1746",
            [
                "Executed within the United States, its territories, possessions or commonwealths: I declare under"
                " penalty of perjury that the foregoing is true and correct.",
                "Executed outside of them: I declare under penalty of perjury under the laws of the United States of"
                " America that the foregoing is true and correct. (Strike the one that does not apply.)",
                f"Executed on (date): {BLANK}\n\nSignature: {BLANK}\n\nName: {BLANK}",
            ],
        ),
    ]


def _filled(line: str) -> str:
    return textwrap.fill(line, 88, break_on_hyphens=False) if line else ""
