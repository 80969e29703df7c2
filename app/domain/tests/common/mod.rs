//! Twilio's own vectors, read when they are at hand beside the checkout.

use std::path::Path;

/// The JSON file of this name, or `None` with a word about what the test leaves out.
pub fn vectors(name: &str) -> Option<serde_json::Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let Ok(text) = std::fs::read_to_string(folder.join(name)) else {
        eprintln!("{name} is not at hand: held against the project's own vectors only");
        return None;
    };
    Some(serde_json::from_str(&text).expect("the vectors are JSON"))
}
