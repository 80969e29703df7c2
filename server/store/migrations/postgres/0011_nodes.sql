-- Wrong tries to sign in, of all servers together. who: SHA-256 of an address that is tried, or of a place that tries
-- come from; free_at: when all tries are allowed again.
CREATE TABLE sign_in_try (
    who BYTEA NOT NULL PRIMARY KEY,
    free_at BIGINT NOT NULL
);
CREATE INDEX sign_in_try_by_time ON sign_in_try (free_at);
