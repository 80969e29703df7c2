-- What clients wrote. The Sid makes a repeated webhook harmless: the same text has the same answer for ever.
-- from_phone and to_phone are E.164 where they are phones; a short code stands as it came.
CREATE TABLE incoming (
    org_id      BLOB    NOT NULL REFERENCES org (id),
    id          BLOB    NOT NULL,
    sid         TEXT    NOT NULL,
    from_phone  TEXT    NOT NULL,
    to_phone    TEXT    NOT NULL,
    body        TEXT    NOT NULL CHECK (instr(body, char(0)) = 0),
    -- The bytes as they came, where body had to show them otherwise.
    raw         BLOB,
    media_count INTEGER NOT NULL,
    -- Their addresses and types as JSON. Nothing is fetched.
    media       TEXT    NOT NULL,
    opt_out     TEXT,
    kind        TEXT    NOT NULL,
    answer      TEXT,
    silence     TEXT,
    late        INTEGER NOT NULL,
    -- How many clients had the number when it came; see incoming_client.
    clients     INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (org_id, id)
) STRICT;
CREATE UNIQUE INDEX incoming_by_sid ON incoming (org_id, sid);
CREATE INDEX incoming_of_phone ON incoming (org_id, from_phone, at, id);
CREATE INDEX incoming_unmatched ON incoming (org_id, at, id) WHERE clients = 0;

-- Whose number it was when the text came: a number that is given to somebody else later takes no text along.
CREATE TABLE incoming_client (
    org_id      BLOB    NOT NULL,
    incoming_id BLOB    NOT NULL,
    client_id   BLOB    NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (org_id, incoming_id, client_id),
    FOREIGN KEY (org_id, incoming_id) REFERENCES incoming (org_id, id),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id)
) STRICT;
CREATE INDEX incoming_of_client ON incoming_client (org_id, client_id, at, incoming_id);

-- The carrier's block: stands until it is lifted. held: many came at once, and the administrator has not decided.
CREATE TABLE block (
    org_id      BLOB    NOT NULL REFERENCES org (id),
    id          BLOB    NOT NULL,
    phone       TEXT    NOT NULL,
    since       INTEGER NOT NULL,
    because     TEXT    NOT NULL,
    words       TEXT    NOT NULL CHECK (instr(words, char(0)) = 0),
    held        INTEGER NOT NULL,
    lifted_at   INTEGER,
    lifted_by   TEXT,
    PRIMARY KEY (org_id, id)
) STRICT;
CREATE UNIQUE INDEX block_standing ON block (org_id, phone) WHERE lifted_at IS NULL;
CREATE INDEX block_of_phone ON block (org_id, phone, lifted_at);
CREATE INDEX block_by_time ON block (org_id, since);

-- A withdrawal in other words: sending to the number is paused until somebody has read it.
CREATE TABLE review (
    org_id      BLOB    NOT NULL REFERENCES org (id),
    id          BLOB    NOT NULL,
    phone       TEXT    NOT NULL,
    incoming_id BLOB    NOT NULL,
    rule        TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    -- The last day, YYYY-MM-DD in the organization's time zone.
    due_on      TEXT    NOT NULL,
    decided_at  INTEGER,
    decided_by  BLOB,
    decision    TEXT,
    note        TEXT    CHECK (instr(note, char(0)) = 0),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, incoming_id) REFERENCES incoming (org_id, id),
    FOREIGN KEY (org_id, decided_by) REFERENCES staff (org_id, id)
) STRICT;
CREATE UNIQUE INDEX review_open ON review (org_id, phone) WHERE decided_at IS NULL;
CREATE INDEX review_by_decision ON review (org_id, decided_at, id);

-- Where permission came from, in which words, and which block took it away.
ALTER TABLE consent ADD COLUMN source TEXT;
ALTER TABLE consent ADD COLUMN note TEXT;
ALTER TABLE consent ADD COLUMN words TEXT;
ALTER TABLE consent ADD COLUMN block_id BLOB;

-- public_url: where Twilio reaches this organization, if not where it reaches the program.
-- opt_outs_from: error codes before this moment are dealt with, and count no more towards the limit.
ALTER TABLE texting_setup ADD COLUMN public_url TEXT;
ALTER TABLE texting_setup ADD COLUMN show_incoming INTEGER NOT NULL DEFAULT 1;
ALTER TABLE texting_setup ADD COLUMN answer_limit INTEGER NOT NULL DEFAULT 10;
ALTER TABLE texting_setup ADD COLUMN opt_out_limit INTEGER NOT NULL DEFAULT 20;
ALTER TABLE texting_setup ADD COLUMN opt_outs_from INTEGER NOT NULL DEFAULT 0;

-- Events may now be about a client, or about a text that came in.
CREATE TABLE event_next (
    id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    org_id      BLOB    NOT NULL,
    case_id     BLOB,
    message_id  BLOB,
    client_id   BLOB,
    incoming_id BLOB,
    at          INTEGER NOT NULL,
    FOREIGN KEY (org_id, case_id) REFERENCES case_file (org_id, id),
    FOREIGN KEY (org_id, message_id) REFERENCES message (org_id, id),
    FOREIGN KEY (org_id, client_id) REFERENCES client (org_id, id),
    FOREIGN KEY (org_id, incoming_id) REFERENCES incoming (org_id, id)
) STRICT;
INSERT INTO event_next (id, org_id, case_id, message_id, at) SELECT id, org_id, case_id, message_id, at FROM event;
-- An id is never given out twice, also when the newest event was tidied away.
DELETE FROM sqlite_sequence WHERE name = 'event_next';
INSERT INTO sqlite_sequence (name, seq) SELECT 'event_next', seq FROM sqlite_sequence WHERE name = 'event';
DROP TABLE event;
ALTER TABLE event_next RENAME TO event;
CREATE INDEX event_of_org ON event (org_id, id);
CREATE INDEX event_by_time ON event (at);

-- Up to which event an organization's were tidied away.
CREATE TABLE event_tidied (
    org_id BLOB    NOT NULL PRIMARY KEY REFERENCES org (id),
    upto   INTEGER NOT NULL
) STRICT;
