-- Events are notices that name something, and are gone after a while: a page that asks for what an event names and finds
-- nothing shows nothing. Each notice looked up every row that it names.
CREATE TABLE event_next (
    id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    org_id      BLOB    NOT NULL,
    case_id     BLOB,
    message_id  BLOB,
    client_id   BLOB,
    incoming_id BLOB,
    at          INTEGER NOT NULL
) STRICT;
INSERT INTO event_next (id, org_id, case_id, message_id, client_id, incoming_id, at)
SELECT id, org_id, case_id, message_id, client_id, incoming_id, at FROM event;
-- An id is never given out twice, also when the newest event was tidied away.
DELETE FROM sqlite_sequence WHERE name = 'event_next';
INSERT INTO sqlite_sequence (name, seq) SELECT 'event_next', seq FROM sqlite_sequence WHERE name = 'event';
DROP TABLE event;
ALTER TABLE event_next RENAME TO event;
CREATE INDEX event_of_org ON event (org_id, id);
CREATE INDEX event_by_time ON event (at);
