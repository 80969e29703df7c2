//! Pages that are not in the program that runs: they are loaded as if nothing ran.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlAnchorElement, Node};

/// Lets the browser itself follow links to other pages. Call it before the router is there: the router listens at
/// the same place, takes every link of this site for one of its own pages, and hears of these no more.
pub fn leave_links_to_the_browser() {
    // Lasts as long as the page.
    let _forever = window_event_listener(ev::click, |event| {
        if leads_elsewhere(&event) {
            event.stop_immediate_propagation();
        }
    });
}

/// Loads another page.
pub fn go(address: &str) {
    // Fails for an address that is none; ours are.
    let _ = window().location().assign(address);
}

fn leads_elsewhere(event: &Event) -> bool {
    let at = event
        .target()
        .and_then(|target| target.dyn_into::<Node>().ok());
    let element = at.and_then(|node| node.dyn_ref::<web_sys::Element>().cloned());
    let link = element.and_then(|element| element.closest("a").ok().flatten());
    let link = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let here = window().location().pathname().ok();
    link.is_some_and(|link| Some(link.pathname()) != here)
}
