//! The site is embedded into the program: a changed site is a changed program.

use std::{env, fs, path::Path};

#[expect(
    clippy::disallowed_methods,
    reason = "a build script is told its place by the environment"
)]
fn main() {
    println!("cargo:rerun-if-env-changed=OKTEXT_SITE_DIR");
    let Ok(site) = env::var("OKTEXT_SITE_DIR") else {
        panic!(
            "OKTEXT_SITE_DIR is not set: build in this repository, whose .cargo/config.toml sets it"
        );
    };
    // An empty folder is enough to compile: the pages then come without styles and WASM.
    fs::create_dir_all(Path::new(&site).join("pkg")).expect("the folder of the site can be made");
    println!("cargo:rerun-if-changed={site}");
}
