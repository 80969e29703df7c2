-- What a caller hears: in which voice and language, and a second text in another language after it.
ALTER TABLE texting_setup ADD COLUMN call_voice TEXT COLLATE "C" NOT NULL DEFAULT 'Polly.Joanna';
ALTER TABLE texting_setup ADD COLUMN call_language TEXT COLLATE "C" NOT NULL DEFAULT 'en-US';
ALTER TABLE texting_setup ADD COLUMN second_response TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE texting_setup ADD COLUMN second_voice TEXT COLLATE "C" NOT NULL DEFAULT 'Polly.Lupe';
ALTER TABLE texting_setup ADD COLUMN second_language TEXT COLLATE "C" NOT NULL DEFAULT 'es-US';
-- The token that takes over: it verifies signatures beside the first, and sends nothing until it is promoted.
ALTER TABLE texting_setup ADD COLUMN sealed_secondary BYTEA;
ALTER TABLE texting_setup ADD COLUMN secondary_set_at BIGINT;

-- Calls that were answered. Twilio's SID is the key: a repeated request is the same call.
CREATE TABLE incoming_call (
    org_id UUID NOT NULL REFERENCES org (id),
    sid TEXT COLLATE "C" NOT NULL,
    from_phone TEXT COLLATE "C" NOT NULL,
    to_phone TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (org_id, sid)
);
CREATE INDEX incoming_call_by_time ON incoming_call (org_id, at);

-- The last check of Texting Setup, line by line as it goes; night_at is when the last nightly one began.
CREATE TABLE setup_check (
    org_id UUID NOT NULL PRIMARY KEY REFERENCES org (id),
    id UUID NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    night_at BIGINT,
    lines_json TEXT COLLATE "C" NOT NULL
);

-- Texts to an administrator's own phone, to try the setup: apart from all that belongs to clients.
CREATE TABLE test_text (
    org_id UUID NOT NULL,
    id UUID NOT NULL,
    staff_id UUID NOT NULL,
    to_phone TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    rank BIGINT NOT NULL,
    error BIGINT,
    sid TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    status_at BIGINT NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id)
);
