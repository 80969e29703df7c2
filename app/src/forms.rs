//! Forms. Each is a plain post to its own page's address, so that it works before WASM arrives and without it.
//! On a problem the server renders the same page again with what was typed: that is [`Submitted`].

use domain::problem::{Complaint, Problem};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

/// A form that was posted and could not be taken: what was typed, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// The page that it was posted to.
    pub path: String,
    pub fields: Vec<(String, String)>,
    /// Nothing, when the page only has to show what was typed (a phrase was inserted).
    pub problem: Option<Problem>,
}

impl Submitted {
    /// What was typed into a field.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, value)| value.as_str())
    }

    /// The complaint about a field.
    pub fn complaint(&self, field: &str) -> Option<&Complaint> {
        self.problem
            .as_ref()
            .and_then(|problem| problem.about(field))
    }
}

/// What the root of the pages carries from the server to the browser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Carried(pub Option<Submitted>);

/// The carried form, for as long as its page is shown.
#[derive(Clone, Copy)]
struct Held(StoredValue<Option<Submitted>>);

/// Keeps the carried form for the pages.
pub fn hold(carried: Carried) {
    provide_context(Held(StoredValue::new(carried.0)));
}

/// Lets the carried form go: its page was left, and coming back is not posting again.
pub fn let_go() {
    if let Some(held) = use_context::<Held>() {
        held.0.set_value(None);
    }
}

/// The form that was posted to the page now shown, if one was and failed.
pub fn submitted() -> Option<Submitted> {
    let here = use_location().pathname.get_untracked();
    let held = use_context::<Held>()?.0.get_value();
    held.filter(|form| form.path == here)
}

/// A form with what was typed in it, or else as it was loaded.
#[derive(Clone, Debug)]
pub struct Filled {
    submitted: Option<Submitted>,
}

impl Filled {
    /// Reads what the page was posted, if anything.
    pub fn here() -> Self {
        Self {
            submitted: submitted(),
        }
    }

    /// Reads what this button of the page posted, if that could not be taken: for a page of several forms, where what
    /// was typed into one has no business in another.
    pub fn by(press: &str) -> Self {
        let submitted =
            submitted().filter(|form| form.problem.is_some() && form.value("press") == Some(press));
        Self { submitted }
    }

    /// What was typed into the field, or else the value that was loaded.
    pub fn value(&self, field: &str, loaded: &str) -> String {
        self.typed().map_or_else(
            || loaded.to_owned(),
            |form| form.value(field).unwrap_or_default().to_owned(),
        )
    }

    /// Whether a box is ticked: as it was posted (absent means not), or else as it was loaded.
    pub fn ticked(&self, field: &str, loaded: bool) -> bool {
        self.typed()
            .map_or(loaded, |form| form.value(field).is_some())
    }

    /// The posted form, unless nothing of it could be carried back: then its page stands as it was loaded.
    fn typed(&self) -> Option<&Submitted> {
        self.submitted
            .as_ref()
            .filter(|form| !form.fields.is_empty())
    }

    /// The complaint about a field.
    pub fn complaint(&self, field: &str) -> Option<Complaint> {
        self.submitted.as_ref()?.complaint(field).cloned()
    }

    /// What went wrong.
    pub fn problem(&self) -> Option<Problem> {
        self.submitted.as_ref()?.problem.clone()
    }
}
