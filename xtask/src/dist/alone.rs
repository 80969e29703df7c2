//! The finished program without anything beside it: its first page and what that loads, out of the one file.

use crate::bench::http::{Answer, Client};
use crate::bench::page::files_named_in;
use crate::bench::served::Served;
use anyhow::{Context, Result, bail};
use std::path::Path;

/// What a page loads: how the names end, and what the files are.
const FILES: [(&str, &str); 3] = [
    (".css", "text/css"),
    (".js", "text/javascript"),
    (".wasm", "application/wasm"),
];

/// Serves in this folder, shows the page that a new office sees first, hands out the files of that page, and is ended.
pub fn serves(program: &Path, folder: &Path) -> Result<()> {
    let served = Served::alone(program, folder)?;
    let mut client = Client::connect(&served.address)?;
    let page = client.get("/first", "identity")?;
    expect("/first", wrong(&page, "text/html"))?;
    let files = files_named_in(&String::from_utf8_lossy(&page.body));
    for (ending, kind) in FILES {
        let file = files.iter().find(|file| file.ends_with(ending));
        let file = file.with_context(|| format!("/first names no {ending} file."))?;
        let answer = client.get(file, "br")?;
        expect(file, wrong(&answer, kind))?;
        expect(file, kept_wrongly(file, &answer))?;
    }
    Ok(())
}

fn expect(path: &str, wrong: Option<String>) -> Result<()> {
    match wrong {
        None => Ok(()),
        Some(wrong) => bail!("The program serves {path} wrongly: {wrong}."),
    }
}

/// What is the matter with an answer that is to be of this kind.
fn wrong(answer: &Answer, kind: &str) -> Option<String> {
    let found = answer.header("content-type").unwrap_or_default();
    if answer.status != 200 {
        Some(format!("status {}", answer.status))
    } else if !found.starts_with(kind) {
        Some(format!("{found:?} in place of {kind}"))
    } else if answer.body.is_empty() {
        Some("nothing is in it".to_owned())
    } else {
        None
    }
}

/// What is the matter with how long a browser may keep a file: for ever, since its name is of its content.
fn kept_wrongly(file: &str, answer: &Answer) -> Option<String> {
    let cache = answer.header("cache-control").unwrap_or_default();
    let encoding = answer.header("content-encoding");
    if !is_named_by_content(file) {
        Some("its name has no hash".to_owned())
    } else if !cache.split(", ").any(|word| word == "immutable") {
        Some(format!("kept as {cache:?}"))
    } else if encoding != Some("br") {
        Some(format!("packed as {encoding:?}"))
    } else {
        None
    }
}

/// `/pkg/oktext.1f2e3d4c5b6a.css`
fn is_named_by_content(file: &str) -> bool {
    let parts: Vec<&str> = file.split('.').collect();
    matches!(parts[..], [_, hash, _] if hash.len() == 12 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "/pkg/oktext.1f2e3d4c5b6a.css";

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
        let header = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Answer {
            status,
            headers: headers.iter().map(header).collect(),
            body: body.into(),
        }
    }

    /// The program of this run, whose build has made the site before.
    #[test]
    fn a_program_serves_its_first_page_and_what_that_loads_by_itself() {
        let Some(program) = std::env::var_os("OKTEXT_BIN") else {
            eprintln!("OKTEXT_BIN names no program: `cargo xtask test` builds one.");
            return;
        };
        let folder = tempfile::tempdir().expect("a folder");
        serves(program.as_ref(), folder.path()).expect("it serves");
    }

    #[test]
    fn a_file_is_there_of_its_kind_and_not_empty() {
        let css = [("content-type", "text/css; charset=utf-8")];
        assert_eq!(wrong(&answer(200, &css, "a{}"), "text/css"), None);
        for bad in [
            answer(404, &css, "a{}"),
            answer(200, &[("content-type", "application/octet-stream")], "a{}"),
            answer(200, &[], "a{}"),
            answer(200, &css, ""),
        ] {
            assert!(wrong(&bad, "text/css").is_some());
        }
    }

    #[test]
    fn a_file_is_packed_and_kept_for_ever_by_its_name() {
        let kept = ("cache-control", "public, max-age=31536000, immutable");
        let packed = ("content-encoding", "br");
        let good = answer(200, &[kept, packed], "");
        assert_eq!(kept_wrongly(FILE, &good), None);
        assert!(kept_wrongly("/pkg/oktext.css", &good).is_some());
        assert!(kept_wrongly(FILE, &answer(200, &[kept], "")).is_some());
        assert!(kept_wrongly(FILE, &answer(200, &[packed], "")).is_some());
        let day = ("cache-control", "public, max-age=86400");
        assert!(kept_wrongly(FILE, &answer(200, &[day, packed], "")).is_some());
    }
}
