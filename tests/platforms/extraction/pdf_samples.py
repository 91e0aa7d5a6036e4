"""Writes small PDFs: lines of Helvetica at given places."""

from __future__ import annotations

from collections.abc import Sequence

Placed = tuple[str, int, int, int]
"""Text, type size, and distance from the left and lower edge, in points."""


def pdf(pages: Sequence[Sequence[Placed]], *, title: str = "", locked: bool = False) -> bytes:
    """Return a PDF (ISO 32000) with these lines on its pages, optionally locked with an unknown password."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(f"BT /F1 {size} Tf {left} {base} Td ({_quoted(t)}) Tj ET" for t, size, left, base in lines)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(shown.encode('cp1252'))} >>\nstream\n{shown}\nendstream")
    objects.append(f"<< /Title ({_quoted(title)}) >>")
    trailer = f"/Info {len(objects)} 0 R"
    if locked:
        key = "00" * 32
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{key}> <{key}>]"
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>"
    return body + f"{end}\nstartxref\n{len(body)}\n%%EOF\n".encode()


def lines(texts: Sequence[str], *, top: int = 760, size: int = 11, left: int = 72, step: int = 14) -> list[Placed]:
    """Return lines one beneath the other; an empty text leaves a space."""
    return [(text, size, left, top - step * i) for i, text in enumerate(texts) if text]


def _quoted(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
