"""One named spider class per bureau, made from the seeds, so that `scrapy list` and `scrapy crawl <bureau>` work."""

from __future__ import annotations

from collections.abc import Iterable

from seeds.load import Target
from spiders.bureau_spider import BureauSpider


def spider_classes(targets: Iterable[Target]) -> dict[str, type[BureauSpider]]:
    """A spider class for each bureau, by the bureau's id."""
    by_bureau: dict[str, list[Target]] = {}
    for target in targets:
        by_bureau.setdefault(target.bureau.id, []).append(target)
    return {
        bureau_id: type(_class_name(bureau_id), (BureauSpider,), {"name": bureau_id, "targets": tuple(watched)})
        for bureau_id, watched in by_bureau.items()
    }


def _class_name(bureau_id: str) -> str:
    return "".join(part.capitalize() for part in bureau_id.split("-")) + "Spider"
