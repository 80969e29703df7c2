-- What clients wrote. The Sid makes a repeated webhook harmless: the same text has the same answer for ever.
-- from_phone and to_phone are E.164 where they are phones; a short code stands as it came.
CREATE TABLE incoming (
    org_id UUID NOT NULL REFERENCES org (id),
    id UUID NOT NULL,
    sid TEXT COLLATE "C" NOT NULL,
    from_phone TEXT COLLATE "C" NOT NULL,
    to_phone TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    -- The bytes as they came, where body had to show them otherwise.
    raw BYTEA,
    media_count BIGINT NOT NULL,
    -- Their addresses and types as JSON. Nothing is fetched.
    media TEXT COLLATE "C" NOT NULL,
    opt_out TEXT COLLATE "C",
    kind TEXT COLLATE "C" NOT NULL,
    answer TEXT COLLATE "C",
    silence TEXT COLLATE "C",
    late BIGINT NOT NULL,
    -- How many clients had the number when it came; see incoming_client.
    clients BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX incoming_by_sid ON incoming (org_id, sid);
CREATE INDEX incoming_of_phone ON incoming (org_id, from_phone, at, id);
CREATE INDEX incoming_unmatched ON incoming (org_id, at, id) WHERE clients = 0;

-- Whose number it was when the text came: a number that is given to somebody else later takes no text along.
CREATE TABLE incoming_client (
    org_id UUID NOT NULL,
    incoming_id UUID NOT NULL,
    client_id UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (org_id, incoming_id, client_id),
    FOREIGN KEY (org_id, incoming_id) REFERENCES incoming (org_id, id),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id)
);
CREATE INDEX incoming_of_client ON incoming_client (org_id, client_id, at, incoming_id);

-- The carrier's block: stands until it is lifted. held: many came at once, and the administrator has not decided.
CREATE TABLE block (
    org_id UUID NOT NULL REFERENCES org (id),
    id UUID NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    because TEXT COLLATE "C" NOT NULL,
    words TEXT COLLATE "C" NOT NULL,
    held BIGINT NOT NULL,
    lifted_at BIGINT,
    lifted_by TEXT COLLATE "C",
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX block_standing ON block (org_id, phone) WHERE lifted_at IS NULL;
CREATE INDEX block_of_phone ON block (org_id, phone, lifted_at);
CREATE INDEX block_by_time ON block (org_id, since);

-- A withdrawal in other words: sending to the number is paused until somebody has read it.
CREATE TABLE review (
    org_id UUID NOT NULL REFERENCES org (id),
    id UUID NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    incoming_id UUID NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    -- The last day, YYYY-MM-DD in the organization's time zone.
    due_on TEXT COLLATE "C" NOT NULL,
    decided_at BIGINT,
    decided_by UUID,
    decision TEXT COLLATE "C",
    note TEXT COLLATE "C",
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, incoming_id) REFERENCES incoming (org_id, id),
    FOREIGN KEY (org_id, decided_by) REFERENCES staff (org_id, id)
);
CREATE UNIQUE INDEX review_open ON review (org_id, phone) WHERE decided_at IS NULL;
CREATE INDEX review_by_decision ON review (org_id, decided_at, id);

-- Where permission came from, in which words, and which block took it away.
ALTER TABLE consent ADD COLUMN source TEXT COLLATE "C";
ALTER TABLE consent ADD COLUMN note TEXT COLLATE "C";
ALTER TABLE consent ADD COLUMN words TEXT COLLATE "C";
ALTER TABLE consent ADD COLUMN block_id UUID;

-- public_url: where Twilio reaches this organization, if not where it reaches the program.
-- opt_outs_from: error codes before this moment are dealt with, and count no more towards the limit.
ALTER TABLE texting_setup ADD COLUMN public_url TEXT COLLATE "C";
ALTER TABLE texting_setup ADD COLUMN show_incoming BIGINT NOT NULL DEFAULT 1;
ALTER TABLE texting_setup ADD COLUMN answer_limit BIGINT NOT NULL DEFAULT 10;
ALTER TABLE texting_setup ADD COLUMN opt_out_limit BIGINT NOT NULL DEFAULT 20;
ALTER TABLE texting_setup ADD COLUMN opt_outs_from BIGINT NOT NULL DEFAULT 0;

-- Events may now be about a client, or about a text that came in.
ALTER TABLE event ALTER COLUMN case_id DROP NOT NULL;
ALTER TABLE event ALTER COLUMN message_id DROP NOT NULL;
ALTER TABLE event ADD COLUMN client_id UUID;
ALTER TABLE event ADD COLUMN incoming_id UUID;
ALTER TABLE event ADD FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id);
ALTER TABLE event ADD FOREIGN KEY (org_id, incoming_id) REFERENCES incoming (org_id, id);
CREATE INDEX event_by_time ON event (at);

-- Up to which event an organization's were tidied away.
CREATE TABLE event_tidied (
    org_id UUID NOT NULL PRIMARY KEY REFERENCES org (id),
    upto BIGINT NOT NULL
);
