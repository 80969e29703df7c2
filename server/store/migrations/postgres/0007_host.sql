-- The short name under which an organization is addressed (domain::address_name). Those that are there get one.
ALTER TABLE org ADD COLUMN slug TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE org SET slug = 'office-' || (
    SELECT count(*) FROM org AS other WHERE (other.created_at, other.id) <= (org.created_at, org.id));
UPDATE org SET slug = 'office' WHERE slug = 'office-1';
CREATE UNIQUE INDEX org_by_slug ON org (slug);

-- People of the host belong to no organization: nothing here leads to anybody's clients.
CREATE TABLE host_admin (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT COLLATE "C" NOT NULL,
    email_key TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX host_admin_by_email ON host_admin (email_key);

CREATE TABLE host_session (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    host_id UUID NOT NULL REFERENCES host_admin (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX host_session_of_host ON host_session (host_id);
CREATE INDEX host_session_by_end ON host_session (expires_at);

-- Single-use links. staff_id: a new password for somebody who is there; without it somebody joins.
-- Only the hash of the link's token is kept: whoever reads the table cannot follow it.
CREATE TABLE invitation (
    org_id UUID NOT NULL REFERENCES org (id),
    id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    email_key TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    staff_id UUID,
    by_staff UUID,
    by_host UUID REFERENCES host_admin (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    withdrawn_at BIGINT,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id),
    FOREIGN KEY (org_id, by_staff) REFERENCES staff (org_id, id)
);
CREATE UNIQUE INDEX invitation_by_token ON invitation (token_hash);
CREATE INDEX invitation_by_email ON invitation (org_id, email_key);

-- How many texts an organization sent lately: counted without looking at any.
CREATE INDEX message_by_time ON message (org_id, created_at);
