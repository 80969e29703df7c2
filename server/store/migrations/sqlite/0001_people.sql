CREATE TABLE org (
    id         BLOB    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    zone       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE staff (
    org_id        BLOB    NOT NULL REFERENCES org (id),
    id            BLOB    NOT NULL,
    email         TEXT    NOT NULL,
    email_key     TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    zone          TEXT,
    theme         TEXT,
    created_at    INTEGER NOT NULL,
    disabled_at   INTEGER,
    PRIMARY KEY (org_id, id)
) STRICT;
CREATE UNIQUE INDEX staff_by_email ON staff (email_key);

-- Only the hash of a token is kept: whoever reads the table cannot sign in with it.
CREATE TABLE session (
    token_hash BLOB    NOT NULL PRIMARY KEY,
    org_id     BLOB    NOT NULL,
    staff_id   BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
) STRICT;
CREATE INDEX session_of_staff ON session (org_id, staff_id);
CREATE INDEX session_by_end ON session (expires_at);
