//! Clients, their cases, their permission.

use crate::{
    client::Language,
    client_list::{ClientOrder, ClientsAsked, Whom},
};

pub const SEARCH: &str = "Search";
pub const SEARCH_LABEL: &str = "Name, case number or cell number";
pub const ADD_CLIENT: &str = "Add a client";
pub const MORE: &str = "More clients";
pub const WHOM: &str = "Who is shown";
pub const LAST_TEXT: &str = "Last text";
pub const NEVER: &str = "None yet";
pub const CASES: &str = "Cases";
pub const NO_CASE: &str = "No case yet";

pub const NONE_YET: &str = "No clients yet";
pub const NONE_YET_MORE: &str = "A client has a name, a cell number and at least one case. Once a client said that texting is okay, you can write from the case.";
pub const NONE_FOUND_MORE: &str = "Search looks at the beginnings of names and case numbers, and at the digits of cell numbers. The last four digits of a phone are enough.";
pub const SHOW_ALL: &str = "Show all clients";

pub const EDIT_CLIENT: &str = "Edit client";
pub const FACTS: &str = "About the client";
pub const NAME: &str = "Name";
pub const CELL: &str = "Cell number";
pub const CELL_HINT: &str =
    "With its area code, like (661) 555-0142. A number of another country begins with +.";
pub const LANGUAGE: &str = "Language";
pub const ZONE: &str = "Time zone";
pub const THEIR_TIME: &str = "Their time now";
pub const FIRST_CASE: &str = "Case number";
pub const FIRST_CASE_HINT: &str = "As your office writes it: letters, digits and - . _ #";
pub const OKAY_HINT: &str = "Tick this once the client said yes to texts at this number. What you tick is kept in the record of permission.";
pub const SAVE: &str = "Save client";

pub const PERMISSION: &str = "May we text this number?";
pub const LEDGER: &str = "Record of permission";
pub const LEDGER_EMPTY: &str = "Nothing is recorded yet.";
pub const ADD_CASE: &str = "Add a case";
pub const ADD_CASE_BUTTON: &str = "Add case";
pub const LAST_TEXTS: &str = "Last texts";
pub const NO_TEXTS: &str = "No texts on this case yet.";
pub const SEND_TEXT_LEAD: &str = "What you send is kept with this case.";
pub const TO_CLIENT: &str = "Open the client";
pub const TO_SETUP: &str = "Open Texting Setup";

/// The name of a language, in English.
pub fn language(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Spanish => "Spanish",
    }
}

/// What is found, for those who hear it.
pub fn found(shown: usize, more: bool) -> String {
    let n = i64::try_from(shown).unwrap_or(i64::MAX);
    if more {
        return format!("The first {}", super::count(n, "client", "clients"));
    }
    match n {
        0 => "No clients found".into(),
        _ => super::count(n, "client", "clients"),
    }
}

/// The table's caption: whom it holds, in which order.
pub fn caption(asked: &ClientsAsked) -> String {
    let whom = match asked.whom {
        Whom::Everybody => "Clients",
        Whom::Okay => "Clients who may be texted",
        Whom::NotOkay => "Clients who may not be texted",
    };
    let order = match asked.order {
        ClientOrder::Name => "by name",
        ClientOrder::LastText => "newest text first",
    };
    format!("{whom}, {order}")
}

/// A choice of whom the list shows.
pub fn whom(whom: Whom) -> &'static str {
    match whom {
        Whom::Everybody => "All",
        Whom::Okay => super::consent::OKAY_TO_TEXT,
        Whom::NotOkay => super::consent::NOT_OKAY,
    }
}

/// The heading where nobody is found.
pub fn none_found(asked: &ClientsAsked) -> String {
    let client = match asked.whom {
        Whom::Everybody => "No client",
        Whom::Okay => "No client who may be texted is",
        Whom::NotOkay => "No client who may not be texted is",
    };
    match asked.query.trim() {
        "" => format!("{client} here"),
        query => format!("{client} found for “{query}”"),
    }
}

/// Beside which number the box is shown.
pub fn okay_for(number: &str) -> String {
    format!("{OKAY_HINT} It speaks of {number}.")
}

/// A zone as people read it: "America/Los Angeles".
pub fn zone(iana: &str) -> String {
    iana.replace('_', " ")
}

/// The zone that an empty choice stands for.
pub fn office_zone(iana: &str) -> String {
    format!("The office’s: {}", zone(iana))
}

/// Other clients with the same number.
pub fn shared_with(names: &[String]) -> String {
    format!(
        "{} has this number too. Begin the text with the client’s name.",
        super::list(names)
    )
}

/// A link to all texts of a case.
pub fn all_texts(n: i64) -> String {
    match n {
        0 | 1 => "Open Texts".into(),
        _ => format!("All {}", super::count(n, "text", "texts")),
    }
}

/// What a link does, for those who hear it without its row.
pub fn on_case(case: &str) -> String {
    format!(" on case {case}")
}
