-- What a caller hears: in which voice and language, and a second text in another language after it.
ALTER TABLE texting_setup ADD COLUMN call_voice TEXT NOT NULL DEFAULT 'Polly.Joanna';
ALTER TABLE texting_setup ADD COLUMN call_language TEXT NOT NULL DEFAULT 'en-US';
ALTER TABLE texting_setup ADD COLUMN second_response TEXT NOT NULL DEFAULT '';
ALTER TABLE texting_setup ADD COLUMN second_voice TEXT NOT NULL DEFAULT 'Polly.Lupe';
ALTER TABLE texting_setup ADD COLUMN second_language TEXT NOT NULL DEFAULT 'es-US';
-- The token that takes over: it verifies signatures beside the first, and sends nothing until it is promoted.
ALTER TABLE texting_setup ADD COLUMN sealed_secondary BLOB;
ALTER TABLE texting_setup ADD COLUMN secondary_set_at INTEGER;

-- Calls that were answered. Twilio's SID is the key: a repeated request is the same call.
CREATE TABLE incoming_call (
    org_id     BLOB    NOT NULL REFERENCES org (id),
    sid        TEXT    NOT NULL,
    from_phone TEXT    NOT NULL,
    to_phone   TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (org_id, sid)
) STRICT;
CREATE INDEX incoming_call_by_time ON incoming_call (org_id, at);

-- The last check of Texting Setup, line by line as it goes; night_at is when the last nightly one began.
CREATE TABLE setup_check (
    org_id     BLOB    NOT NULL PRIMARY KEY REFERENCES org (id),
    id         BLOB    NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    night_at   INTEGER,
    lines_json TEXT    NOT NULL
) STRICT;

-- Texts to an administrator's own phone, to try the setup: apart from all that belongs to clients.
CREATE TABLE test_text (
    org_id     BLOB    NOT NULL,
    id         BLOB    NOT NULL,
    staff_id   BLOB    NOT NULL,
    to_phone   TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    rank       INTEGER NOT NULL,
    error      INTEGER,
    sid        TEXT,
    created_at INTEGER NOT NULL,
    status_at  INTEGER NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
) STRICT;
