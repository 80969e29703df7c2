CREATE TABLE quick_entry (
    org_id      BLOB    NOT NULL REFERENCES org (id),
    id          BLOB    NOT NULL,
    name        TEXT    NOT NULL,
    name_key    TEXT    NOT NULL,
    body        TEXT    NOT NULL CHECK (instr(body, char(0)) = 0),
    position    INTEGER NOT NULL,
    archived_at INTEGER,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    PRIMARY KEY (org_id, id)
) STRICT;
CREATE UNIQUE INDEX quick_entry_by_name ON quick_entry (org_id, name_key) WHERE archived_at IS NULL;

CREATE TABLE texting_setup (
    org_id          BLOB    NOT NULL PRIMARY KEY REFERENCES org (id),
    number          TEXT,
    account_sid     TEXT,
    sealed_token    BLOB,
    token_set_at    INTEGER,
    text_response   TEXT    NOT NULL,
    call_response   TEXT    NOT NULL,
    status_callback TEXT    NOT NULL,
    max_parts       INTEGER NOT NULL,
    checked_at      INTEGER,
    check_json      TEXT
) STRICT;
CREATE INDEX texting_setup_by_account ON texting_setup (account_sid);

-- Who did what: only ever added to.
CREATE TABLE audit (
    org_id   BLOB    NOT NULL REFERENCES org (id),
    id       BLOB    NOT NULL,
    staff_id BLOB,
    at       INTEGER NOT NULL,
    what     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
) STRICT;
CREATE INDEX audit_by_time ON audit (org_id, at, id);
CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is only ever added to'); END;
CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is only ever added to'); END;
