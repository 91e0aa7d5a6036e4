"""Measures extraction on real pages (CONDUCTATLAS_CORPUS) with the ruler that lies beside them."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean, median
from typing import Any

from platforms.text.extraction import Declaration, decode, extract, stable

HARD = 0.9
"""Pages on which the policy has less than this share of the words have much menu and footer."""

Scores = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """What extraction made of a page, as F1 against the expected text."""

    name: str
    declared: float | None
    automatic: float
    named: float
    """Automatic, given the name of the document, as the site has it."""
    is_hard: bool
    milliseconds: float
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """Where captures of one document differ after `stable`: the numbers of those before a change."""

    name: str
    text_changes_after: list[int]
    words_change_after: list[int]


def measured(corpus: Path) -> Callable[[str, str], Scores]:
    """Return the ruler's function: precision, recall and F1 of a text against the expected one."""
    return _ruler(corpus).prf  # type: ignore[no-any-return]


def pages(corpus: Path) -> Iterator[Page]:
    """Yield each page of the corpus, extracted and measured."""
    prf = measured(corpus)
    for row in _index(corpus)["pages"]:
        body = (corpus / "html" / row["file"]).read_bytes()
        expected = (corpus / "html" / row["expected"]).read_text(encoding="utf-8")
        address = row["url"] or ""
        start = time.perf_counter()
        text = extract(body, base_url=address).markdown
        seconds = time.perf_counter() - start
        declared = None
        if row["declaration"]:
            found = extract(body, base_url=address, declaration=_declaration(row["declaration"]))
            declared = prf(found.markdown, expected)[2]
        yield Page(
            name=Path(row["file"]).stem,
            declared=declared,
            automatic=prf(text, expected)[2],
            named=prf(extract(body, base_url=address, name=row["document"]).markdown, expected)[2],
            is_hard=row["policy_share_of_page_words"] < HARD,
            milliseconds=1000 * seconds,
            text=text,
        )


def series(corpus: Path) -> Iterator[Series]:
    """Yield the series of captures of the corpus, compared after `stable`."""
    words = _ruler(corpus).words
    for row in _index(corpus)["series"]:
        texts = []
        for capture in row["snapshots"]:
            body = (corpus / "html" / capture["file"]).read_bytes()
            day = date.fromisoformat(capture["date"][:10])
            texts.append(stable(extract(body).markdown, captured_on=day))
        yield Series(
            name=row["before"].split("/")[1],
            text_changes_after=[i for i in range(len(texts) - 1) if texts[i] != texts[i + 1]],
            words_change_after=[i for i in range(len(texts) - 1) if words(texts[i]) != words(texts[i + 1])],
        )


def bench(say: Callable[[str], None]) -> None:
    """Say the figures as a table in Markdown; other extractors are measured where they are installed."""
    corpus = Path(os.environ.get("CONDUCTATLAS_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
    if not (corpus.parent / "measure" / "extraction.py").exists():
        say(f"extraction: no ruler in {corpus.parent / 'measure'}; left out")
        return
    rows = list(pages(corpus))
    others = _others(corpus)
    heads = ["page", "declared", "automatic", "with its name", *others]
    say("| " + " | ".join(heads) + " |")
    say("| " + " | ".join(["---", *("---:" for _ in heads[1:])]) + " |")
    for row in rows:
        say(_line(f"{row.name}{' †' if row.is_hard else ''}", row, {o: others[o][row.name] for o in others}))
    for title, kept in (
        ("mean of all", rows),
        ("mean of those marked †", [row for row in rows if row.is_hard]),
        ("mean of those with selectors", [row for row in rows if row.declared is not None]),
    ):
        declared = [row.declared for row in kept if row.declared is not None]
        average = Page(
            name=title,
            declared=mean(declared) if len(declared) == len(kept) else None,
            automatic=mean(row.automatic for row in kept),
            named=mean(row.named for row in kept),
            is_hard=False,
            milliseconds=0,
            text="",
        )
        say(_line(f"**{title}**", average, {o: mean(others[o][row.name] for row in kept) for o in others}))
    say(f"extraction: {median(row.milliseconds for row in rows):.0f} ms a page (median), {_slowest(rows)}")
    for one in series(corpus):
        say(
            f"series {one.name}: text changes after capture {one.text_changes_after or 'none'}, "
            f"words after {one.words_change_after or 'none'}"
        )


def _slowest(rows: list[Page]) -> str:
    row = max(rows, key=lambda row: row.milliseconds)
    return f"{row.milliseconds:.0f} at most ({row.name})"


def _line(title: str, row: Page, others: dict[str, float]) -> str:
    declared = f"{row.declared:.4f}" if row.declared is not None else ""
    cells = [
        title,
        declared,
        f"{row.automatic:.4f}",
        f"{row.named:.4f}",
        *(f"{score:.4f}" for score in others.values()),
    ]
    return "| " + " | ".join(cells) + " |"


def _others(corpus: Path) -> dict[str, dict[str, float]]:
    """Return the scores of trafilatura and html2text by page, where they are installed."""
    prf = measured(corpus)
    found: dict[str, dict[str, float]] = {}
    for name in ("trafilatura", "html2text"):
        if importlib.util.find_spec(name) is None:
            continue
        module: Any = importlib.import_module(name)
        found[name] = {}
        for row in _index(corpus)["pages"]:
            html = decode((corpus / "html" / row["file"]).read_bytes())
            if name == "trafilatura":
                text = module.extract(html, output_format="markdown", favor_recall=True) or ""
            else:
                text = module.html2text(html)
            expected = (corpus / "html" / row["expected"]).read_text(encoding="utf-8")
            found[name][Path(row["file"]).stem] = prf(text, expected)[2]
    return found


def _declaration(row: dict[str, Any]) -> Declaration:
    def several(value: Any) -> tuple[str, ...]:
        return (value,) if isinstance(value, str) else tuple(value or ())

    return Declaration(several(row["select"]), several(row.get("remove")))


def _index(corpus: Path) -> Any:
    return json.loads((corpus / "html" / "index.json").read_text(encoding="utf-8"))


def _ruler(corpus: Path) -> Any:
    path = corpus.parent / "measure" / "extraction.py"
    spec = importlib.util.spec_from_file_location("extraction_ruler", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    bench(print)
