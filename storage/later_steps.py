"""The SQL of the steps behind the first one. Applies nothing: `storage.migrations` does."""

WALKS_AND_DOCUMENTS = """
ALTER TABLE watch ADD COLUMN end_seen INTEGER NOT NULL DEFAULT 0;

CREATE TABLE walk (
    watch_id TEXT PRIMARY KEY REFERENCES watch,
    url TEXT NOT NULL,
    form TEXT NOT NULL,
    content_type TEXT NOT NULL,
    headers TEXT NOT NULL,                    -- JSON: [[name, value], ...]
    family TEXT NOT NULL,
    page_number INTEGER NOT NULL,
    pages INTEGER,                            -- that the site says there are
    noted_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    sha256 TEXT PRIMARY KEY,                  -- of the file's bytes
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    reader TEXT NOT NULL,
    file_name TEXT NOT NULL,                  -- a safe one
    deflated BLOB NOT NULL,                   -- one line each, UTF-8
    read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""

SECOND_LOOKS = """
ALTER TABLE address ADD COLUMN how TEXT NOT NULL DEFAULT '';
ALTER TABLE address ADD COLUMN delisted_at TEXT;
ALTER TABLE address ADD COLUMN suspect TEXT NOT NULL DEFAULT '';
ALTER TABLE address ADD COLUMN suspect_at TEXT;
ALTER TABLE address ADD COLUMN suspect_capture_id INTEGER REFERENCES capture;
ALTER TABLE address ADD COLUMN suspects INTEGER NOT NULL DEFAULT 0;
ALTER TABLE address ADD COLUMN blips INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN first_capture_id INTEGER REFERENCES capture;
CREATE INDEX address_suspected ON address (suspect) WHERE suspect != '';
CREATE INDEX version_by_text ON version (text_sha256);
CREATE INDEX version_by_title ON version (title);
CREATE TABLE held (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    bureau_id TEXT NOT NULL,
    watch_id TEXT NOT NULL,
    report_id INTEGER NOT NULL REFERENCES report,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    significance TEXT NOT NULL,
    summary TEXT NOT NULL,
    from_version INTEGER,
    to_version INTEGER,
    marks TEXT NOT NULL                       -- JSON: what it has in common with others
) STRICT;
CREATE INDEX held_by_watch ON held (watch_id, id)
"""

RECIPES = """
ALTER TABLE version ADD COLUMN family TEXT;
ALTER TABLE version ADD COLUMN unread TEXT NOT NULL DEFAULT '';
CREATE INDEX report_of_bureau ON report (bureau_id);
CREATE TABLE former_reading (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES version,
    recipe INTEGER NOT NULL,
    family TEXT,
    title TEXT NOT NULL,
    published TEXT,
    published_from TEXT NOT NULL,
    source TEXT NOT NULL,
    text_sha256 TEXT NOT NULL REFERENCES text,
    attachments TEXT NOT NULL,
    fields TEXT NOT NULL,
    replaced_at TEXT NOT NULL,
    by_recipe INTEGER NOT NULL,
    altered_fields TEXT NOT NULL,             -- JSON: their names
    gone INTEGER NOT NULL,                    -- paragraphs (count)
    come INTEGER NOT NULL
) STRICT;
CREATE INDEX former_reading_by ON former_reading (by_recipe, version_id);
CREATE TABLE variant (
    version_id INTEGER NOT NULL REFERENCES version,
    text_sha256 TEXT NOT NULL REFERENCES text,
    title TEXT NOT NULL,
    capture_id INTEGER NOT NULL REFERENCES capture,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    PRIMARY KEY (version_id, text_sha256, title)
) STRICT, WITHOUT ROWID
"""

TOLD_DUTIES = """
CREATE TABLE told_duty (
    bureau_id TEXT NOT NULL,
    kind TEXT NOT NULL,                       -- of report
    year INTEGER NOT NULL,                    -- that it reports on
    event_id INTEGER NOT NULL REFERENCES event,
    UNIQUE (bureau_id, kind, year)
) STRICT
"""
