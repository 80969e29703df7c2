//! One program for all targets: `OKTEXT_FUZZ_TARGET` names the one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TARGET: LazyLock<fuzz::Target> = LazyLock::new(|| {
    let name = std::env::var("OKTEXT_FUZZ_TARGET").unwrap_or_default();
    fuzz::target(&name).unwrap_or_else(|| {
        eprintln!("OKTEXT_FUZZ_TARGET={name}: there is no such target.");
        std::process::exit(2);
    })
});

fuzz_target!(|data: &[u8]| TARGET(data));
