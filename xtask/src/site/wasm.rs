//! The pages' WASM: compiled by Cargo, bound to JavaScript by wasm-bindgen's own library at the
//! version of `wasm-bindgen` in Cargo.lock, so that no tool has to be installed or to match.

use super::Mode;
use crate::{paths, run};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// What wasm-bindgen made.
pub struct Bindings {
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
    /// JavaScript of dependencies that `js` imports by relative path: path under `pkg`, content.
    pub snippets: Vec<(PathBuf, Vec<u8>)>,
}

/// Installs the WASM target where rustup manages the toolchain and lacks it.
pub fn ensure_target() -> Result<()> {
    if is_installed() {
        return Ok(());
    }
    run::succeed(Command::new("rustup").args(["target", "add", TARGET])).with_context(|| {
        format!("The target {TARGET} is missing. Install it with: rustup target add {TARGET}")
    })
}

fn is_installed() -> bool {
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(paths::root());
    let Ok(output) = rustc.output() else {
        return false;
    };
    let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success() && PathBuf::from(folder).is_dir()
}

/// What crate `frontend` compiles to.
pub struct Compiled {
    /// The program that has all pages.
    pub pages: PathBuf,
    /// The one that has the composer alone.
    pub composer: PathBuf,
}

/// Compiles crate `frontend`.
pub fn compile(mode: Mode) -> Result<Compiled> {
    let (profile, folder) = match mode {
        Mode::Release => ("wasm-release", "wasm-release"),
        Mode::Dev => ("dev", "debug"),
    };
    run::succeed(&mut run::cargo(&[
        "build",
        "-p",
        "frontend",
        "--lib",
        "--bin",
        "composer",
        "--target",
        TARGET,
        "--profile",
        profile,
    ]))?;
    let folder = paths::target().join(TARGET).join(folder);
    Ok(Compiled {
        pages: folder.join("frontend.wasm"),
        composer: folder.join("composer.wasm"),
    })
}

/// Binds a compiled program to JavaScript.
///
/// Names and producers go: half of the size, and of no use to a browser without its own symbols.
pub fn bind(compiled: &Path, mode: Mode) -> Result<Bindings> {
    let folder = tempfile::tempdir()?;
    Bindgen::new()
        .input_path(compiled)
        .out_name("oktext")
        .web(true)?
        .typescript(false)
        .remove_name_section(mode == Mode::Release)
        .remove_producers_section(true)
        // The page passes the hashed path of the WASM; a default would be a wrong guess.
        .omit_default_module_path(true)
        .generate(folder.path())
        .with_context(|| format!("{} could not be bound.", compiled.display()))?;
    let snippets = folder.path().join("snippets");
    Ok(Bindings {
        js: fs::read(folder.path().join("oktext.js"))?,
        wasm: fs::read(folder.path().join("oktext_bg.wasm"))?,
        snippets: super::files::read_folder(&snippets, "snippets".as_ref())?,
    })
}
