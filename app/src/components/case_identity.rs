//! How a case is known at a glance: the last digits as colored labels, as on the edge of a paper file.

use domain::case_number::CaseNumber;
use leptos::prelude::*;

/// A case number with its last digits labeled. Loud only where a text is about to leave.
#[component]
pub fn CaseNumberLabel(number: CaseNumber, #[prop(optional)] loud: bool) -> impl IntoView {
    let (head, tail) = number.split_for_labels();
    let label = |(shown, digit): (char, u8)| view! { <i class=tab(digit)>{shown.to_string()}</i> };
    // The digits stand in elements of their own, which some screen readers would read one by one.
    view! {
        <span class=if loud { "case-no loud" } else { "case-no" }>
            <span class="hide">{number.to_string()}</span>
            <span aria-hidden="true">{head} {tail.into_iter().map(label).collect_view()}</span>
        </span>
    }
    .into_any()
}

/// The edge of a sheet or of the paper: three bars. Decoration; the number is there in words.
#[component]
pub fn Spine(number: CaseNumber) -> impl IntoView {
    let bar = |digit: Option<u8>| view! { <i class=digit.map(tab)></i> };
    view! {
        <span class="spine" aria-hidden="true">
            {number.label_digits().map(bar).into_iter().collect_view()}
        </span>
    }
    .into_any()
}

/// The initials of a client beside the bars of a case. The length of a bar is its digit, so that the outline
/// differs too. Decoration.
#[component]
pub fn Initials(
    #[prop(into)] name: String,
    /// The case, if there is one.
    number: Option<CaseNumber>,
) -> impl IntoView {
    let digits = number
        .map(|number| number.label_digits())
        .unwrap_or_default();
    let bar = |(place, digit): (usize, Option<u8>)| {
        digit.map(|digit| {
            view! { <rect class=tab(digit) y=(place * 12).to_string() width=(digit + 5).to_string() height="11" /> }
        })
    };
    view! {
        <span class="initials" aria-hidden="true">
            <svg viewBox="0 0 14 35" preserveAspectRatio="none">
                {digits.into_iter().enumerate().map(bar).collect_view()}
            </svg>
            <span>{initials(&name)}</span>
        </span>
    }
    .into_any()
}

/// The class that carries the color of a digit.
fn tab(digit: u8) -> String {
    format!("t{digit}")
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    let (first, last) = (letters.next(), letters.next_back());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_word_that_has_letters() {
        assert_eq!(initials("Marisol Peña Guerrero"), "MG");
        assert_eq!(initials("William “Bud” Hargrove"), "WH");
        assert_eq!(initials("cher"), "C");
        assert_eq!(initials("…"), "");
    }
}
