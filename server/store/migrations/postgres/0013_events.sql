-- Events are notices that name something, and are gone after a while: a page that asks for what an event names and finds
-- nothing shows nothing. Each notice looked up, and locked, every row that it names.
ALTER TABLE event DROP CONSTRAINT event_org_id_case_id_fkey;
ALTER TABLE event DROP CONSTRAINT event_org_id_message_id_fkey;
ALTER TABLE event DROP CONSTRAINT event_org_id_client_id_fkey;
ALTER TABLE event DROP CONSTRAINT event_org_id_incoming_id_fkey;
