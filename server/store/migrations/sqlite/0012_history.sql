-- For PostgreSQL, whose standby may lack what was done last. Here nobody writes it.
CREATE TABLE history (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    name  TEXT    NOT NULL,
    since INTEGER NOT NULL
) STRICT;
