//! The door: pages for those who are not signed in yet, beside a shelf of case files.

use super::frame::{Brand, Frame};
use domain::words::sign_in as words;
use leptos::prelude::*;

/// The frame of a page at the door.
#[component]
pub fn Door(children: Children) -> impl IntoView {
    view! {
        <Frame>
            <main id="main" class="door" tabindex="-1">
                <div class="door-form stack">
                    <p class="brand">
                        <Brand />
                    </p>
                    {children()}
                </div>
                <div class="door-shelf">
                    <Shelf />
                    <p>{words::SHELF}</p>
                </div>
            </main>
        </Frame>
    }
    .into_any()
}

/// How many files stand on the shelf, and the number of the first: an ordinary row, no two labels in the same place.
const FILES: usize = 48;
const FIRST: usize = 392;
/// The widths of files: some cases are thicker.
const WIDTHS: [usize; 7] = [10, 11, 9, 13, 10, 8, 12];

/// A shelf of case files with their colored labels. Decoration.
#[component]
fn Shelf() -> impl IntoView {
    let lefts = (0..FILES).scan(0, |next, file| {
        let left = *next;
        *next += WIDTHS[file % WIDTHS.len()] + 1;
        Some((file, left))
    });
    let files = lefts.map(|(file, left)| folder(FIRST + file, left, WIDTHS[file % WIDTHS.len()]));
    view! {
        <svg class="shelf" viewBox="0 0 536 156" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            {files.collect_view()}
            <rect class="board" x="0" y="151" width="536" height="4" />
        </svg>
    }
    .into_any()
}

fn folder(number: usize, left: usize, width: usize) -> impl IntoView {
    let digits = [number / 100 % 10, number / 10 % 10, number % 10];
    let label = move |(place, digit): (usize, usize)| {
        let class = format!("t{digit}");
        view! { <rect class=class x=left.to_string() y=(44 + place * 17).to_string() width=width.to_string() height="15" /> }
    };
    view! {
        <g>
            <rect class="folder" x=left.to_string() y="0" width=width.to_string() height="150" />
            {digits.into_iter().enumerate().map(label).collect_view()}
        </g>
    }
    .into_any()
}
