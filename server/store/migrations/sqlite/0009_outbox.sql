-- Twilio is asked about a text without a final word: when next, and how many times of the schedule are over.
ALTER TABLE message ADD COLUMN ask_at INTEGER;
ALTER TABLE message ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
UPDATE message SET ask_at = created_at + 60000 WHERE rank >= 10 AND rank < 100 AND sid IS NOT NULL;
CREATE INDEX message_to_ask ON message (ask_at) WHERE ask_at IS NOT NULL AND rank >= 10 AND rank < 100;

-- Unknown texts: from which number they were posted, when Twilio's list is looked at next, when it was last and what it
-- said, and since when staff are asked.
ALTER TABLE outbox ADD COLUMN from_phone TEXT;
ALTER TABLE outbox ADD COLUMN look_at INTEGER;
ALTER TABLE outbox ADD COLUMN looked_at INTEGER;
ALTER TABLE outbox ADD COLUMN list_said TEXT;
ALTER TABLE outbox ADD COLUMN staff_asked_at INTEGER;
-- Waiting texts: whose they are and how long they keep the line busy; turn: their place in it, fair between staff.
-- parked_at: taken up several times and never brought to an end, so nobody takes it up any more.
ALTER TABLE outbox ADD COLUMN staff_id BLOB;
ALTER TABLE outbox ADD COLUMN parts INTEGER NOT NULL DEFAULT 1;
ALTER TABLE outbox ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN parked_at INTEGER;
UPDATE outbox SET
    staff_id = (SELECT m.staff_id FROM message m WHERE m.org_id = outbox.org_id AND m.id = outbox.message_id),
    parts = (SELECT m.parts FROM message m WHERE m.org_id = outbox.org_id AND m.id = outbox.message_id);
CREATE INDEX outbox_by_turn ON outbox (org_id, turn, created_at, message_id);
CREATE INDEX outbox_of_staff ON outbox (org_id, staff_id, turn);
CREATE INDEX outbox_unclear ON outbox (posting_at) WHERE posting_at IS NOT NULL;

-- What each organization's sending is up to. pace: segments a second, 0: as fast as Twilio takes them.
-- stopped: why nothing goes until the account is right again. unclear: outcomes in a row of which nobody knows.
-- listed_to: incoming texts until then are known to be here.
CREATE TABLE sender (
    org_id       BLOB    NOT NULL PRIMARY KEY REFERENCES org (id),
    pace         INTEGER NOT NULL DEFAULT 1,
    free_at      INTEGER NOT NULL DEFAULT 0,
    turn         INTEGER NOT NULL DEFAULT 0,
    served_at    INTEGER NOT NULL DEFAULT 0,
    stopped      TEXT,
    stopped_at   INTEGER,
    check_at     INTEGER,
    paused_until INTEGER NOT NULL DEFAULT 0,
    too_many     INTEGER NOT NULL DEFAULT 0,
    unclear      INTEGER NOT NULL DEFAULT 0,
    listed_to    INTEGER,
    list_at      INTEGER
) STRICT;
INSERT INTO sender (org_id) SELECT id FROM org;
