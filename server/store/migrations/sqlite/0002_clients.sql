-- okay_phone is the number for which permission to text stands; none when it does not.
CREATE TABLE client (
    org_id     BLOB    NOT NULL REFERENCES org (id),
    id         BLOB    NOT NULL,
    name       TEXT    NOT NULL CHECK (instr(name, char(0)) = 0),
    name_key   TEXT    NOT NULL,
    phone      TEXT,
    language   TEXT    NOT NULL,
    zone       TEXT    NOT NULL,
    okay_phone TEXT,
    okay_at    INTEGER,
    okay_by    BLOB,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, okay_by) REFERENCES staff (org_id, id)
) STRICT;
CREATE INDEX client_by_name ON client (org_id, name_key, id);
CREATE INDEX client_by_phone ON client (org_id, phone, name_key, id);

-- The words under which a client is found, folded.
CREATE TABLE client_term (
    org_id    BLOB NOT NULL,
    client_id BLOB NOT NULL,
    term      TEXT NOT NULL,
    PRIMARY KEY (org_id, client_id, term),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_term_by_term ON client_term (org_id, term, client_id);

CREATE TABLE case_file (
    org_id     BLOB    NOT NULL,
    id         BLOB    NOT NULL,
    client_id  BLOB    NOT NULL,
    number     TEXT    NOT NULL,
    number_key TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id)
) STRICT;
CREATE UNIQUE INDEX case_file_by_key ON case_file (org_id, number_key);
CREATE INDEX case_file_of_client ON case_file (org_id, client_id, created_at);

-- Who permitted what, when: only ever added to.
CREATE TABLE consent (
    org_id    BLOB    NOT NULL,
    id        BLOB    NOT NULL,
    client_id BLOB    NOT NULL,
    phone     TEXT    NOT NULL,
    event     TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    by_staff  BLOB,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id),
    FOREIGN KEY (org_id, by_staff) REFERENCES staff (org_id, id)
) STRICT;
CREATE INDEX consent_of_client ON consent (org_id, client_id, at, id);
CREATE TRIGGER consent_refuses_update BEFORE UPDATE ON consent
BEGIN SELECT RAISE(ABORT, 'consent is only ever added to'); END;
CREATE TRIGGER consent_refuses_delete BEFORE DELETE ON consent
BEGIN SELECT RAISE(ABORT, 'consent is only ever added to'); END;

CREATE TABLE draft (
    org_id   BLOB    NOT NULL,
    staff_id BLOB    NOT NULL,
    case_id  BLOB    NOT NULL,
    body     TEXT    NOT NULL CHECK (instr(body, char(0)) = 0),
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (org_id, staff_id, case_id),
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id),
    FOREIGN KEY (org_id, case_id) REFERENCES case_file (org_id, id)
) STRICT;
