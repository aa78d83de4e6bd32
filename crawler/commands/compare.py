"""The `compare` command: two reports of different years or bureaus, from the archive or from files. Compares nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.clean.normalise import folded
from crawler.commands.options import AsJson, ConfigFile
from crawler.commands.shown import complain, say, say_json
from crawler.commands.stored import find_report, find_version, interpret_version, open_the_archive, the_interpreter
from crawler.commands.understood import figure_json, kind_line, number
from crawler.compare.across import Comparison, Share, across
from crawler.compare.side_by_side import RATES, Pair
from crawler.compare.told import Told
from crawler.config import Settings
from crawler.knowledge import Figure, Knowledge, Section

FAILED = 1
"""Exit code when a report could not be read."""
_SHOWN_DECIMALS = Decimal("0.01")


def compare(
    older: Annotated[
        str, typer.Argument(metavar="REPORT", help="The earlier one: number or address in the archive, or a file.")
    ],
    newer: Annotated[str, typer.Argument(metavar="REPORT", help="The later one, or another bureau's.")],
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Set two reports side by side: this year's and last year's of one bureau, or those of two bureaus.

    Shown: the share of text carried over word for word, topics new and dropped, every figure that both state with its change
    (of rates in percentage points), and the figures new and no longer told. With --json one object: `old` and `new` (name,
    title, kind, year, issuer), `carried` (characters, of, share), `sections` (old, new, carried), `sections_new`,
    `sections_dropped`, `figures` (old, new: as in `read --json`; change, percent, note), `figures_new`, `figures_dropped`.

    Example: bureauwatch compare 12 31

    Example: bureauwatch compare 2022.html 2023.html --json
    """
    (old, old_known), (new, new_known) = _both((older, newer), config)
    found = across(old, new, fold=folded)
    if as_json:
        sides = [_side_json(*side) for side in ((older, old, old_known), (newer, new, new_known))]
        say_json({"old": sides[0], "new": sides[1], **_comparison_json(found)})
        return
    say(f"《{old.title}》 {kind_line(old_known)}")
    say(f"→ 《{new.title}》 {kind_line(new_known)}")
    for line in _lines(found):
        say(line)


def _both(names: tuple[str, str], config: Path | None) -> list[tuple[Told, Knowledge]]:
    """Both reports; files are read side by side. Ends the command where one cannot be read."""
    from_files = _of_files([name for name in names if Path(name).is_file()])
    if any(isinstance(read, str) for read in from_files.values()):
        for name, reason in from_files.items():
            if isinstance(reason, str):
                complain(f"{name}: {reason}")
        raise typer.Exit(FAILED)
    db = open_the_archive(config) if len(from_files) < len(set(names)) else None
    found = []
    for name in names:
        if name in from_files:
            read = from_files[name]
            assert not isinstance(read, str)
            found.append(read)
        else:
            assert db is not None
            version = find_version(db, find_report(db, name), None)
            known = interpret_version(version)
            found.append((Told(version.title, version.body, known.sections, known.figures), known))
    return found


def _of_files(files: list[str]) -> dict[str, tuple[Told, Knowledge] | str]:
    """What files hold, or why one cannot be read."""
    if not files:
        return {}
    from crawler.commands.reading import Reading, ReadReport, read_each  # noqa: PLC0415  Scrapy takes a second to import

    found: dict[str, tuple[Told, Knowledge] | str] = {}
    for file, read in zip(files, read_each(files, Reading.of_files(Settings(), the_interpreter())), strict=True):
        if isinstance(read, ReadReport):
            known = read.knowledge
            found[file] = Told(read.text.title, read.text.body, known.sections, known.figures), known
        else:
            found[file] = str(read)
    return found


def _lines(found: Comparison) -> Iterator[str]:
    yield f"沿用上份原文 {_share(found.share)}"
    yield ""
    yield f"相同章节 {len(found.matched)} 个（括号内：逐字沿用）"
    for one in found.matched:
        renamed = f"  原为「{_title(one.old)}」" if one.old.heading != one.new.heading else ""
        yield f"  {_title(one.new)}（{_share(one.share)}）{renamed}"
    yield from _list("新增章节", [_title(one) for one in found.added])
    yield from _list("不再有的章节", [_title(one) for one in found.dropped])
    figures = found.figures
    yield from _list("两份都有的数据", [_pair_line(one) for one in figures.pairs])
    yield from _list("新增的数据", [_figure_line(one) for one in figures.added])
    yield from _list("不再公布的数据", [_figure_line(one) for one in figures.dropped])


def _list(head: str, lines: list[str]) -> Iterator[str]:
    yield ""
    yield f"{head} {len(lines)} 个" if lines else f"{head}：无"
    for line in lines:
        yield f"  {line}"


def _share(share: Share) -> str:
    return f"{share.part:.0%}，{share.carried}／{share.length} 字"


def _title(section: Section) -> str:
    return f"{section.ordinal}{section.heading}"


def _figure_line(figure: Figure) -> str:
    plan = "［计划］" if figure.plan else ""
    period = f"（{figure.period}）" if figure.period else ""
    return f"{plan}{figure.concept or figure.indicator}{period} {_printed(figure)}"


def _printed(figure: Figure) -> str:
    """A value with its unit as a reader of the report sees it: 近2000人, 1000余人."""
    before = figure.approx in {"近", "约", "超", "超过", "将近", "大约", "不足", "逾"}
    if before:
        return f"{figure.approx}{figure.value}{figure.unit}"
    scale = figure.unit.removesuffix(figure.unit_norm) if figure.unit_norm else ""
    return (
        f"{figure.value}{figure.approx}{figure.unit}"
        if not scale
        else f"{figure.value}{scale}{figure.approx}{figure.unit_norm}"
    )


def _pair_line(pair: Pair) -> str:
    new = pair.new
    plan = "［计划］" if new.plan else ""
    phrase = pair.old.indicator if pair.old.indicator == new.indicator else f"{pair.old.indicator}→{new.indicator}"
    name = f"{new.concept}（{phrase}）" if new.concept and new.concept != phrase else phrase
    values = f"{_printed(pair.old)} → {_printed(new)}"
    return f"{plan}{name} {values}  {_change(pair)}"


def _change(pair: Pair) -> str:
    if pair.change is None:
        return pair.note
    if not pair.change:
        return "持平"
    unit = "个百分点" if pair.new.unit_norm in RATES - {"‰"} else pair.new.unit_norm
    percent = f"，{pair.percent.quantize(_SHOWN_DECIMALS):+f}%" if pair.percent is not None else ""
    return f"{pair.change.normalize():+f}{unit}{percent}"


def _side_json(name: str, told: Told, known: Knowledge) -> dict[str, Any]:
    kind = {"kind": known.kind.value, "year": known.year, "issuer": known.issuer}
    return {"report": name, "title": told.title, **kind}


def _comparison_json(found: Comparison) -> dict[str, Any]:
    return {
        "carried": _share_json(found.share),
        "sections": [{"old": one.old.path, "new": one.new.path, "carried": _share_json(one.share)} for one in found.matched],
        "sections_new": [one.path for one in found.added],
        "sections_dropped": [one.path for one in found.dropped],
        "figures": [_pair_json(pair) for pair in found.figures.pairs],
        "figures_new": [figure_json(one) for one in found.figures.added],
        "figures_dropped": [figure_json(one) for one in found.figures.dropped],
    }


def _share_json(share: Share) -> dict[str, Any]:
    return {"characters": share.carried, "of": share.length, "share": round(share.part, 4)}


def _pair_json(pair: Pair) -> dict[str, Any]:
    return {
        "old": figure_json(pair.old),
        "new": figure_json(pair.new),
        "change": None if pair.change is None else number(pair.change),
        "percent": None if pair.percent is None else float(pair.percent.quantize(_SHOWN_DECIMALS)),
        "points": pair.new.unit_norm in RATES,
        "note": pair.note,
    }
