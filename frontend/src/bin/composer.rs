//! The WASM entry of the composer alone. A program of its own, linked from the same code: what only other pages need
//! is not in it.

fn main() {
    console_error_panic_hook::set_once();
    app::browser::elsewhere::leave_links_to_the_browser();
    leptos::mount::hydrate_body(app::ComposerAlone);
    app::browser::mark_hydrated();
}
