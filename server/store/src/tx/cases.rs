//! Cases.

use super::json_ids;
use crate::{
    CaseRow, NewCase, Result, StoreError, Tx,
    link::{execute, optional, rows},
    sql::sql,
};
use domain::ids::{CaseId, ClientId};
use uuid::Uuid;

sql! {
    INSERT_CASE = same(
        "INSERT INTO case_file (org_id, id, client_id, number, number_key, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (org_id, number_key) DO NOTHING"
    );
    CLIENT_OF_CASE = same("SELECT client_id FROM case_file WHERE org_id = $1 AND id = $2");
    CASES_OF = same(
        "SELECT c.id, c.client_id, c.number,
                (SELECT count(*) FROM message m WHERE m.org_id = c.org_id AND m.case_id = c.id) AS texts
         FROM case_file c WHERE c.org_id = $1 AND c.client_id = $2 ORDER BY c.created_at, c.id"
    );
    CASES_OF_CLIENTS = two(
        "SELECT client_id, number FROM case_file
         WHERE org_id = $1 AND client_id IN (SELECT unhex(value) FROM json_each($2))
         ORDER BY client_id, created_at, id",
        "SELECT client_id, number FROM case_file
         WHERE org_id = $1 AND client_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))
         ORDER BY client_id, created_at, id",
    );
}

impl Tx {
    /// Adds a case.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the number belongs to a case already; the transaction can go on.
    pub async fn insert_case(&mut self, case: &NewCase<'_>) -> Result<()> {
        let (id, client) = (case.id.0, case.client.0);
        match execute!(
            self.conn,
            INSERT_CASE,
            self.org.0,
            id,
            client,
            case.number,
            case.key,
            case.at
        ) {
            0 => Err(StoreError::Taken),
            _ => Ok(()),
        }
    }

    /// Whose case it is.
    pub async fn client_of_case(&mut self, case: CaseId) -> Result<Option<ClientId>> {
        let row: Option<(Uuid,)> = optional!(self.conn, CLIENT_OF_CASE, self.org.0, case.0);
        Ok(row.map(|(client,)| ClientId(client)))
    }

    /// The cases of a client, the oldest first, with how many texts each has.
    pub async fn cases_of(&mut self, client: ClientId) -> Result<Vec<(CaseRow, i64)>> {
        let rows: Vec<(Uuid, Uuid, String, i64)> = rows!(self.conn, CASES_OF, self.org.0, client.0);
        let read = |(id, client, number, texts)| {
            (
                CaseRow {
                    id: CaseId(id),
                    client: ClientId(client),
                    number,
                },
                texts,
            )
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// The numbers of the cases of these clients.
    pub async fn cases_of_clients(
        &mut self,
        clients: &[ClientId],
    ) -> Result<Vec<(ClientId, String)>> {
        let ids = json_ids(clients.iter().map(|client| client.0));
        let rows: Vec<(Uuid, String)> = rows!(self.conn, CASES_OF_CLIENTS, self.org.0, ids);
        Ok(rows
            .into_iter()
            .map(|(client, number)| (ClientId(client), number))
            .collect())
    }
}
