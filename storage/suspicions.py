"""Addresses where something was seen once and must be seen twice, and how much of a watch is troubled. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database, stamp
from storage.records import AddressRow
from storage.rows import record


def suspect(
    db: Database,
    address_id: int,
    *,
    what: str,
    since: datetime,
    capture_id: int | None,
    texts: int,
    now: datetime,
    next_due_at: datetime,
) -> None:
    """A visit brought another text that is not believed yet; what was known before stays.

    Args:
        db: the archive.
        address_id: the visited address.
        what: the text's fingerprint.
        since: when it was first read.
        capture_id: the bytes of that reading.
        texts: how many different ones there were in a row, none of them read twice.
        now: aware time of the visit.
        next_due_at: when it is to be looked at again.
    """
    db.conn.execute(
        "UPDATE address SET last_visit_at = ?, next_due_at = ?, suspect = ?, suspect_at = ?, suspect_capture_id = ?,"
        " suspects = ?, sightings = 0, absent_since = NULL, how = '', failures = 0 WHERE id = ?",
        [stamp(now), stamp(next_due_at), what, stamp(since), capture_id, texts, address_id],
    )


def settle(db: Database, address_id: int, *, blips: int) -> None:
    """Nothing is suspected of an address any more.

    Args:
        db: the archive.
        address_id: the address.
        blips: how often a suspicion of it came to nothing, less the calm visits since (count).
    """
    db.conn.execute(
        "UPDATE address SET suspect = '', suspect_at = NULL, suspect_capture_id = NULL, suspects = 0, blips = ? WHERE id = ?",
        [blips, address_id],
    )


def of_watch(db: Database, watch_id: str) -> list[AddressRow]:
    """The addresses of a watch that are to be looked at a second time, longest waiting first."""
    sql = "SELECT * FROM address WHERE watch_id = ? AND suspect != '' ORDER BY suspect_at, id"
    return [record(AddressRow, row) for row in db.query(sql, [watch_id])]


def of_same_text(db: Database, bureau_id: str, fingerprint: str, *, but: int) -> int:
    """At how many other known reports' addresses of a bureau this very text is suspected (count)."""
    sql = "SELECT count(*) AS n FROM address WHERE suspect = ? AND bureau_id = ? AND report_id IS NOT NULL AND id != ?"
    return next(int(row["n"]) for row in db.query(sql, [fingerprint, bureau_id, but]))


def expect_gone(db: Database, address_id: int, *, since: datetime, next_due_at: datetime) -> None:
    """One sighting is enough to tell that a document is gone, and there was one: look once more."""
    sql = "UPDATE address SET suspect = 'gone', suspect_at = ?, next_due_at = ? WHERE id = ?"
    db.conn.execute(sql, [stamp(since), stamp(next_due_at), address_id])


def look_now(db: Database, report_id: int, now: datetime) -> None:
    """Make the addresses of a report due: whether it still stands there decides about another one."""
    sql = "UPDATE address SET next_due_at = ? WHERE report_id = ? AND role = 'report' AND gone = 0"
    db.conn.execute(sql, [stamp(now), report_id])


@dataclass(frozen=True)
class Troubles:
    """The known reports of a watch or host that cannot be had at present, among all of them."""

    known: int  # addresses at which a report was read, and that were not told as gone
    looked_at: int  # of these: visited since the first trouble began
    absent: int  # found gone at their last visit
    failing: int  # their last visit failed in another way, found a broken link, or brought a text that is not believed yet


@dataclass(frozen=True)
class Episode:
    """Which addresses that are told as gone already still count as troubled: those that were lost with the others."""

    absent_after: datetime  # found gone for the first time after this
    visited_after: datetime  # and visited after this


def of_a_watch(db: Database, watch_id: str, episode: Episode | None = None) -> Troubles:
    """The troubles of one watch."""
    return _troubles(db, "watch_id = :of", {"of": watch_id}, episode)


def of_a_host(db: Database, host: str, episode: Episode | None = None) -> Troubles:
    """The troubles of one host, whatever watches its reports belong to.

    Args:
        db: the archive.
        host: as canonical keys begin, with its port where that is unusual.
        episode: what is told already and counts all the same; None: nothing.
    """
    return _troubles(db, "key >= :of AND key < :end", {"of": f"{host}/", "end": f"{host}0"}, episode)  # "0" comes after "/"


def _troubles(db: Database, where: str, parameters: dict[str, str], episode: Episode | None) -> Troubles:
    never = "9999"  # comes after every stored time
    times = {
        "absent_after": stamp(episode.absent_after) if episode else never,
        "visited_after": stamp(episode.visited_after) if episode else never,
    }
    counts = "(gone = 0 OR (absent_since >= :absent_after AND last_visit_at >= :visited_after))"
    mine = f"FROM address WHERE {where} AND role = 'report' AND report_id IS NOT NULL AND {counts}"
    sql = (
        "SELECT count(*) AS known, coalesce(sum(sightings > 0), 0) AS absent,"
        " coalesce(sum(sightings = 0 AND (failures > 0 OR how != '' OR suspects > 0)), 0) AS failing,"
        f" coalesce(sum(last_visit_at >= (SELECT min(absent_since) {mine} AND sightings > 0)), 0) AS looked_at {mine}"
    )
    row = next(iter(db.query(sql, {**parameters, **times})))
    return Troubles(row["known"], row["looked_at"], row["absent"], row["failing"])
