"""The SQL of the first step: the schema as it began. Applies nothing: `storage.migrations` does."""

FIRST_SCHEMA = """
CREATE TABLE archive (
    uuid TEXT NOT NULL,                       -- names this archive in Message-IDs
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE watch (
    watch_id TEXT PRIMARY KEY,
    bureau_id TEXT NOT NULL,
    baseline_at TEXT,
    last_run_at TEXT,
    last_success_at TEXT,
    last_outcome TEXT NOT NULL DEFAULT '',
    next_due_at TEXT,
    walked_at TEXT,
    walk_complete INTEGER NOT NULL DEFAULT 0,
    rendered INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    watch_id TEXT NOT NULL REFERENCES watch,
    pid INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL,                    -- running | ok | failed | interrupted
    pages INTEGER NOT NULL DEFAULT 0,
    reports INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX run_of_watch ON run (watch_id, id);

CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    warc_file TEXT NOT NULL,
    warc_offset INTEGER NOT NULL,
    warc_length INTEGER NOT NULL,
    revisit_of INTEGER REFERENCES capture,
    rendered INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX capture_of_url ON capture (url, id);
CREATE INDEX capture_in_warc ON capture (warc_file, warc_offset);

CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    bureau_id TEXT NOT NULL,
    watch_id TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    versions INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE address (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('listing', 'report', 'attachment')),
    bureau_id TEXT NOT NULL,
    watch_id TEXT NOT NULL,
    report_id INTEGER REFERENCES report,
    version INTEGER,
    name TEXT NOT NULL DEFAULT '',
    listed TEXT,
    silent INTEGER NOT NULL DEFAULT 0,
    next_due_at TEXT NOT NULL,
    last_visit_at TEXT,
    last_full_at TEXT,
    last_listed_at TEXT,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    capture_id INTEGER REFERENCES capture,
    sha256 TEXT NOT NULL DEFAULT '',
    sightings INTEGER NOT NULL DEFAULT 0,
    absent_since TEXT,
    gone INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX address_due ON address (watch_id, role, next_due_at);
CREATE INDEX address_of_report ON address (report_id, role);

CREATE TABLE text (
    sha256 TEXT PRIMARY KEY,                  -- of the exact text in UTF-8, one paragraph a line
    deflated BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES report,
    number INTEGER NOT NULL,
    recipe INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    published_from TEXT NOT NULL,
    source TEXT NOT NULL,
    text_sha256 TEXT NOT NULL REFERENCES text,
    attachments TEXT NOT NULL,                -- JSON: [[url, name], ...]
    capture_id INTEGER NOT NULL REFERENCES capture,
    created_at TEXT NOT NULL,
    UNIQUE (report_id, number)
) STRICT;
CREATE INDEX version_by_fingerprint ON version (fingerprint);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    bureau_id TEXT NOT NULL,
    watch_id TEXT NOT NULL,
    report_id INTEGER REFERENCES report,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    significance TEXT NOT NULL,
    summary TEXT NOT NULL,
    from_version INTEGER,
    to_version INTEGER
) STRICT;
CREATE INDEX event_of_report ON event (report_id, id);

CREATE TABLE letter (
    id INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    message BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'refused', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    next_attempt_at TEXT NOT NULL,
    sent_at TEXT,
    last_error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX letter_waiting ON letter (state, next_attempt_at);

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event,
    recipient TEXT NOT NULL,
    subscription TEXT NOT NULL,
    due_at TEXT NOT NULL,
    letter_id INTEGER REFERENCES letter,
    UNIQUE (event_id, recipient)
) STRICT;
CREATE INDEX alert_unbound ON alert (letter_id, due_at);

CREATE TABLE issue (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    failure TEXT NOT NULL,
    outcome TEXT NOT NULL,
    bureau_id TEXT NOT NULL,
    watch_id TEXT NOT NULL,
    url TEXT NOT NULL,
    detail TEXT NOT NULL,
    hint TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,
    closed_at TEXT
) STRICT;
CREATE UNIQUE INDEX issue_open ON issue (key) WHERE closed_at IS NULL;

INSERT INTO archive VALUES (lower(hex(randomblob(8))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
"""
