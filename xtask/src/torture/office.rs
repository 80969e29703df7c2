//! The office of a run: its account, its staff, its clients, all by the program's own forms and commands.

use super::base::Base;
use super::nodes::{Node, command};
use super::oracle::tell;
use super::power_cut;
use super::world::World;
use crate::bench::http::{Client, form_value};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::io::Write;
use std::process::Stdio;

/// Members of staff; each texts from several cases at once.
const STAFF: usize = 4;
/// Clients, each with a case and a phone.
pub const CLIENTS: u64 = 16;
const LAST: u64 = CLIENTS - 1;
const ADA: &str = "ada@harbor.example";
const PASSWORD: &str = "a long enough password";

/// The cookies of everybody of staff.
pub struct Office {
    pub cookies: Vec<Vec<String>>,
}

/// The case of a client.
pub fn case(client: u64) -> String {
    format!("26-{client}")
}

/// The phone of a client.
pub fn phone(client: u64) -> String {
    format!("+1661327{:04}", 2_000 + client)
}

/// Founds the office at the first server, which told the token of the first administrator.
pub fn found(world: &World, base: &Base, node: &Node, public: &str) -> Result<Office> {
    let token = node.said.last().context("no invitation was told")?;
    let mut ada = Client::connect(&world.nodes[0])?;
    let first = [
        ("setup_token", token.as_str()),
        ("office", "Harbor Legal Aid"),
        ("name", "Ada"),
        ("email", ADA),
        ("password", PASSWORD),
        ("zone", "America/New_York"),
    ];
    fill_in(&mut ada, "/first", &first)?;
    set_up_texting(world, &mut ada, public)?;
    for client in 0..CLIENTS {
        let (name, cell, case) = (format!("Client {client}"), phone(client), case(client));
        let form = [
            ("name", name.as_str()),
            ("cell", &cell),
            ("okay", "on"),
            ("language", "en"),
            ("case_number", &case),
        ];
        fill_in(&mut ada, "/clients/new", &form)?;
        // The last one is for the text before all faults.
        let fate = match client {
            LAST => "delivered",
            _ => world.plan.fate(client),
        };
        let fate = json!({ "phone_number": cell, "fate": fate });
        tell(world, "fate", &fate)?;
    }
    let mut cookies = vec![ada.cookies];
    for n in 1..STAFF {
        cookies.push(add_staff(world, base, n)?);
    }
    Ok(Office { cookies })
}

fn set_up_texting(world: &World, ada: &mut Client, public: &str) -> Result<()> {
    let reports = format!("http://{public}/twilio/status");
    let account = [("sid", world.account.as_str()), ("token", &world.token)];
    let responses = [
        ("text_response", "Call us."),
        ("call_response", "Call us."),
        ("call_voice", "Polly.Joanna/en-US"),
        ("second_voice", "Polly.Lupe/es-US"),
        ("max_parts", "1"),
        ("pace", "0"),
    ];
    fill_in(ada, "/admin/texting/account", &account)?;
    fill_in(ada, "/admin/texting/number", &[("number", &world.number)])?;
    fill_in(ada, "/admin/texting/responses", &responses)?;
    let address = [("status_callback", reports.as_str())];
    fill_in(ada, "/admin/texting/address", &address)?;
    let sms = format!("http://{public}/twilio/text");
    let number = json!({ "phone_number": world.number, "sms_url": sms });
    tell(world, "number", &number).map(|_| ())
}

fn add_staff(world: &World, base: &Base, n: usize) -> Result<Vec<String>> {
    let email = format!("staff{n}@harbor.example");
    let mut command = command(&world.program, &world.folder);
    command
        .args(["user", "add", &email, "--name", &format!("Staff {n}")])
        .env("OKTEXT_DATABASE_URL", base.url())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    power_cut::load(world, &mut command);
    let mut child = crate::run::spawn(&mut command)?;
    let mut input = child.stdin.take().context("no input")?;
    input.write_all(format!("{PASSWORD}\n").as_bytes())?;
    drop(input);
    ensure!(child.wait()?.success(), "{email} could not be added.");
    let mut client = Client::connect(&world.nodes[0])?;
    fill_in(
        &mut client,
        "/login",
        &[("email", &email), ("password", PASSWORD)],
    )?;
    Ok(client.cookies)
}

/// Signs the administrator in.
pub fn sign_in(client: &mut Client) -> Result<()> {
    fill_in(client, "/login", &[("email", ADA), ("password", PASSWORD)])
}

/// Posts a form that must be taken, by somebody who is signed in.
pub fn fill_in(client: &mut Client, path: &str, form: &[(&str, &str)]) -> Result<()> {
    let answer = client.post_form(path, &body_of(form))?;
    let said = String::from_utf8_lossy(&answer.body);
    ensure!(
        answer.status == 303,
        "{path} answered {}: {said:.300}",
        answer.status
    );
    let leads_to = answer.header("location").unwrap_or_default();
    ensure!(
        !leads_to.starts_with("/login"),
        "{path} asks for a new session."
    );
    Ok(())
}

/// A form as browsers send it.
pub fn body_of(form: &[(&str, &str)]) -> String {
    let pairs = form
        .iter()
        .map(|(name, value)| format!("{name}={}", form_value(value)));
    pairs.collect::<Vec<_>>().join("&")
}
