//! `oktext bench-seed`: a demo database with many clients and texts, for measuring.

use super::{demo_data, open};
use crate::{
    cli::{BenchSeed, Options, SeedState},
    key,
    settings::Settings,
};
use domain::{
    case_number::CaseNumber,
    ids::{CaseId, ClientId, FormKey, OrgId, StaffId, TextId},
    phone::Phone,
    search,
    status::Status,
};
use service::clock::{Clock, SystemClock};
use store::{
    Store, StoreError,
    rows::{ClientRecord, NewCase, NewText},
};
use uuid::Uuid;

/// Texts of one transaction.
const BATCH: u32 = 20_000;
/// Texts of one case.
const OF_A_CASE: u32 = 100;
const BODY: &str = "Your hearing is on Thursday, January 15 at 8:30 AM in Department 14. Come 30 minutes early. Cedar Valley";

/// Fills the database of `--data-dir`.
///
/// # Errors
/// In words.
pub async fn run(options: Options, seed: BenchSeed) -> Result<(), String> {
    let settings = Settings::load(&options)?;
    let store = open::store(&settings).await?;
    open::migrate(&store).await?;
    let service = open::service(&settings, store.clone(), true)?;
    demo_data::ensure(&service, &key::sealer(&settings)?, SystemClock.now()).await?;
    let org = store
        .orgs()
        .await
        .map_err(words)?
        .first()
        .ok_or("no organization")?
        .id;
    let staff = store
        .staff_by_email(demo_data::ADMINISTRATOR)
        .await
        .map_err(words)?
        .ok_or("no staff")?
        .id;
    let cases = clients(&store, org, seed.clients).await.map_err(words)?;
    texts(&store, org, staff, &cases, &seed)
        .await
        .map_err(words)?;
    println!("org: {org}");
    println!("case: {}", case_number(0));
    Ok(())
}

fn case_number(i: u32) -> String {
    format!("26-{i:07}")
}

fn phone(i: u32) -> Result<Phone, StoreError> {
    Phone::from_e164(&format!("+1661{:07}", 2_000_000 + i))
        .ok_or(StoreError::Url("a number".into()))
}

async fn clients(
    store: &Store,
    org: OrgId,
    count: u32,
) -> Result<Vec<(CaseId, ClientId)>, StoreError> {
    let first = [
        "Ana", "Bo", "Carmen", "Dmitri", "Esi", "Farah", "Gus", "Hana", "Ivan", "Joy",
    ];
    let last = [
        "Alvarez", "Brown", "Chen", "Diaz", "Evans", "Flores", "Garcia", "Hughes", "Ito", "Jones",
        "Kim",
    ];
    let mut cases = vec![];
    for from in (0..count).step_by(BATCH as usize) {
        let mut tx = store.begin(org).await?;
        for i in from..count.min(from + BATCH) {
            let name = format!(
                "{} {} {i}",
                first[(i % 10) as usize],
                last[(i / 10 % 11) as usize]
            );
            let at = SystemClock.now();
            let record = ClientRecord {
                id: ClientId(SystemClock.id()),
                name_key: search::fold(&name),
                name,
                phone: Some(phone(i)?),
                language: "en".into(),
                zone: "America/Los_Angeles".into(),
                okay_phone: Some(phone(i)?),
                okay_at: Some(at),
                okay_by: None,
                created_at: at,
                updated_at: at,
            };
            tx.insert_client(&record).await?;
            let (id, number) = (CaseId(SystemClock.id()), case_number(i));
            let read = CaseNumber::parse(&number).map_err(|_| StoreError::Url(number.clone()))?;
            let case = NewCase {
                id,
                client: record.id,
                number: &number,
                key: &read.key(),
                at,
            };
            tx.insert_case(&case).await?;
            tx.set_terms(
                record.id,
                &search::terms(&record.name, record.phone.as_ref(), &[read]),
            )
            .await?;
            cases.push((id, record.id));
        }
        tx.commit().await?;
    }
    Ok(cases)
}

async fn texts(
    store: &Store,
    org: OrgId,
    staff: StaffId,
    cases: &[(CaseId, ClientId)],
    seed: &BenchSeed,
) -> Result<(), StoreError> {
    let (now, count) = (SystemClock.now(), seed.texts);
    let phones: Vec<Phone> = (0..seed.clients).map(phone).collect::<Result<_, _>>()?;
    let status = match seed.state {
        SeedState::Delivered => Status::Delivered,
        SeedState::Queued => Status::Queued,
        SeedState::Waiting => Status::Waiting,
    };
    for from in (0..count).step_by(BATCH as usize) {
        let batch: Vec<NewText<'_>> = (from..count.min(from + BATCH))
            .map(|i| {
                let of = match seed.state {
                    SeedState::Waiting => i as usize % cases.len(),
                    _ => (i / OF_A_CASE) as usize % cases.len(),
                };
                let (case, client) = cases[of];
                NewText {
                    id: TextId(match seed.state {
                        SeedState::Queued => Uuid::from_u128(u128::from(i)),
                        _ => SystemClock.id(),
                    }),
                    case,
                    client,
                    staff,
                    key: FormKey(SystemClock.id()),
                    body: BODY,
                    to: &phones[of],
                    parts: 1,
                    encoding: "gsm7",
                    at: now - i64::from(count - i) * 1000,
                }
            })
            .collect();
        let mut tx = store.begin(org).await?;
        tx.bulk_insert_texts(&batch, status).await?;
        tx.commit().await?;
    }
    let mut tx = store.begin(org).await?;
    match seed.state {
        SeedState::Delivered | SeedState::Queued => tx.bulk_give_sids().await?,
        SeedState::Waiting => {
            tx.bulk_fill_outbox().await?;
            tx.save_pace(0).await?;
        }
    }
    tx.commit().await
}

fn words(error: StoreError) -> String {
    format!("The database refused: {error}")
}
