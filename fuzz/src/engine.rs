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

// Whoever reads a phone number first reads the patterns of all countries: seconds that are no input's fault.
fuzz_target!(
    init: TARGET(b"+16615550142"),
    |data: &[u8]| TARGET(data)
);
