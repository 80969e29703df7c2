CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END $$;

-- okay_phone is the number for which permission to text stands; none when it does not.
CREATE TABLE client (
    org_id UUID NOT NULL REFERENCES org (id),
    id UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    phone TEXT COLLATE "C",
    language TEXT COLLATE "C" NOT NULL,
    zone TEXT COLLATE "C" NOT NULL,
    okay_phone TEXT COLLATE "C",
    okay_at BIGINT,
    okay_by UUID,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, okay_by) REFERENCES staff (org_id, id)
);
CREATE INDEX client_by_name ON client (org_id, name_key, id);
CREATE INDEX client_by_phone ON client (org_id, phone, name_key, id);

-- The words under which a client is found, folded.
CREATE TABLE client_term (
    org_id UUID NOT NULL,
    client_id UUID NOT NULL,
    term TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, client_id, term),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id)
);
CREATE INDEX client_term_by_term ON client_term (org_id, term, client_id);

CREATE TABLE case_file (
    org_id UUID NOT NULL,
    id UUID NOT NULL,
    client_id UUID NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    number_key TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id)
);
CREATE UNIQUE INDEX case_file_by_key ON case_file (org_id, number_key);
CREATE INDEX case_file_of_client ON case_file (org_id, client_id, created_at);

-- Who permitted what, when: only ever added to.
CREATE TABLE consent (
    org_id UUID NOT NULL,
    id UUID NOT NULL,
    client_id UUID NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    by_staff UUID,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id),
    FOREIGN KEY (org_id, by_staff) REFERENCES staff (org_id, id)
);
CREATE INDEX consent_of_client ON consent (org_id, client_id, at, id);
CREATE TRIGGER consent_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON consent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE draft (
    org_id UUID NOT NULL,
    staff_id UUID NOT NULL,
    case_id UUID NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (org_id, staff_id, case_id),
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id),
    FOREIGN KEY (org_id, case_id) REFERENCES case_file (org_id, id)
);
