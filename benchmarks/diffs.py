"""`python -m benchmarks diffs`: how exactly planted edits are found, beside four public diffs. Measures no extraction.

Located exactly: what is marked is the planted characters, or these with the rest of the words and numbers that they stand
in; a paragraph that came, went or moved is marked whole and nothing else is (gone here and come there counts as moved);
a split marks no words. Marked idly: characters marked beyond the planted ones, the mean of an edit.
Figures cut: of the edits of one digit, the share where the marks do not hold the whole number with its unit.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.rival_diffs import DIFFS
from crawler.clean.normalise import folded
from crawler.compare.diff import compare_reports
from crawler.interpret.outline import outline
from crawler.knowledge import Told
from tests.planted_edits import EDITS, Planted, planted
from tests.test_mutations import expected, leads_to

RIVALS = Path(__file__).parent.parent / ".venv-rivals-diffs" / "bin" / "python"
SEED = 4


def main(arguments: list[str]) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks diffs", description=__doc__)
    parser.add_argument("--edits", type=int, default=270, help="planted edits (default: 270)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args(arguments)
    plants = planted(asked.edits, SEED, EDITS)
    rows = [_row("bureauwatch", "", plants, _ours(plants))]
    pairs = [["\n".join(told.body), "\n".join(plant.body)] for _, told, plant in plants]
    with tempfile.TemporaryDirectory(prefix="bureauwatch-bench-") as folder:
        file = Path(folder) / "pairs.json"
        file.write_text(json.dumps(pairs, ensure_ascii=False), encoding="utf-8")
        for name in DIFFS:
            command = [str(RIVALS), str(Path(__file__).parent / "rival_diffs.py"), name, str(file)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{name} failed: {done.stderr.strip()[-300:]}", file=sys.stderr)
                continue
            answer = json.loads(done.stdout.splitlines()[-1])
            rows.append(_row(name, answer["version"], plants, answer["pairs"]))
    print(json.dumps(rows, ensure_ascii=False, indent=1) if asked.json else _table(rows))
    return 0


def _ours(plants: list[tuple[str, Told, Planted]]) -> list[dict[str, Any]]:
    done = []
    for _, told, plant in plants[:1] + plants:  # the first one loads the dictionary
        new = Told(plant.title, plant.body, outline(plant.body))
        began = time.process_time()
        changes = compare_reports(told, new, fold=folded)
        took = (time.process_time() - began) * 1000
        assert leads_to(changes, told, new)
        marks: list[tuple[str, str]] = []
        for change in changes:
            if change.kind == "moved":
                marks += [("-", change.old), ("+", change.new)]
                continue
            for span in change.spans:
                if span.op != "equal":
                    marks += [("-", span.old), ("+", span.new)]
        done.append({"marks": marks, "cpu_ms": took})
    return done[1:]


def _row(name: str, version: str, plants: list[tuple[str, Told, Planted]], found: list[dict[str, Any]]) -> dict[str, Any]:
    exact, idle, cut = defaultdict(list), [], []
    for (kind, told, plant), one in zip(plants, found, strict=True):
        gone = [text for sign, text in one["marks"] if sign == "-" and text.strip("\n")]
        come = [text for sign, text in one["marks"] if sign == "+" and text.strip("\n")]
        least, words = _truths(told, plant)
        marked = _strip(gone), _strip(come)
        exact[kind].append(marked in (_sides(least), _sides(words)) and bool(one["marks"]))
        idle.append(max(0, sum(map(len, marked)) - sum(len(text) for side in least for text in side)))
        if kind == "one_digit":
            cut.append(any(len(text) < len(whole) for text, whole in ((marked[1], _sides(words)[1]),)))
    return {
        "diff": f"{name} {version}".strip(),
        "exact": mean(map(float, (hit for hits in exact.values() for hit in hits))),
        "idle": mean(idle),
        "cut": mean(map(float, cut)) if cut else 0.0,
        "ms": mean(one["cpu_ms"] for one in found),
        "kinds": {kind: mean(map(float, hits)) for kind, hits in exact.items()},
    }


def _truths(told: Told, plant: Planted) -> tuple[tuple[list[str], list[str]], tuple[list[str], list[str]]]:
    """What went and what came: the planted characters, and the whole words and numbers around them."""
    least: tuple[list[str], list[str]] = ([], [])
    words: tuple[list[str], list[str]] = ([], [])
    if plant.edits:
        for (old, new), (_, went, came) in zip(plant.places, plant.edits, strict=True):
            assert old is not None
            assert new is not None
            begin, end_old, end_new = expected(told.body[old], plant.body[new], went, came)
            for side, text, whole in ((0, went, told.body[old][begin:end_old]), (1, came, plant.body[new][begin:end_new])):
                least[side].append(text)
                words[side].append(whole)
        return least, words
    for old, new in plant.places if plant.kind != "split" else ():
        least[0].extend([told.body[old]] if old is not None else [])
        least[1].extend([plant.body[new]] if new is not None else [])
    return least, least


def _sides(texts: tuple[list[str], list[str]]) -> tuple[str, str]:
    return _strip(texts[0]), _strip(texts[1])


def _strip(texts: list[str]) -> str:
    """Marked texts as one, sorted characters apart: slides of equal characters are equal descriptions."""
    return "".join(sorted("".join(texts).replace("\n", "")))


def _table(rows: list[dict[str, Any]]) -> str:
    kinds = list(rows[0]["kinds"])
    lines = ["| diff | located exactly | marked idly | figures cut | CPU |", "|---|---|---|---|---|"]
    lines += [
        f"| {row['diff']} | {row['exact']:.1%} | {row['idle']:.1f} | {row['cut']:.0%} | {row['ms']:.1f} ms |" for row in rows
    ]
    lines += ["", "| located exactly | " + " | ".join(row["diff"] for row in rows) + " |", "|---" * (len(rows) + 1) + "|"]
    lines += [
        f"| {kind.replace('_', ' ')} | " + " | ".join(f"{row['kinds'][kind]:.0%}" for row in rows) + " |" for kind in kinds
    ]
    return "\n".join(lines)
