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
from crawler.commands.stored import find_report, find_version, interpret_version, open_the_archive
from crawler.commands.understood import figure_json, kind_line, number
from crawler.compare.across import Comparison, Share, across
from crawler.compare.side_by_side import RATES, Pair
from crawler.config_keys import Settings
from crawler.knowledge import Figure, Knowledge, Section, Told
from crawler.schedule.tell import the_interpreter

FAILED = 1
"""Exit code when a report could not be read."""
_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_PERCENT = RATES - {"‰"}
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
    for line in _lines(found, "\n".join(old.body), "\n".join(new.body)):
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


def _lines(found: Comparison, old: str, new: str) -> Iterator[str]:
    yield f"沿用上份原文 {_share(found.share)}"
    yield ""
    yield f"相同章节 {len(found.matched)} 个（括号内：逐字沿用）"
    for one in found.matched:
        renamed = f"  原为「{_title(one.old)}」" if one.old.heading != one.new.heading else ""
        yield f"  {_title(one.new)}（{_share(one.share)}）{renamed}"
    yield from _list("新增章节", [_title(one) for one in found.added])
    yield from _list("不再有的章节", [_title(one) for one in found.dropped])
    figures = found.figures
    yield from _list("两份都有的数据", [_pair_line(one, old, new) for one in figures.pairs])
    yield from _list("新增的数据", [_figure_line(one, new) for one in figures.added])
    yield from _list("不再公布的数据", [_figure_line(one, old) for one in figures.dropped])


def _list(head: str, lines: list[str]) -> Iterator[str]:
    yield ""
    yield f"{head} {len(lines)} 个" if lines else f"{head}：无"
    for line in lines:
        yield f"  {line}"


def _share(share: Share) -> str:
    return f"{share.part:.0%}，{share.carried}／{share.length} 字"


def _title(section: Section) -> str:
    return f"{section.ordinal}{section.heading}"


def _figure_line(figure: Figure, body: str) -> str:
    plan = "［计划］" if figure.plan else ""
    period = f"（{figure.period}）" if figure.period else ""
    return f"{plan}{figure.indicator}{period} {_printed(figure, body)}"


def _printed(figure: Figure, body: str) -> str:
    """A value with its unit as the report prints them: 近2000人, 1200余万元, 6.7万余件; the unit of a rank is added."""
    shown = body[figure.start : figure.end]
    before = figure.approx if figure.approx not in shown else ""
    unit = figure.unit if not shown.endswith(figure.unit_norm) else ""
    return f"{before}{shown}{unit}"


def _pair_line(pair: Pair, old: str, new: str) -> str:
    plan = "［计划］" if pair.new.plan else ""
    before, after = pair.old.indicator, pair.new.indicator
    phrase = before if before == after else f"{before}→{after}"
    name = f"{pair.new.concept}（{phrase}）" if pair.new.concept and pair.new.concept != phrase else phrase
    return f"{plan}{name} {_printed(pair.old, old)} → {_printed(pair.new, new)}  {_change(pair)}"


def _change(pair: Pair) -> str:
    if pair.change is None:
        return pair.note
    if not pair.change:
        return "持平"
    new = pair.new
    # Told in 万 or 亿 where both reports tell it so.
    scaled = new.unit if pair.old.unit == new.unit and new.unit[:1] in _SCALES else ""
    change = pair.change / _SCALES[scaled[0]] if scaled else pair.change
    unit = scaled or ("个百分点" if new.unit_norm in _PERCENT else new.unit_norm)
    percent = f"，{pair.percent.quantize(_SHOWN_DECIMALS):+f}%" if pair.percent is not None else ""
    return f"{change.normalize():+f}{unit}{percent}"


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
