//! What was kept of earlier inputs still holds.

use std::{fs, path::Path};

#[test]
fn every_corpus_holds() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (name, holds) in fuzz::TARGETS {
        let inputs = fs::read_dir(corpora.join(name)).expect("a corpus of this name");
        let mut held = 0;
        for input in inputs {
            let input = input.expect("an entry").path();
            let bytes = fs::read(&input).expect("its bytes");
            assert!(
                std::panic::catch_unwind(|| holds(&bytes)).is_ok(),
                "{}",
                input.display()
            );
            held += 1;
        }
        assert!(held > 0, "{name} has nothing to begin with");
    }
}
