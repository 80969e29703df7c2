CREATE TABLE org (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    zone TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE staff (
    org_id UUID NOT NULL REFERENCES org (id),
    id UUID NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    email_key TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    zone TEXT COLLATE "C",
    theme TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX staff_by_email ON staff (email_key);

-- Only the hash of a token is kept: whoever reads the table cannot sign in with it.
CREATE TABLE session (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    org_id UUID NOT NULL,
    staff_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
);
CREATE INDEX session_of_staff ON session (org_id, staff_id);
CREATE INDEX session_by_end ON session (expires_at);
