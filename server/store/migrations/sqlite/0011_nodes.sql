-- Wrong tries to sign in, of all servers together. who: SHA-256 of an address that is tried, or of a place that tries
-- come from; free_at: when all tries are allowed again.
CREATE TABLE sign_in_try (
    who     BLOB    NOT NULL PRIMARY KEY,
    free_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_try_by_time ON sign_in_try (free_at);
