"""What is remembered of a report when one of its addresses is visited. Queries nothing and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storage.records import AddressRow, ReportRow, VersionRow


@dataclass(frozen=True)
class Unknown:
    """No report was ever read at this address."""

    address: AddressRow


@dataclass(frozen=True)
class SameTextElsewhere:
    """Nothing was ever read at this address, and a report of the same bureau has the very text that was read now."""

    address: AddressRow
    report: ReportRow
    latest: VersionRow
    live_addresses: int  # of that report: not told as gone


Standing = Literal["apart", "beside", "unsure"]
"""Where a report stands whose text is nearly the one that was read: in other columns only, or in none; listed beside it in
this very run; in the same column, perhaps no longer."""


@dataclass(frozen=True)
class AlikeElsewhere:
    """Nothing was ever read at this address; a report of the same bureau has nearly this text, or once had it."""

    address: AddressRow
    report: ReportRow
    latest: VersionRow
    live_addresses: int  # of that report
    standing: Standing
    former: int | None = None  # number of its earlier version that has the very text


@dataclass(frozen=True)
class Known:
    """A report was read at this address before."""

    address: AddressRow
    report: ReportRow
    latest: VersionRow  # of the report, wherever it was read
    here: VersionRow  # last read at this address; older than `latest` where another address was updated first
    other_live_addresses: int  # found there at their last visit
    fingerprints: tuple[str, ...] = ()  # of all its versions, first to last
    twin: SameTextElsewhere | None = None  # another report that has the very text that was read now
    suspected_too: int = 0  # other addresses of the bureau where the very text that was read now came up (count)


Memory = Unknown | SameTextElsewhere | AlikeElsewhere | Known


def recall(
    address: AddressRow,
    report: ReportRow | None,
    latest: VersionRow | None,
    *,
    other_live_addresses: int,
    here: VersionRow | None = None,
) -> Memory:
    """What is remembered, from the rows of the archive.

    Args:
        address: the visited address as it was before the visit.
        report: the address's report; where it has none yet, the report of the same bureau with the text that was read.
        latest: that report's latest version.
        other_live_addresses: that report's addresses, without this one, that are neither gone nor sighted as gone.
        here: the version last read at this address, where it is known; else `latest` is taken for it.
    """
    if report is None or latest is None:
        return Unknown(address)
    if address.report_id is None:
        return SameTextElsewhere(address, report, latest, other_live_addresses)
    return Known(address, report, latest, here or latest, other_live_addresses)
