//! The site: WASM and CSS in `target/site`, named by their content, compressed beside.
//!
//! ```text
//! target/site/favicon.svg …          style/public as it is
//! target/site/pkg/manifest.json      {"pages": {"js": "pages.HASH.js", "wasm": "pages.HASH.wasm"},
//!                                     "composer": the same of the composer's program, "css": "oktext.HASH.css"}
//! target/site/pkg/pages.HASH.js      and .js.br, .js.gz; the same for all others
//! ```

mod compress;
mod css;
mod files;
mod wasm;

use crate::paths;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

pub use wasm::ensure_target;

#[derive(clap::Args)]
pub struct Options {
    /// A debug build: quick to make, large to load.
    #[arg(long)]
    dev: bool,
}

/// How the site is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Small: for people, tests and measurements.
    Release,
    /// Quick to build: for working on the pages.
    Dev,
}

impl Mode {
    pub fn new(dev: bool) -> Self {
        if dev { Mode::Dev } else { Mode::Release }
    }
}

/// `cargo xtask build-site`.
pub fn run(options: &Options) -> Result<()> {
    let mut steps = crate::steps::Steps::new(2);
    steps.run("wasm target", ensure_target)?;
    let site = steps.run("site", || build(Mode::new(options.dev)))?;
    println!("{}", site.display());
    Ok(())
}

/// Builds the site and hands over its folder. Does nothing more than Cargo's own check when
/// neither the WASM nor the style changed, so that the server isn't built anew.
pub fn build(mode: Mode) -> Result<PathBuf> {
    let compiled = wasm::compile(mode)?;
    let css = css::bundle(&paths::root().join("style/main.css"))?;
    let public = paths::root().join("style/public");
    let stamp = files::stamp(mode, &compiled, &css, &public)?;
    let site = paths::site();
    if is_current(&site, &stamp) {
        eprintln!("    unchanged");
        return Ok(site);
    }
    let fresh = empty_folder(&paths::target().join("site.new"))?;
    files::copy_folder(&public, &fresh)?;
    let package = files::Package {
        pages: wasm::bind(&compiled.pages, mode)?,
        composer: wasm::bind(&compiled.composer, mode)?,
        css,
    };
    files::write_package(&fresh.join("pkg"), &package, mode)?;
    exchange(&fresh, &site)?;
    fs::write(stamp_path(&site), stamp)?;
    Ok(site)
}

/// Makes the folder when there is none: the server's embedding needs one even for a check.
pub fn ensure_folder() -> Result<()> {
    let site = paths::site();
    fs::create_dir_all(&site).with_context(|| format!("{} could not be made.", site.display()))
}

fn is_current(site: &Path, stamp: &str) -> bool {
    site.join("pkg/manifest.json").is_file()
        && fs::read_to_string(stamp_path(site)).is_ok_and(|last| last == stamp)
}

/// Beside the site, not in it: what is in it gets embedded.
fn stamp_path(site: &Path) -> PathBuf {
    site.with_extension("stamp")
}

fn empty_folder(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(folder.to_path_buf())
}

/// Puts the new site into the old one's place, so that a build of the server never sees a half.
fn exchange(fresh: &Path, site: &Path) -> Result<()> {
    if site.exists() {
        fs::remove_dir_all(site)?;
    }
    fs::rename(fresh, site).with_context(|| format!("{} could not be replaced.", site.display()))
}
