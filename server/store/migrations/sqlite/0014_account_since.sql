-- Since when the account is this one: what came to its number before is another program's. A new token does not move it.
ALTER TABLE texting_setup ADD COLUMN sid_since INTEGER;
UPDATE texting_setup SET sid_since = token_set_at WHERE account_sid IS NOT NULL;
