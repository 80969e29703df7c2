//! Quick entries: phrases used often, with blanks to fill in by hand.

use crate::{
    ids::QuickEntryId,
    limits,
    problem::{self, Complaint, Complaints, Problem},
    segments,
};
use serde::{Deserialize, Serialize};

/// A phrase of the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickEntry {
    pub id: QuickEntryId,
    pub name: String,
    pub body: String,
    pub archived: bool,
}

/// The table of quick entries, for the administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickEntryTable {
    pub entries: Vec<QuickEntry>,
    pub archived: Vec<QuickEntry>,
    pub max_parts: u32,
}

/// The form of a quick entry, and the buttons beside one in the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuickEntryForm {
    /// Which entry; empty for a new one.
    pub id: String,
    pub name: String,
    pub body: String,
    /// "save", "up", "down", "archive" or "restore".
    pub press: String,
}

/// Name and body as they will be stored. Blanks are allowed here: they are what is filled in later.
///
/// # Errors
/// [`Problem::Fields`] with every complaint.
pub fn check(form: &QuickEntryForm, max_parts: u32) -> Result<(String, String), Problem> {
    let mut complaints = Complaints::default();
    let name = complaints.take("name", problem::line(&form.name, limits::QUICK_ENTRY_NAME));
    let body = complaints.take("body", check_body(&form.body, max_parts));
    complaints.finish()?;
    Ok((name.unwrap_or_default(), body.unwrap_or_default()))
}

fn check_body(typed: &str, max_parts: u32) -> Result<String, Complaint> {
    let body = problem::line(&segments::normalize_newlines(typed), segments::MAX_BODY)?;
    let parts = segments::measure(&body).parts;
    if parts > max_parts {
        return Err(Complaint::TooManyParts {
            parts,
            allowed: max_parts,
        });
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, body: &str) -> QuickEntryForm {
        QuickEntryForm {
            name: name.into(),
            body: body.into(),
            ..QuickEntryForm::default()
        }
    }

    #[test]
    fn blanks_are_what_a_quick_entry_is_for() {
        let saved = check(&form(" Hearing ", "Your hearing is on ____ at [time]."), 1);
        assert_eq!(
            saved,
            Ok((
                "Hearing".into(),
                "Your hearing is on ____ at [time].".into()
            ))
        );
    }

    #[test]
    fn every_complaint_is_named_at_once() {
        let Err(problem) = check(&form("", &"a".repeat(161)), 1) else {
            panic!("refused")
        };
        assert_eq!(problem.about("name"), Some(&Complaint::Missing));
        assert_eq!(
            problem.about("body"),
            Some(&Complaint::TooManyParts {
                parts: 2,
                allowed: 1
            })
        );
    }
}
