"""Reads what a report says: kind, year, outline, figures, checks, in one call. Each is found by its own module; none here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from crawler.interpret.checks import checks
from crawler.interpret.figures import figures
from crawler.interpret.kinds import recognise
from crawler.interpret.outline import outline
from crawler.knowledge import Knowledge, ReportKind
from seeds.vocabulary import Vocabulary

LONGEST = 200_000
"""Code points of body. The longest report known has 40,000; what is longer is a dump of data, kept but not interpreted."""
_LOOKS_BACK = re.compile(r"回顾|总结|完成情况|工作情况|成效")  # sections of a plan that report


@dataclass(frozen=True)
class Interpreter:
    """Reads reports with one vocabulary of indicators."""

    concepts: Vocabulary

    def __call__(
        self, title: str, body: Sequence[str], *, published: date | None = None, source: str = "", number: str = ""
    ) -> Knowledge:
        """What a report says.

        Args:
            title: as it was read.
            body: its paragraphs; the offsets of what is found count code points of these joined by newlines.
            published: its day of publication, where it is known.
            source: the body named as its source; "" where none is.
            number: its 文号 as its page says it; "" where it does not.

        Returns:
            All of it; a body longer than `LONGEST` has a kind and a year, and no sections, figures or checks.
        """
        known = recognise(title, body, published=published, source=source, number=number)
        read = body if sum(map(len, body)) <= LONGEST else ()
        sections = outline(read)
        found = figures(read, sections, concepts=self.concepts)
        if known.kind is ReportKind.WORK_PLAN:
            found = tuple(figure if _LOOKS_BACK.search(figure.section) else replace(figure, plan=True) for figure in found)
        return Knowledge(
            kind=known.kind,
            year=known.year,
            issuer=known.issuer,
            number=known.number,
            sections=sections,
            figures=found,
            checks=checks(read, sections, found),
        )
