//! What a first visit to a page loads.

use super::http::{Answer, Client};
use anyhow::{Result, ensure};

/// Bytes over the wire: the page, then each of the site's files that it names.
pub struct Weight(Vec<(String, usize)>);

/// Loads a page and the files it names, compressed as a browser would get them.
pub fn weigh(client: &mut Client, path: &str) -> Result<Weight> {
    let plain = load(client, path, "identity")?;
    let page = load(client, path, "br")?;
    let mut parts = vec![("HTML".to_owned(), page.body.len())];
    for file in files_named_in(&String::from_utf8_lossy(&plain.body)) {
        let answer = load(client, &file, "br")?;
        ensure!(
            answer.header("content-encoding") == Some("br"),
            "{file} came without brotli."
        );
        let kind = file.rsplit('.').next().unwrap_or_default().to_uppercase();
        parts.push((kind, answer.body.len()));
    }
    ensure!(parts.len() > 3, "{path} names too few files: {parts:?}");
    Ok(Weight(parts))
}

fn load(client: &mut Client, path: &str, encoding: &str) -> Result<Answer> {
    let answer = client.get(path, encoding)?;
    ensure!(answer.status == 200, "{path} answered {}.", answer.status);
    Ok(answer)
}

/// Every address under `/pkg/`, once, in the order of the page.
pub fn files_named_in(html: &str) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for rest in html.split("/pkg/").skip(1) {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"._-/".contains(c));
        let file = format!("/pkg/{}", &rest[..end.unwrap_or(rest.len())]);
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

impl Weight {
    /// Thousands of bytes.
    pub fn total_kb(&self) -> f64 {
        self.0.iter().map(|(_, bytes)| *bytes as f64).sum::<f64>() / 1000.0
    }

    pub fn parts(&self) -> String {
        let parts = self
            .0
            .iter()
            .map(|(kind, bytes)| format!("{kind} {:.1} kB", *bytes as f64 / 1000.0));
        format!("Composer: {}.", parts.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_file_is_counted_once() {
        let html = "<link href=\"/pkg/oktext.1a.css\"><link href=\"/pkg/oktext.2b.js\">\
                    <script>import start from '/pkg/oktext.2b.js';</script>";
        assert_eq!(
            super::files_named_in(html),
            ["/pkg/oktext.1a.css", "/pkg/oktext.2b.js"]
        );
    }
}
