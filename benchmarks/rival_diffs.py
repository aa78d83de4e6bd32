"""Compares texts with one public diff, in an environment where only such are installed. Judges nothing.

`python rival_diffs.py NAME FILE` prints, for each [old, new] of a JSON list, what was marked, as [sign, text] with "-" and
"+", and the processor time it took, as one JSON list. It imports nothing of ours: it runs in `.venv-rivals-diffs`.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from types import SimpleNamespace

Marks = list[tuple[str, str]]
Diff = Callable[[str, str], Marks]


def _difflib_lines() -> Diff:
    def compare(old: str, new: str) -> Marks:
        before, after = old.split("\n"), new.split("\n")
        marks: Marks = []
        for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if tag != "equal":
                marks += [("-", line) for line in before[i:j]] + [("+", line) for line in after[k:m]]
        return marks

    return compare


def _diff_match_patch() -> Diff:
    library = importlib.import_module("diff_match_patch")

    def compare(old: str, new: str) -> Marks:
        engine = library.diff_match_patch()
        found = engine.diff_main(old, new)
        engine.diff_cleanupSemantic(found)
        return [("-" if sign < 0 else "+", text) for sign, text in found if sign]

    return compare


def _changedetection() -> Diff:
    importlib.import_module("loguru").logger.remove()
    library = importlib.import_module("changedetectionio.diff")
    importlib.import_module("loguru").logger.remove()
    marked = re.compile(r"@(removed|added|changed|changed_into)_PLACEMARKER_OPEN(.*?)@\1_PLACEMARKER_CLOSED", re.DOTALL)

    def compare(old: str, new: str) -> Marks:
        shown = library.render_diff(old, new, word_diff=True)
        return [("-" if name in {"removed", "changed"} else "+", text) for name, text in marked.findall(shown)]

    return compare


def _webchanges() -> Diff:
    library = importlib.import_module("webchanges.differs")
    marked = re.compile(r"\x1b\[91m(.*?)\x1b\[0m|\x1b\[92m(.*?)\x1b\[0m", re.DOTALL)  # red went, green came

    def compare(old: str, new: str) -> Marks:
        differ = library.WdiffDiffer.__new__(library.WdiffDiffer)
        differ.state = SimpleNamespace(
            old_data=old,
            new_data=new,
            old_mime_type="text/plain",
            new_mime_type="text/plain",
            old_timestamp=0,
            new_timestamp=0,
            is_markdown=lambda: False,
        )
        differ.job = SimpleNamespace(is_markdown=False, contextlines=None, monospace=False)
        shown = differ.differ({}, "plain")["plain"].split("\n", 2)[2]  # two lines of head
        return [("-", gone) if gone else ("+", come) for gone, come in marked.findall(shown)]

    return compare


DIFFS: dict[str, tuple[str, Callable[[], Diff]]] = {
    "difflib, lines": ("", _difflib_lines),
    "diff-match-patch": ("diff-match-patch", _diff_match_patch),
    "changedetection.io": ("changedetection.io", _changedetection),
    "webchanges wdiff": ("webchanges", _webchanges),
}
"""By name: the distribution, and what makes its diff, each in its finest built-in form."""


def main() -> None:
    """Compare the pairs of a file with one of the diffs."""
    name, pairs = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    distribution, make = DIFFS[name]
    compare = make()
    compare(*pairs[0])  # what is loaded lazily is loaded now
    done = []
    for old, new in pairs:
        began = time.process_time()
        marks = compare(old, new)
        done.append({"marks": marks, "cpu_ms": (time.process_time() - began) * 1000})
    version = importlib.import_module("importlib.metadata").version(distribution) if distribution else sys.version.split()[0]
    print(json.dumps({"version": version, "pairs": done}, ensure_ascii=False))


if __name__ == "__main__":
    main()
