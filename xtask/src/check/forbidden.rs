//! What the pages must not contain, since the framework's own form of it is unsafe or refused.

use crate::paths;
use anyhow::{Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

struct Ban {
    text: &'static str,
    /// Where it is allowed all the same.
    allowed_under: Option<&'static str>,
    reason: &'static str,
}

const BANS: [Ban; 4] = [
    Ban {
        text: "<textarea",
        allowed_under: Some("app/src/components/"),
        reason: "its content isn't escaped by the server's rendering: use the component that escapes it",
    },
    Ban {
        text: "<Title",
        allowed_under: None,
        reason: "leptos_meta doesn't escape the title, and the head is ours: use `PageTitle`",
    },
    Ban {
        text: " style=",
        allowed_under: None,
        reason: "the content security policy refuses inline styles: use a class",
    },
    Ban {
        text: " style:",
        allowed_under: None,
        reason: "the content security policy refuses inline styles: use a class",
    },
];

/// Fails with file and line of everything that is forbidden in the pages.
pub fn check() -> Result<()> {
    let root = paths::root();
    let mut wrong = Vec::new();
    for file in rust_files(&root.join("app/src"))? {
        let shown = file
            .strip_prefix(&root)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        wrong.extend(findings(&shown, &fs::read_to_string(&file)?));
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    Ok(())
}

fn findings(file: &str, text: &str) -> Vec<String> {
    let code = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.flat_map(|(index, line)| {
        let broken = BANS.iter().filter(move |ban| ban.forbids(file, line));
        broken.map(move |ban| format!("{file}:{}: {}: {}", index + 1, ban.text.trim(), ban.reason))
    })
    .collect()
}

impl Ban {
    fn forbids(&self, file: &str, line: &str) -> bool {
        // Indented attributes stand at the start of their line.
        let line = format!(" {}", line.trim_start());
        line.contains(self.text)
            && !self
                .allowed_under
                .is_some_and(|folder| file.starts_with(folder))
    }
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::findings;

    #[test]
    fn a_raw_text_area_is_found_in_pages_and_allowed_in_the_component_that_escapes() {
        let view = "view! {\n    <textarea name=\"text\"></textarea>\n}";
        assert!(
            findings("app/src/pages/composer.rs", view)[0]
                .starts_with("app/src/pages/composer.rs:2:")
        );
        assert!(findings("app/src/components/text_area.rs", view).is_empty());
    }

    #[test]
    fn inline_styles_are_found_at_the_start_of_a_line_too() {
        assert_eq!(
            findings("app/src/lib.rs", "    style=\"color: red\"").len(),
            1
        );
        assert_eq!(
            findings("app/src/lib.rs", "<p style:color=\"red\">").len(),
            1
        );
    }

    #[test]
    fn comments_may_name_what_is_forbidden() {
        assert!(findings("app/src/lib.rs", "    // never <Title text=…>").is_empty());
    }
}
