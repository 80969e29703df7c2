-- Why an organization's queue stands still. until: when that is over by itself, or when one text may try; nothing: not by
-- itself. ask_at: when Twilio is asked whether the account is right again. times: how many times in a row.
CREATE TABLE halt (
    org_id BLOB    NOT NULL REFERENCES org (id),
    reason TEXT    NOT NULL,
    since  INTEGER NOT NULL,
    until  INTEGER,
    ask_at INTEGER,
    times  INTEGER NOT NULL,
    PRIMARY KEY (org_id, reason)
) STRICT;

-- How many times in a row taking a waiting text out went wrong by a fault of ours.
ALTER TABLE outbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
