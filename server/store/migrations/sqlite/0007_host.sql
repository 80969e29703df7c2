-- The short name under which an organization is addressed (domain::address_name). Those that are there get one.
ALTER TABLE org ADD COLUMN slug TEXT NOT NULL DEFAULT '';
UPDATE org SET slug = 'office-' || (
    SELECT count(*) FROM org AS other WHERE (other.created_at, other.id) <= (org.created_at, org.id));
UPDATE org SET slug = 'office' WHERE slug = 'office-1';
CREATE UNIQUE INDEX org_by_slug ON org (slug);

-- People of the host belong to no organization: nothing here leads to anybody's clients.
CREATE TABLE host_admin (
    id            BLOB    NOT NULL PRIMARY KEY,
    email         TEXT    NOT NULL,
    email_key     TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX host_admin_by_email ON host_admin (email_key);

CREATE TABLE host_session (
    token_hash BLOB    NOT NULL PRIMARY KEY,
    host_id    BLOB    NOT NULL REFERENCES host_admin (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX host_session_of_host ON host_session (host_id);
CREATE INDEX host_session_by_end ON host_session (expires_at);

-- Single-use links. staff_id: a new password for somebody who is there; without it somebody joins.
-- Only the hash of the link's token is kept: whoever reads the table cannot follow it.
CREATE TABLE invitation (
    org_id       BLOB    NOT NULL REFERENCES org (id),
    id           BLOB    NOT NULL,
    token_hash   BLOB    NOT NULL,
    email        TEXT    NOT NULL CHECK (instr(email, char(0)) = 0),
    email_key    TEXT    NOT NULL,
    role         TEXT    NOT NULL,
    staff_id     BLOB,
    by_staff     BLOB,
    by_host      BLOB    REFERENCES host_admin (id),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER,
    withdrawn_at INTEGER,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id),
    FOREIGN KEY (org_id, by_staff) REFERENCES staff (org_id, id)
) STRICT;
CREATE UNIQUE INDEX invitation_by_token ON invitation (token_hash);
CREATE INDEX invitation_by_email ON invitation (org_id, email_key);

-- How many texts an organization sent lately: counted without looking at any.
CREATE INDEX message_by_time ON message (org_id, created_at);
