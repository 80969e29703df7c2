//! Staff press "Send Message", and press it again with the same form until they are told that the text is saved.

use super::base::Base;
use super::office::{CLIENTS, Office, body_of, case};
use super::verdict::Pressed;
use super::world::World;
use crate::bench::http::Client;
use anyhow::{Context, Result, bail, ensure};
use std::time::{Duration, Instant};

/// So long after the last fault somebody still presses. Before it, servers may not live as long as an answer takes.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long somebody waits before the next press.
const AGAIN: Duration = Duration::from_millis(150);

/// One person writes to one client until faults end; what was pressed.
pub fn write(world: &World, office: &Office, person: u64) -> Vec<Pressed> {
    let staff = office.cookies.len() as u64;
    let cookies = &office.cookies[(person % staff) as usize];
    // A form belongs to one person and one case: no two that write here share both.
    let case = case(person / staff % CLIENTS);
    let mut pressed = Vec::new();
    for nth in 0_u64.. {
        world.wait(world.plan.thought(person, nth));
        if !world.is_rough() {
            break;
        }
        let body = format!("No. {nth} of person {person}: your hearing is on Thursday at 8:30 AM");
        pressed.push(press(world, cookies, &case, body));
    }
    pressed
}

/// One text before all faults, of which the database knows all when this is over.
pub fn begin(world: &World, base: &Base, office: &Office) -> Result<Pressed> {
    let body = "Before all faults".to_owned();
    let pressed = press(world, &office.cookies[0], &case(CLIENTS - 1), body);
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        let (booked, _) = base.books(world)?;
        if booked
            .iter()
            .all(|text| text.sid.is_some() && !text.in_outbox)
        {
            return Ok(pressed);
        }
        std::thread::sleep(AGAIN);
    }
    bail!("A text did not go out although all is well.")
}

fn press(world: &World, cookies: &[String], case: &str, body: String) -> Pressed {
    let (mut last_fault, mut key, mut confirmed) = (Instant::now(), None, false);
    while !confirmed && last_fault.elapsed() < PATIENCE && crate::interrupt::check().is_ok() {
        if world.is_rough() {
            last_fault = Instant::now();
        }
        match try_press(world, cookies, case, &body, &mut key) {
            Ok(told) => confirmed = told,
            Err(_) => world.hits.add("staff: no answer"),
        }
        if !confirmed {
            std::thread::sleep(AGAIN);
        }
    }
    Pressed { body, confirmed }
}

/// `true`: the browser was led to the box that says that the text is saved.
fn try_press(
    world: &World,
    cookies: &[String],
    case: &str,
    body: &str,
    key: &mut Option<String>,
) -> Result<bool> {
    let mut client = Client::connect(world.some_node())?;
    client.cookies = cookies.to_vec();
    let path = format!("/cases/{case}/text");
    let known = match key {
        Some(key) => key.clone(),
        None => {
            let page = client.get(&path, "identity")?;
            ensure!(page.status == 200, "the composer answered {}", page.status);
            let found = key_in(&String::from_utf8_lossy(&page.body));
            key.insert(found.context("no key in the form")?).clone()
        }
    };
    let form = [("key", known.as_str()), ("body", body), ("press", "send")];
    let answer = client.post_form(&path, &body_of(&form))?;
    let to = answer.header("location").unwrap_or_default();
    let told = answer.status == 303 && to.contains("sent=");
    if !told {
        let words = format!("staff: answered {}", answer.status);
        world.hits.add(&words);
    }
    Ok(told)
}

/// The value of the field `key`.
fn key_in(html: &str) -> Option<String> {
    let at = html.find("name=\"key\"")?;
    let from = html[..at].rfind('<')?;
    let tag = &html[from..];
    let tag = &tag[..tag.find('>')?];
    let value = tag.split_once("value=\"")?.1;
    value.split('"').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::key_in;

    #[test]
    fn the_forms_key_is_read_wherever_it_stands_in_its_tag() {
        let html = "<input name=\"author\" value=\"a\"><input type=\"hidden\" value=\"k1\" name=\"key\"><p>";
        assert_eq!(key_in(html).as_deref(), Some("k1"));
        assert_eq!(
            key_in("<input name=\"key\" value=\"k2\">").as_deref(),
            Some("k2")
        );
    }
}
