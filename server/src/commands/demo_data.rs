//! The demo's office: staff, clients, phrases, a connected account. All invented; 555-01xx numbers belong to nobody.

mod neighbor;

pub use domain::words::training::{ADMINISTRATOR, PASSWORD, STAFF};
use domain::{
    case_number::CaseNumber,
    client::{CaseForm, ClientForm},
    ids::{ClientId, FormKey, OrgId, StaffId, TextId},
    phone::Phone,
    problem::Problem,
    quick_entry::QuickEntryForm,
    role::{Actor, Role},
    segments,
    status::Status,
    words::problem::sentence,
};
use service::{
    Service,
    clock::{Clock, SystemClock},
    seal::Sealer,
};
use store::{
    StoreError,
    rows::{NewOrg, NewText, SetupRow},
};
use twilio_sim::{AccountKind, SimAccount, SimCapabilities, SimNumber, SimPhone};

pub const ACCOUNT_SID: &str = "ACd0c0a1b2c3d4e5f60718293a4b5c6d7e";
pub const AUTH_TOKEN: &str = "5f2b8c1d9e3a4760b1c2d3e4f5a69788";
pub const NUMBER: &str = "+16615550100";
const NUMBER_SID: &str = "PNa1b2c3d4e5f60718293a4b5c6d7e8f90";
/// Another number of the account, as yet without addresses.
const SPARE: (&str, &str) = ("PNb2c3d4e5f60718293a4b5c6d7e8f90a1", "+16615550101");
/// A number that can speak, but not text.
const VOICE_ONLY: (&str, &str) = ("PNc3d4e5f60718293a4b5c6d7e8f90a1b2", "+16615550102");
const OFFICE: &str = "Cedar Valley Legal Aid";
const ZONE: &str = "America/Los_Angeles";

/// A client of the demo: name, cell, okay to text, language, cases.
struct Sample(
    &'static str,
    &'static str,
    bool,
    &'static str,
    &'static [&'static str],
);

const CLIENTS: [Sample; 14] = [
    Sample(
        "Marisol Peña Guerrero",
        "+16615550142",
        true,
        "es",
        &["25-1040417"],
    ),
    Sample(
        "Elena Peña Guerrero",
        "+16615550142",
        true,
        "es",
        &["25-1036620"],
    ),
    Sample(
        "Terrence Boyd",
        "+16615550187",
        true,
        "en",
        &["25-1039862", "24-0988113"],
    ),
    Sample("Thuy Nguyen", "+16615550119", true, "en", &["25-1041205"]),
    Sample(
        "Aaliyah Johnson",
        "+16615550163",
        true,
        "en",
        &["25-1041377"],
    ),
    Sample("José Ramírez", "+16615550175", true, "es", &["25-1040981"]),
    Sample("José Ramírez", "+16615550128", true, "es", &["25-1041410"]),
    Sample(
        "Linda Kowalski",
        "+16615550196",
        false,
        "en",
        &["25-1037754"],
    ),
    Sample("Samuel Okafor", "", false, "en", &["25-1041466"]),
    Sample(
        "Wanda Switchedoff",
        "+16612000003",
        true,
        "en",
        &["25-1042003"],
    ),
    Sample(
        "Larry Landline",
        "+16612000006",
        true,
        "en",
        &["25-1042006"],
    ),
    Sample(
        "Bernice Blocked",
        "+16612000010",
        true,
        "en",
        &["25-1042010"],
    ),
    Sample("Priya Raman", "+16615550133", true, "en", &["25-1041502"]),
    Sample("Keoni Kahale", "+18085550154", true, "en", &["25-1041519"]),
];

const PHRASES: [(&str, &str); 6] = [
    (
        "Appointment reminder",
        "You have an appointment with [name] on [date] at [time]. Bring [documents]. Cedar Valley Legal Aid",
    ),
    (
        "Appointment reminder (Spanish)",
        "Su cita es el [fecha] a las [hora]. Traiga [documentos]. Cedar Valley Legal Aid",
    ),
    (
        "Hearing date",
        "Your hearing is on ____ at ____, Department ____. Come 30 minutes early. Cedar Valley Legal Aid",
    ),
    (
        "Please call us",
        "Please call us about your case at (661) 555-0100. Cedar Valley Legal Aid",
    ),
    (
        "Documents needed",
        "We still need [documents] by [date]. Cedar Valley Legal Aid",
    ),
    (
        "Thank you, received",
        "Thank you, we have received it. Cedar Valley Legal Aid",
    ),
];

const HISTORY: [(&str, i64, Status); 4] = [
    (
        "Hi Marisol, Ms. Ortiz has your papers. No need to come in today.",
        26 * 60,
        Status::Delivered,
    ),
    (
        "Your appointment is on Wed at 10:30 AM, not 10:00. Dana, Cedar Valley",
        3 * 24 * 60,
        Status::Undelivered,
    ),
    (
        "Please call us about your hearing.",
        6 * 24 * 60,
        Status::Sent,
    ),
    (
        "Thank you, we have received it. Cedar Valley Legal Aid",
        9 * 24 * 60,
        Status::Delivered,
    ),
];

/// Makes the demo's office if the database has none, and connects it to the pretend Twilio of this run.
///
/// # Errors
/// In words.
pub async fn ensure(service: &Service, sealer: &Sealer, now: i64) -> Result<Vec<SimPhone>, String> {
    let first = service
        .needs_first_admin()
        .await
        .map_err(|p| sentence(&p))?;
    if first {
        fill(service, now).await?;
    }
    let org = office(service, OFFICE).await?;
    let org = org.ok_or("This database is not a demo's.")?;
    connect(service, sealer, (org, &ours()), now)
        .await
        .map_err(failed)?;
    neighbor::ensure(service, sealer, now).await?;
    Ok(phones())
}

/// The organization of that name.
async fn office(service: &Service, name: &str) -> Result<Option<OrgId>, String> {
    let orgs = service.store().orgs().await.map_err(failed)?;
    Ok(orgs
        .into_iter()
        .find(|org| org.name == name)
        .map(|org| org.id))
}

/// The phones on the screen of the simulator.
pub fn phones() -> Vec<SimPhone> {
    let mut phones: Vec<SimPhone> = vec![];
    for Sample(name, number, ..) in CLIENTS.into_iter().chain(neighbor::CLIENTS) {
        match phones.iter_mut().find(|phone| phone.phone_number == number) {
            Some(shared) => shared.name = format!("{}, {name}", shared.name),
            None if number.is_empty() => {}
            None => phones.push(SimPhone {
                phone_number: number.into(),
                name: name.into(),
            }),
        }
    }
    phones
}

/// The pretend accounts, each with one number.
pub fn accounts(number: &SimNumber) -> Vec<SimAccount> {
    let account = |twilio: &AtTwilio| SimAccount {
        sid: twilio.sid.into(),
        auth_token: twilio.token.into(),
        friendly_name: twilio.name.into(),
        kind: AccountKind::Full,
        status: "active".into(),
        numbers: vec![SimNumber {
            sid: twilio.number_sid.into(),
            phone_number: twilio.number.into(),
            ..number.clone()
        }],
        ..SimAccount::default()
    };
    let mut ours = account(&ours());
    ours.numbers
        .extend([beside(SPARE, true), beside(VOICE_ONLY, false)]);
    vec![ours, account(&neighbor::theirs())]
}

/// A number of the account that nobody uses: one to spare, and one that can't text.
fn beside((sid, phone_number): (&str, &str), sms: bool) -> SimNumber {
    SimNumber {
        sid: sid.into(),
        phone_number: phone_number.into(),
        capabilities: SimCapabilities {
            sms,
            mms: sms,
            voice: true,
        },
        ..SimNumber::default()
    }
}

/// What an office has at the pretend Twilio, and what its clients hear back.
struct AtTwilio {
    name: &'static str,
    sid: &'static str,
    token: &'static str,
    number: &'static str,
    number_sid: &'static str,
    text_response: &'static str,
    call_response: &'static str,
}

fn ours() -> AtTwilio {
    AtTwilio {
        name: OFFICE,
        sid: ACCOUNT_SID,
        token: AUTH_TOKEN,
        number: NUMBER,
        number_sid: NUMBER_SID,
        text_response: "This number is not read. Call Cedar Valley Legal Aid at (661) 555-0100.",
        call_response: "You have reached the texting line of Cedar Valley Legal Aid. Our office number is 6 6 1, 5 5 5, 0 1 0 0.",
    }
}

async fn fill(service: &Service, now: i64) -> Result<(), String> {
    let org = OrgId(SystemClock.id());
    let office = NewOrg {
        id: org,
        name: OFFICE,
        slug: "cedar-valley",
        zone: ZONE,
        at: now,
    };
    service.store().create_org(&office).await.map_err(failed)?;
    let words = |problem: Problem| sentence(&problem);
    let people = [
        ("Dana Whitfield", ADMINISTRATOR, Role::Administrator),
        ("Luis Ortiz", STAFF, Role::Staff),
    ];
    let mut dana = None;
    for (name, email, role) in people {
        let staff = service
            .add_staff(org, name, email, role, PASSWORD.into())
            .await
            .map_err(words)?;
        dana = dana.or(Some(staff));
    }
    let dana = dana.ok_or("nobody was added")?;
    let actor = as_actor(org, dana);
    for (name, body) in PHRASES {
        let form = QuickEntryForm {
            name: name.into(),
            body: body.into(),
            press: "save".into(),
            ..QuickEntryForm::default()
        };
        service
            .save_quick_entry(&actor, form)
            .await
            .map_err(words)?;
    }
    let mut first = None;
    for sample in CLIENTS {
        let id = add_client(service, &actor, &sample).await.map_err(words)?;
        first = first.or(Some(id));
    }
    let marisol = first.ok_or("nobody was added")?;
    history(service, &actor, marisol, now).await
}

/// What the demo's administrator does, she does as herself.
fn as_actor(org: OrgId, staff: StaffId) -> Actor {
    Actor {
        staff,
        org,
        role: Role::Administrator,
        name: String::new(),
        email: ADMINISTRATOR.into(),
        office: OFFICE.into(),
        zone: ZONE.into(),
        theme: None,
    }
}

async fn add_client(
    service: &Service,
    actor: &Actor,
    sample: &Sample,
) -> Result<ClientId, Problem> {
    let Sample(name, cell, okay, language, cases) = sample;
    let zone = if cell.starts_with("+1808") {
        "Pacific/Honolulu"
    } else {
        ZONE
    };
    let form = ClientForm {
        name: (*name).into(),
        cell: (*cell).into(),
        okay: okay.then(|| "on".into()),
        language: (*language).into(),
        zone: zone.into(),
        case_number: cases.first().copied().unwrap_or_default().into(),
        ..ClientForm::default()
    };
    let id = service.save_client(actor, None, form).await?;
    for case in cases.iter().skip(1) {
        service
            .add_case(
                actor,
                id,
                CaseForm {
                    case_number: (*case).into(),
                },
            )
            .await?;
    }
    Ok(id)
}

/// A few texts of the past days, so that the pages are not empty.
async fn history(
    service: &Service,
    actor: &Actor,
    client: ClientId,
    now: i64,
) -> Result<(), String> {
    let Sample(_, number, _, _, cases) = &CLIENTS[0];
    let to = Phone::from_e164(number).ok_or("a sample number")?;
    let key = CaseNumber::parse(cases[0])
        .map_err(|_| "a sample case")?
        .key();
    let mut tx = service.store().begin(actor.org).await.map_err(failed)?;
    let case = tx
        .case_file(&key)
        .await
        .map_err(failed)?
        .ok_or("a sample case")?
        .case
        .id;
    for (body, minutes, status) in HISTORY {
        let text = NewText {
            id: TextId(SystemClock.id()),
            case,
            client,
            staff: actor.staff,
            key: FormKey(SystemClock.id()),
            body,
            to: &to,
            parts: i64::from(segments::measure(body).parts),
            encoding: "gsm7",
            at: now - minutes * 60_000,
        };
        tx.bulk_insert_texts(&[text], status)
            .await
            .map_err(failed)?;
        if status == Status::Undelivered {
            tx.keep_error(text.id, 30003).await.map_err(failed)?;
        }
    }
    tx.commit().await.map_err(failed)
}

/// Texting Setup, as if the administrator had typed it in: the address of this run changes with its port.
async fn connect(
    service: &Service,
    sealer: &Sealer,
    (org, twilio): (OrgId, &AtTwilio),
    now: i64,
) -> Result<(), StoreError> {
    let mut tx = service.store().begin(org).await?;
    let before = tx.setup().await?;
    let row = SetupRow {
        number: Phone::from_e164(twilio.number),
        account_sid: Some(twilio.sid.into()),
        sealed_token: Some(sealer.seal(twilio.token, org.0.as_bytes())),
        token_set_at: Some(now),
        status_callback: service.config().addresses().status,
        text_response: twilio.text_response.into(),
        call_response: twilio.call_response.into(),
        max_parts: before.as_ref().map_or(2, |row| row.max_parts),
        checked_at: None,
        check_json: None,
    };
    tx.save_setup(&row).await?;
    tx.commit().await
}

fn failed(error: StoreError) -> String {
    format!("The demo's data cannot be written: {error}")
}
