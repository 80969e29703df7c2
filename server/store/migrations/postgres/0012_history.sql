-- Whose history the queue was sent by: which system of PostgreSQL, and which timeline of it. One row. A standby that was
-- promoted has another timeline, a restored backup another system or timeline, and either may lack what was done last:
-- until Twilio's lists were compared nothing is claimed (store/src/whole/failover.rs). SQLite has no standby.
CREATE TABLE history (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    name TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL
);

-- Of the log that is being written: the control file names the timeline of the last checkpoint, which comes later. Where
-- a server does not tell, it is always the same.
CREATE FUNCTION oktext_history() RETURNS TEXT LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT system_identifier FROM pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8);
EXCEPTION WHEN feature_not_supported OR insufficient_privilege OR undefined_function THEN
    RETURN 'unknown';
END $$;

INSERT INTO history (id, name, since)
VALUES (1, oktext_history(), CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT));
