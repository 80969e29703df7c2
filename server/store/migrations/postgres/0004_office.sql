CREATE TABLE quick_entry (
    org_id UUID NOT NULL REFERENCES org (id),
    id UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    archived_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX quick_entry_by_name ON quick_entry (org_id, name_key) WHERE archived_at IS NULL;

CREATE TABLE texting_setup (
    org_id UUID NOT NULL PRIMARY KEY REFERENCES org (id),
    number TEXT COLLATE "C",
    account_sid TEXT COLLATE "C",
    sealed_token BYTEA,
    token_set_at BIGINT,
    text_response TEXT COLLATE "C" NOT NULL,
    call_response TEXT COLLATE "C" NOT NULL,
    status_callback TEXT COLLATE "C" NOT NULL,
    max_parts BIGINT NOT NULL,
    checked_at BIGINT,
    check_json TEXT COLLATE "C"
);
CREATE INDEX texting_setup_by_account ON texting_setup (account_sid);

-- Who did what: only ever added to.
CREATE TABLE audit (
    org_id UUID NOT NULL REFERENCES org (id),
    id UUID NOT NULL,
    staff_id UUID,
    at BIGINT NOT NULL,
    what TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
);
CREATE INDEX audit_by_time ON audit (org_id, at, id);
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
