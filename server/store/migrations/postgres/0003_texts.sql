-- status and rank go together: the rank is the rung of the ladder (domain::status).
CREATE TABLE message (
    org_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    client_id UUID NOT NULL,
    staff_id UUID NOT NULL,
    form_key UUID NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    to_phone TEXT COLLATE "C" NOT NULL,
    parts BIGINT NOT NULL,
    encoding TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    rank BIGINT NOT NULL,
    error BIGINT,
    stopped TEXT COLLATE "C",
    sid TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    status_at BIGINT NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, case_id) REFERENCES case_file (org_id, id),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id),
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
);
CREATE INDEX message_of_case ON message (org_id, case_id, created_at, id);
CREATE UNIQUE INDEX message_by_form_key ON message (org_id, form_key);
CREATE UNIQUE INDEX message_by_sid ON message (org_id, sid) WHERE sid IS NOT NULL;

-- Texts that are not with Twilio for certain. Neither token nor posting_at: waiting. A token: claimed.
-- Both: posting. posting_at without a token: unknown, and nobody sends it again by itself.
CREATE TABLE outbox (
    org_id UUID NOT NULL,
    message_id UUID NOT NULL,
    claim_token UUID,
    owner TEXT COLLATE "C",
    claimed_at BIGINT,
    lease_until BIGINT,
    posting_at BIGINT,
    not_before BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    reason TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    PRIMARY KEY (org_id, message_id),
    FOREIGN KEY (org_id, message_id) REFERENCES message (org_id, id)
);
CREATE INDEX outbox_by_age ON outbox (created_at, message_id);
CREATE INDEX outbox_by_token ON outbox (claim_token);

-- Every word of Twilio on a text, as it came: only ever added to.
CREATE TABLE report (
    org_id UUID NOT NULL REFERENCES org (id),
    id UUID NOT NULL,
    message_id UUID,
    sid TEXT COLLATE "C",
    source TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    error BIGINT,
    at BIGINT NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, message_id) REFERENCES message (org_id, id)
);
-- Twilio repeats a callback that it thinks unheard. When we ask, every answer counts.
CREATE UNIQUE INDEX report_once ON report (org_id, sid, status, COALESCE(error, 0)) WHERE source = 'callback';
CREATE INDEX report_of_message ON report (org_id, message_id, at);
CREATE TRIGGER report_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What open pages are told. An id is never given out twice.
CREATE TABLE event (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    org_id UUID NOT NULL,
    case_id UUID NOT NULL,
    message_id UUID NOT NULL,
    at BIGINT NOT NULL,
    FOREIGN KEY (org_id, case_id) REFERENCES case_file (org_id, id),
    FOREIGN KEY (org_id, message_id) REFERENCES message (org_id, id)
);
CREATE INDEX event_of_org ON event (org_id, id);
