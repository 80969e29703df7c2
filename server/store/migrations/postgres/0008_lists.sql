-- When this client's last text was written; 0: never. For lists that begin with whom one wrote to last.
ALTER TABLE client ADD COLUMN last_text_at BIGINT NOT NULL DEFAULT 0;
UPDATE client SET last_text_at = COALESCE((
    SELECT max(m.created_at) FROM case_file f JOIN message m ON m.org_id = f.org_id AND m.case_id = f.id
    WHERE f.org_id = client.org_id AND f.client_id = client.id), 0);
CREATE INDEX client_by_last_text ON client (org_id, last_text_at, id);

-- The lists of those who may be texted and of those who may not.
CREATE INDEX client_okay_by_name ON client (org_id, COALESCE(phone = okay_phone, FALSE), name_key, id);
CREATE INDEX client_okay_by_last_text ON client (org_id, COALESCE(phone = okay_phone, FALSE), last_text_at, id);
