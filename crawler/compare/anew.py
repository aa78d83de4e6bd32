"""What is stored of a reading that tells nothing: another form of the same text, or a past that cannot be read any more.

Decides no event and opens no transaction.
"""

from __future__ import annotations

from crawler.compare.memory import Known, Memory
from crawler.compare.remember import Desk
from crawler.compare.stored import as_stored
from crawler.flow import RECIPE, CleanText
from storage import issues, recipes
from storage.records import VersionRow


def must_begin(desk: Desk, memory: Memory, text: CleanText) -> bool:
    """Whether what was read differs from a text that former rules read and whose capture is lost or unreadable now.

    Nobody can say then whether the report changed or only its reading: it is kept as a new version, without an event, and
    the open issue says where to look. Our change is not their change.

    Args:
        desk: where the visit is written up.
        memory: what is remembered of the address.
        text: what was read.
    """
    if not isinstance(memory, Known) or memory.report.withdrawn:  # that it is back is news in any case
        return False
    remembered = (memory.latest, memory.here)
    if any(version.fingerprint == text.fingerprint for version in remembered):
        return False
    return any(recipes.unread(desk.context.db, version.id) for version in remembered)


def note_same(desk: Desk, latest: VersionRow, text: CleanText, capture_id: int) -> None:
    """The page says what the latest version says, perhaps in another form, which is kept beside it.

    Where that version could not be read again from its own capture, this reading takes its place.
    """
    db, now = desk.context.db, desk.context.now()
    if recipes.unread(db, latest.id):
        family = desk.target.watch.family or ""
        recipes.read_again(db, latest, as_stored(text), recipe=RECIPE, family=family, now=now)
        issues.close(db, issue_key(latest.report_id, latest.number), now)
    else:
        recipes.keep_variant(db, latest, title=text.title, body=text.body, capture_id=capture_id, now=now)


def issue_key(report_id: int, number: int) -> str:
    """Of the issue that a version cannot be read again."""
    return f"reclean {report_id} {number}"
