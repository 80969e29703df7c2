//! The files of the site: names by content, the manifest that the server reads, plain copies.

use super::Mode;
use super::compress::write_with_compressed;
use super::wasm::{Bindings, Compiled};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// What pages load.
pub struct Package {
    pub pages: Bindings,
    pub composer: Bindings,
    pub css: String,
}

/// Writes the package under its hashed names, and the manifest.
pub fn write_package(pkg: &Path, package: &Package, mode: Mode) -> Result<()> {
    fs::create_dir_all(pkg)?;
    let manifest = serde_json::json!({
        "pages": write_program(pkg, "pages", &package.pages, mode)?,
        "composer": write_program(pkg, "composer", &package.composer, mode)?,
        "css": write_hashed(pkg, "oktext", "css", package.css.as_bytes(), mode)?,
    });
    fs::write(pkg.join("manifest.json"), format!("{manifest:#}\n"))?;
    Ok(())
}

/// Writes a program; its part of the manifest.
fn write_program(
    pkg: &Path,
    name: &str,
    bindings: &Bindings,
    mode: Mode,
) -> Result<serde_json::Value> {
    for (path, content) in &bindings.snippets {
        let path = pkg.join(path);
        fs::create_dir_all(path.parent().unwrap_or(pkg))?;
        write_with_compressed(&path, content, mode)?;
    }
    Ok(serde_json::json!({
        "js": write_hashed(pkg, name, "js", &bindings.js, mode)?,
        "wasm": write_hashed(pkg, name, "wasm", &bindings.wasm, mode)?,
    }))
}

fn write_hashed(pkg: &Path, stem: &str, kind: &str, content: &[u8], mode: Mode) -> Result<String> {
    let name = hashed_name(stem, kind, content);
    write_with_compressed(&pkg.join(&name), content, mode)?;
    Ok(name)
}

/// `oktext.1f2e3d4c5b6a.css`: the first 12 hex digits of the content's SHA-256.
fn hashed_name(stem: &str, kind: &str, content: &[u8]) -> String {
    format!("{stem}.{}.{kind}", &hex_digest(&[content])[..12])
}

/// A digest of all that the site is made of.
pub fn stamp(mode: Mode, compiled: &Compiled, css: &str, public: &Path) -> Result<String> {
    let read =
        |path: &Path| fs::read(path).with_context(|| format!("{} is missing.", path.display()));
    let mode = format!("{mode:?}");
    let mut parts = vec![mode.into_bytes(), SITE_FORMAT.into(), css.into()];
    parts.extend([read(&compiled.pages)?, read(&compiled.composer)?]);
    for (path, content) in read_folder(public, Path::new(""))? {
        parts.push(path.to_string_lossy().into_owned().into_bytes());
        parts.push(content);
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    Ok(hex_digest(&parts))
}

/// To be raised when this module lays out the same inputs differently.
const SITE_FORMAT: &str = "2";

fn hex_digest(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Copies a folder with all that is in it; one that isn't there counts as empty.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for (path, content) in read_folder(from, Path::new(""))? {
        let path = to.join(path);
        fs::create_dir_all(path.parent().unwrap_or(to))?;
        fs::write(path, content)?;
    }
    Ok(())
}

/// Every file of a folder in a fixed order: its path under `prefix`, its content.
pub fn read_folder(folder: &Path, prefix: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = prefix.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            files.extend(read_folder(&entry.path(), &path)?);
        } else {
            files.push((path, fs::read(entry.path())?));
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(js: &str) -> Bindings {
        Bindings {
            js: js.as_bytes().to_vec(),
            wasm: b"\0asm".to_vec(),
            snippets: Vec::new(),
        }
    }

    fn package(css: &str) -> (tempfile::TempDir, serde_json::Value) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let package = Package {
            pages: program("export default 1"),
            composer: program("export default 2"),
            css: css.to_owned(),
        };
        write_package(folder.path(), &package, Mode::Release).expect("written");
        let manifest = fs::read(folder.path().join("manifest.json")).expect("a manifest");
        (folder, serde_json::from_slice(&manifest).expect("JSON"))
    }

    #[test]
    fn the_manifest_names_files_that_lie_beside_it_with_both_compressed_forms() {
        let (folder, manifest) = package("a{color:red}");
        let (pages, composer) = (&manifest["pages"], &manifest["composer"]);
        let all = [
            &pages["js"],
            &pages["wasm"],
            &composer["js"],
            &composer["wasm"],
            &manifest["css"],
        ];
        for name in all {
            let name = name.as_str().expect("a name");
            for suffix in ["", ".br", ".gz"] {
                assert!(
                    folder.path().join(format!("{name}{suffix}")).is_file(),
                    "{name}{suffix}"
                );
            }
        }
        assert_ne!(pages["js"], composer["js"]);
    }

    #[test]
    fn a_changed_content_gets_a_new_name_and_the_same_keeps_it() {
        let name = |css| package(css).1["css"].clone();
        assert_eq!(name("a{color:red}"), name("a{color:red}"));
        assert_ne!(name("a{color:red}"), name("a{color:tan}"));
    }

    #[test]
    fn the_compressed_form_gives_the_content_back() {
        let (folder, manifest) = package("a{color:red}");
        let path = folder
            .path()
            .join(format!("{}.br", manifest["css"].as_str().expect("a name")));
        let mut reader = brotli::Decompressor::new(fs::File::open(path).expect("a file"), 4096);
        let text = std::io::read_to_string(&mut reader).expect("text");
        assert_eq!(text, "a{color:red}");
    }
}
