//! The program under measurement, in a folder of its own.

use super::http::{Client, form_value};
use crate::interrupt::Watched;
use crate::postgres::free_port;
use crate::run;
use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running demo; dropped, it ends.
pub struct Demo {
    child: Child,
    address: String,
    sign_in: String,
    twilio: String,
    /// From the start of the process to the first page answered.
    pub first_answer: Duration,
    _watched: Watched,
}

/// Stores many texts in the folder's database; the number of a case with at least a page of them.
pub fn seed(program: &Path, folder: &Path, texts: u64) -> Result<Option<String>> {
    let mut command = Command::new(program);
    command
        .args(["bench-seed", "--texts", &texts.to_string(), "--data-dir"])
        .arg(folder);
    let said = run::output(&mut command)?;
    Ok(said
        .lines()
        .find_map(|line| line.strip_prefix("case: "))
        .map(str::to_owned))
}

impl Demo {
    /// Starts the program, on one core where a number is given, and waits until it answers.
    pub fn start(program: &Path, folder: &Path, core: Option<u32>) -> Result<Self> {
        let address = format!("127.0.0.1:{}", free_port()?);
        let mut command = on_core(program, core);
        command
            .args(["demo", "--listen", &address, "--data-dir"])
            .arg(folder)
            .stdout(Stdio::piped());
        let start = Instant::now();
        let mut child = run::spawn(&mut command)?;
        let watched = Watched::new(child.id());
        let stdout = child.stdout.take();
        let first_answer = Duration::ZERO;
        let mut demo = Demo {
            child,
            address,
            sign_in: String::new(),
            twilio: String::new(),
            first_answer,
            _watched: watched,
        };
        demo.first_answer = demo.wait_for_answer(start)?;
        (demo.sign_in, demo.twilio) = told_lines(BufReader::new(stdout.context("no output")?))?;
        Ok(demo)
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// SID and token of its pretend account.
    pub fn twilio(&self) -> Result<(&str, &str)> {
        let mut words = self.twilio.split(' ');
        let told = words.next().zip(words.next());
        told.context("The demo told no account.")
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    fn wait_for_answer(&mut self, start: Instant) -> Result<Duration> {
        while start.elapsed() < Duration::from_secs(60) {
            let answer =
                Client::connect(&self.address).and_then(|mut client| client.get("/login", "br"));
            if answer.is_ok_and(|answer| answer.status == 200) {
                return Ok(start.elapsed());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("The demo ended before it answered ({status}).");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        bail!("The demo didn't answer within a minute.")
    }

    /// Signs in by the form; a connection with the session, and the number of the first case listed.
    pub fn sign_in(&self) -> Result<(Client, String)> {
        let mut client = Client::connect(&self.address)?;
        let form = client.get("/login", "identity")?;
        let action =
            form_action(&String::from_utf8_lossy(&form.body)).unwrap_or("/login".to_owned());
        let (email, password) = self
            .sign_in
            .split_once(' ')
            .context("The demo told no sign-in.")?;
        let body = format!(
            "email={}&password={}",
            form_value(email),
            form_value(password)
        );
        let answer = client.post_form(&action, &body)?;
        ensure!(
            !client.cookies.is_empty(),
            "Signing in gave no session (status {}).",
            answer.status
        );
        let list = client.get("/", "identity")?;
        let case = first_case(&String::from_utf8_lossy(&list.body));
        Ok((client, case.context("The list of clients shows no case.")?))
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        run::stop(&mut self.child);
    }
}

pub fn on_core(program: &Path, core: Option<u32>) -> Command {
    let Some(core) = core else {
        return Command::new(program);
    };
    let mut command = Command::new("taskset");
    command.args(["-c", &core.to_string()]).arg(program);
    command
}

/// Who can sign in, and the pretend account, as the demo tells them before it is ready.
fn told_lines(mut stdout: impl BufRead + Send + 'static) -> Result<(String, String)> {
    let mut line = String::new();
    let (mut sign_in, mut twilio) = (String::new(), String::new());
    while !line.starts_with("ready ") {
        line.clear();
        ensure!(
            stdout.read_line(&mut line)? > 0,
            "The demo printed no line that says ready."
        );
        if let Some(told) = line.strip_prefix("sign in: ") {
            sign_in = told.trim_end().to_owned();
        }
        if let Some(told) = line.strip_prefix("twilio: ") {
            told.trim_end().clone_into(&mut twilio);
        }
    }
    std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
    Ok((sign_in, twilio))
}

/// Where the form with the password goes.
fn form_action(html: &str) -> Option<String> {
    let form = html
        .split("<form")
        .skip(1)
        .find(|form| form.contains("name=\"password\""))?;
    between(form, "action=\"", "\"").map(|action| action.replace("&amp;", "&"))
}

fn first_case(html: &str) -> Option<String> {
    let rest = html.split("href=\"/cases/").nth(1)?;
    rest.split(['"', '/', '?']).next().map(str::to_owned)
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?
        .1
        .split_once(to)
        .map(|(found, _)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_with_the_password_is_the_one_that_signs_in() {
        let html = "<form action=\"/search\"></form><form method=\"post\" action=\"/api/sign_in\">\
                    <input name=\"password\"></form>";
        assert_eq!(form_action(html).as_deref(), Some("/api/sign_in"));
    }

    #[test]
    fn the_first_case_is_read_off_its_link() {
        let html = "<a href=\"/cases/17-0123456/text\">Send Text</a><a href=\"/cases/2\">2</a>";
        assert_eq!(first_case(html).as_deref(), Some("17-0123456"));
    }
}
