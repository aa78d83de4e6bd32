"""The SQL of the steps that gave alerts and letters their present columns. Applies nothing: `storage.migrations` does."""

OUTBOX = """
CREATE TABLE letter_anew (
    id INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL,                  -- an e-mail address, channel:NAME or webhook:NAME
    server TEXT NOT NULL,                     -- who takes it: mail, channel:NAME or webhook:NAME
    form TEXT NOT NULL,                       -- single, storm, daily, weekly, backlog, cap, health, open-issues
    language TEXT NOT NULL,
    subscription TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    message BLOB NOT NULL,                    -- final from here on
    short BLOB NOT NULL,                      -- the same in few words, should its server find it too large, final likewise
    shortened INTEGER NOT NULL DEFAULT 0,     -- the short one is sent
    state TEXT NOT NULL CHECK (state IN ('pending', 'trying', 'sent', 'refused', 'failed', 'held', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    tried_since TEXT NOT NULL,                -- from when its five days are counted
    next_attempt_at TEXT NOT NULL,
    server_down INTEGER NOT NULL DEFAULT 0,   -- the last try failed for a reason that every letter would meet
    sent_at TEXT,
    last_error TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO letter_anew (id, recipient, server, form, language, subscription, message_id, message, short, state, attempts,
    created_at, tried_since, next_attempt_at, sent_at, last_error)
    SELECT id, recipient, 'mail', 'single', 'zh', '', message_id, message, message, state, attempts,
    created_at, created_at, next_attempt_at, sent_at, last_error FROM letter;
CREATE TABLE alert_anew (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event,
    recipient TEXT NOT NULL,
    subscription TEXT NOT NULL,
    due_at TEXT NOT NULL,
    bundle TEXT NOT NULL,                     -- at-once, daily or weekly
    language TEXT NOT NULL,
    letter_id INTEGER REFERENCES letter_anew,
    dropped_at TEXT,
    UNIQUE (event_id, recipient)
) STRICT;
INSERT INTO alert_anew (id, event_id, recipient, subscription, due_at, bundle, language, letter_id)
    SELECT id, event_id, recipient, subscription, due_at, 'at-once', 'zh', letter_id FROM alert;
DROP TABLE alert;
DROP TABLE letter;
ALTER TABLE letter_anew RENAME TO letter;
ALTER TABLE alert_anew RENAME TO alert;
CREATE INDEX letter_waiting ON letter (state, next_attempt_at);
CREATE INDEX letter_of_person ON letter (recipient, created_at);
CREATE INDEX alert_unbound ON alert (letter_id, due_at);
CREATE TABLE notice (
    issue_id INTEGER NOT NULL REFERENCES issue,
    what TEXT NOT NULL CHECK (what IN ('opened', 'healed')),
    recipient TEXT NOT NULL,
    letter_id INTEGER NOT NULL REFERENCES letter,
    PRIMARY KEY (issue_id, what, recipient)
) STRICT, WITHOUT ROWID
"""
PERIODS = """
ALTER TABLE letter ADD COLUMN period TEXT NOT NULL DEFAULT '';  -- of a digest or a weekly list: the day it was due, UTC
UPDATE letter SET period = date(created_at) WHERE id IN (
    SELECT min(id) FROM letter WHERE form = 'daily' GROUP BY lower(recipient), date(created_at));
UPDATE letter SET period = date(created_at, 'weekday 0', '-6 days') WHERE id IN (
    SELECT min(id) FROM letter WHERE form IN ('weekly', 'open-issues')
    GROUP BY lower(recipient), form, date(created_at, 'weekday 0', '-6 days'));
ALTER TABLE letter ADD COLUMN blame TEXT NOT NULL DEFAULT 'letter'  -- whose fault the last try was that failed
    CHECK (blame IN ('letter', 'perhaps', 'server'));
UPDATE letter SET blame = 'server' WHERE server_down;
ALTER TABLE letter DROP COLUMN server_down;
CREATE UNIQUE INDEX letter_of_period ON letter (recipient COLLATE NOCASE, form, period) WHERE period <> '';
DROP INDEX letter_of_person;
CREATE INDEX letter_of_reader ON letter (recipient COLLATE NOCASE, form, created_at);
CREATE INDEX letter_sent ON letter (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX issue_of_key ON issue (key);
CREATE INDEX issue_closed ON issue (closed_at) WHERE closed_at IS NOT NULL;
CREATE TABLE digest_reader (
    recipient TEXT NOT NULL,                  -- in lower case
    form TEXT NOT NULL CHECK (form IN ('daily', 'weekly')),
    since TEXT NOT NULL,                      -- no digest tells of a time before it
    PRIMARY KEY (recipient, form)
) STRICT, WITHOUT ROWID;
INSERT INTO digest_reader SELECT lower(recipient), form, min(created_at) FROM letter
    WHERE form IN ('daily', 'weekly') GROUP BY lower(recipient), form
"""
PROOFS = """
ALTER TABLE event ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;  -- told to nobody: an issue stands for it
CREATE TABLE proof (
    event_id INTEGER PRIMARY KEY REFERENCES event,
    capture_id INTEGER REFERENCES capture,    -- the bytes of a file that changed
    absent_since TEXT,                        -- of a report that is gone
    sightings INTEGER,                        -- visits in a row that found it gone
    last_seen_at TEXT
) STRICT;
INSERT INTO proof (event_id, capture_id) SELECT event.id, max(address.capture_id) FROM event JOIN address USING (url)
    WHERE event.kind = 'attachment-changed' AND address.capture_id IS NOT NULL GROUP BY event.id;
INSERT INTO proof (event_id, absent_since, sightings, last_seen_at)
    SELECT event.id, address.absent_since, max(address.sightings), report.last_seen_at FROM event
    JOIN report ON report.id = event.report_id JOIN address ON address.report_id = report.id
    WHERE event.kind = 'withdrawn' AND address.role = 'report' AND address.absent_since IS NOT NULL GROUP BY event.id
"""
