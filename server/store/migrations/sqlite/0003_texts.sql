-- status and rank go together: the rank is the rung of the ladder (domain::status).
CREATE TABLE message (
    org_id     BLOB    NOT NULL,
    id         BLOB    NOT NULL,
    case_id    BLOB    NOT NULL,
    client_id  BLOB    NOT NULL,
    staff_id   BLOB    NOT NULL,
    form_key   BLOB    NOT NULL,
    body       TEXT    NOT NULL CHECK (instr(body, char(0)) = 0),
    to_phone   TEXT    NOT NULL,
    parts      INTEGER NOT NULL,
    encoding   TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    rank       INTEGER NOT NULL,
    error      INTEGER,
    stopped    TEXT,
    sid        TEXT,
    created_at INTEGER NOT NULL,
    status_at  INTEGER NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, case_id) REFERENCES case_file (org_id, id),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id),
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
) STRICT;
CREATE INDEX message_of_case ON message (org_id, case_id, created_at, id);
CREATE UNIQUE INDEX message_by_form_key ON message (org_id, form_key);
CREATE UNIQUE INDEX message_by_sid ON message (org_id, sid) WHERE sid IS NOT NULL;

-- Texts that are not with Twilio for certain. Neither token nor posting_at: waiting. A token: claimed.
-- Both: posting. posting_at without a token: unknown, and nobody sends it again by itself.
CREATE TABLE outbox (
    org_id      BLOB    NOT NULL,
    message_id  BLOB    NOT NULL,
    claim_token BLOB,
    owner       TEXT,
    claimed_at  INTEGER,
    lease_until INTEGER,
    posting_at  INTEGER,
    not_before  INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    reason      TEXT,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (org_id, message_id),
    FOREIGN KEY (org_id, message_id) REFERENCES message (org_id, id)
) STRICT;
CREATE INDEX outbox_by_age ON outbox (created_at, message_id);
CREATE INDEX outbox_by_token ON outbox (claim_token);

-- Every word of Twilio on a text, as it came: only ever added to.
CREATE TABLE report (
    org_id     BLOB    NOT NULL REFERENCES org (id),
    id         BLOB    NOT NULL,
    message_id BLOB,
    sid        TEXT,
    source     TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    error      INTEGER,
    at         INTEGER NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, message_id) REFERENCES message (org_id, id)
) STRICT;
-- Twilio repeats a callback that it thinks unheard. When we ask, every answer counts.
CREATE UNIQUE INDEX report_once ON report (org_id, sid, status, COALESCE(error, 0)) WHERE source = 'callback';
CREATE INDEX report_of_message ON report (org_id, message_id, at);
CREATE TRIGGER report_refuses_update BEFORE UPDATE ON report
BEGIN SELECT RAISE(ABORT, 'report is only ever added to'); END;
CREATE TRIGGER report_refuses_delete BEFORE DELETE ON report
BEGIN SELECT RAISE(ABORT, 'report is only ever added to'); END;

-- What open pages are told. AUTOINCREMENT: an id is never given out twice.
CREATE TABLE event (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    org_id     BLOB    NOT NULL,
    case_id    BLOB    NOT NULL,
    message_id BLOB    NOT NULL,
    at         INTEGER NOT NULL,
    FOREIGN KEY (org_id, case_id) REFERENCES case_file (org_id, id),
    FOREIGN KEY (org_id, message_id) REFERENCES message (org_id, id)
) STRICT;
CREATE INDEX event_of_org ON event (org_id, id);
