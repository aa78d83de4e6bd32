"""Makes a throw-away copy of an archive, so that a dry run can do everything and change nothing. Visits nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from crawler.config import Config
from crawler.config_keys import Storage
from storage.database import connect


def rehearsal_of(config: Config, folder: Path) -> Config:
    """The same configuration over a copy of the archive in `folder`, without a mail server.

    Args:
        config: the real one; its archive is only read.
        folder: an empty folder, removed by the caller afterwards.
    """
    copy = folder / "archive.db"
    if config.database.exists():
        connect(config.database).conn.execute("VACUUM INTO ?", [str(copy)])
    (folder / "warc").mkdir()
    for file in config.warc_folder.glob("*.warc.gz"):  # finished ones, which nobody changes: what was kept can be read again
        (folder / "warc" / file.name).symlink_to(file)
    settings = config.settings.model_copy(update={"storage": Storage(path=copy), "mail": None, "subscription": ()})
    return replace(config, settings=settings)
