//! Clients. Finding them stands in `search`.

use crate::{
    ClientRecord, Result, Tx,
    link::{execute, one, optional, rows},
    rows::RawClient,
    sql::sql,
};
use domain::{ids::ClientId, phone::Phone};

sql! {
    INSERT_CLIENT = same(
        "INSERT INTO client (org_id, id, name, name_key, phone, language, zone, okay_phone, okay_at, okay_by,
                             created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    );
    UPDATE_CLIENT = same(
        "UPDATE client SET name = $3, name_key = $4, phone = $5, language = $6, zone = $7, okay_phone = $8,
                           okay_at = $9, okay_by = $10, updated_at = $11
         WHERE org_id = $1 AND id = $2"
    );
    CLIENT = same(
        "SELECT id, name, name_key, phone, language, zone, okay_phone, okay_at, okay_by, created_at, updated_at
         FROM client WHERE org_id = $1 AND id = $2"
    );
    TEXTED = same("UPDATE client SET last_text_at = $3 WHERE org_id = $1 AND id = $2 AND last_text_at < $3");
    CLIENTS_WITH_PHONE = same(
        "SELECT name FROM client WHERE org_id = $1 AND phone = $2 AND id <> $3 ORDER BY name_key, id LIMIT 20"
    );
    ANY_CLIENT = same("SELECT count(*) FROM (SELECT 1 FROM client WHERE org_id = $1 LIMIT 1) AS first");
    DELETE_TERMS = same("DELETE FROM client_term WHERE org_id = $1 AND client_id = $2");
    INSERT_TERMS = two(
        "INSERT INTO client_term (org_id, client_id, term) SELECT DISTINCT $1, $2, value FROM json_each($3)",
        "INSERT INTO client_term (org_id, client_id, term)
         SELECT DISTINCT CAST($1 AS UUID), CAST($2 AS UUID), value FROM json_array_elements_text(CAST($3 AS JSON))",
    );
}

impl Tx {
    /// Adds a client.
    pub async fn insert_client(&mut self, client: &ClientRecord) -> Result<()> {
        let c = client;
        let (phone, okay_phone) = (
            c.phone.as_ref().map(Phone::as_str),
            c.okay_phone.as_ref().map(Phone::as_str),
        );
        execute!(
            self.conn,
            INSERT_CLIENT,
            self.org.0,
            c.id.0,
            &c.name,
            &c.name_key,
            phone,
            &c.language,
            &c.zone,
            okay_phone,
            c.okay_at,
            c.okay_by.map(|staff| staff.0),
            c.created_at,
            c.updated_at
        );
        Ok(())
    }

    /// Replaces what is stored of a client, except when it was created. Answers whether the client is there.
    pub async fn update_client(&mut self, client: &ClientRecord) -> Result<bool> {
        let c = client;
        let (phone, okay_phone) = (
            c.phone.as_ref().map(Phone::as_str),
            c.okay_phone.as_ref().map(Phone::as_str),
        );
        let changed = execute!(
            self.conn,
            UPDATE_CLIENT,
            self.org.0,
            c.id.0,
            &c.name,
            &c.name_key,
            phone,
            &c.language,
            &c.zone,
            okay_phone,
            c.okay_at,
            c.okay_by.map(|staff| staff.0),
            c.updated_at
        );
        Ok(changed == 1)
    }

    /// The client.
    pub async fn client(&mut self, id: ClientId) -> Result<Option<ClientRecord>> {
        let row: Option<RawClient> = optional!(self.conn, CLIENT, self.org.0, id.0);
        row.map(RawClient::read).transpose()
    }

    /// Replaces the words under which a client is found.
    pub async fn set_terms(&mut self, client: ClientId, terms: &[String]) -> Result<()> {
        let terms = serde_json::Value::from(terms).to_string();
        execute!(self.conn, DELETE_TERMS, self.org.0, client.0);
        execute!(self.conn, INSERT_TERMS, self.org.0, client.0, terms);
        Ok(())
    }

    /// A text of this client was written: they move up in the list that begins with the newest.
    pub async fn texted(&mut self, client: ClientId, at: i64) -> Result<()> {
        execute!(self.conn, TEXTED, self.org.0, client.0, at);
        Ok(())
    }

    /// The names of other clients with this number, at most twenty.
    pub async fn clients_with_phone(
        &mut self,
        phone: &Phone,
        except: ClientId,
    ) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = rows!(
            self.conn,
            CLIENTS_WITH_PHONE,
            self.org.0,
            phone.as_str(),
            except.0
        );
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }

    /// Whether the organization has a client at all.
    pub async fn any_client(&mut self) -> Result<bool> {
        let (count,): (i64,) = one!(self.conn, ANY_CLIENT, self.org.0);
        Ok(count > 0)
    }
}
