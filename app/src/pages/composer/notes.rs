//! Notes about characters outside GSM-7: named, priced, and replaced only when somebody presses the button.

use super::writing::Writing;
use crate::components::{Note, Tone};
use domain::{
    fixes::{self, OddOne},
    segments,
    words::compose as words,
};
use leptos::prelude::*;

/// What the text holds of odd characters, and what it would weigh without those that can be replaced.
#[derive(Clone, PartialEq)]
struct Oddities {
    fixable: Vec<OddOne>,
    letters: Vec<OddOne>,
    symbols: Vec<OddOne>,
    parts: u32,
    parts_then: u32,
}

impl Oddities {
    fn of(text: &str) -> Self {
        let (fixable, others): (Vec<_>, Vec<_>) = fixes::odd_ones(text)
            .into_iter()
            .partition(|one| one.fix.is_some());
        let (letters, symbols) = others.into_iter().partition(OddOne::is_letter);
        let parts = segments::measure(text).parts;
        let parts_then = match fixable.is_empty() {
            true => parts,
            false => segments::measure(&segments::with_replacements(text)).parts,
        };
        Self {
            fixable,
            letters,
            symbols,
            parts,
            parts_then,
        }
    }
}

/// The notes below the text.
#[component]
pub fn Notes(writing: Writing) -> impl IntoView {
    let odd = Memo::new(move |_| match writing.hydrated.get() {
        true => Oddities::of(&writing.text.read()),
        false => Oddities::of(""),
    });
    move || {
        let Oddities {
            fixable,
            letters,
            symbols,
            parts,
            parts_then,
        } = odd.get();
        let calm = |(heading, sentence): (String, String)| {
            view! {
                <Note>
                    <p>
                        <strong>{heading}</strong>
                        " "
                        {sentence}
                    </p>
                </Note>
            }
        };
        (
            (!fixable.is_empty())
                .then(|| view! { <Fixable writing ones=fixable parts parts_then /> }),
            (!letters.is_empty()).then(|| calm(words::letters(&letters, parts))),
            (!symbols.is_empty()).then(|| calm(words::symbols(&symbols, parts))),
        )
    }
}

#[component]
fn Fixable(writing: Writing, ones: Vec<OddOne>, parts: u32, parts_then: u32) -> impl IntoView {
    let tone = if parts_then < parts {
        Tone::Heed
    } else {
        Tone::Plain
    };
    let times = ones.iter().map(|one| one.times).sum();
    let last = ones.len() - 1;
    let named = ones.iter().enumerate().map(|(place, one)| {
        let end = if place < last { ", " } else { ". " };
        view! {
            {format!(" {} ", words::name_of(&one.odd))}
            <span class="glyph">{words::glyph(&one.odd)}</span>
            {words::place_of(one)}
            {end}
        }
    });
    let named = named.collect_view();
    view! {
        <Note tone>
            <p>
                <strong>{words::fixes_heading(times, parts, parts_then)}</strong>
                {named}
                {words::fixes_gain(parts, parts_then)}
            </p>
            <p class="row">{ones.into_iter().map(|one| view! { <Fix writing one /> }).collect_view()}</p>
        </Note>
    }
}

/// Replaces every such character in one edit, and gives the focus back to the text, where one undo brings all back.
#[component]
fn Fix(writing: Writing, one: OddOne) -> impl IntoView {
    let (says, glyph, instead) = words::use_fix(&one);
    let fix = move |_| {
        if let Some(edit) = fixes::replace_all(&writing.text.get_untracked(), &one.odd) {
            writing.edit(&edit);
        }
    };
    view! {
        <button type="button" class="btn" on:click=fix>
            <span>{says}{glyph.map(|glyph| view! { <span class="glyph">{glyph}</span> })}</span>
            <span class="hide">{instead}</span>
        </button>
    }
}
