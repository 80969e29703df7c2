//! Text of several lines. The only place with a raw text area, since the server's rendering does not escape
//! what stands in one, and writes a blank into an empty one.

use super::{
    escape::escape,
    field::{Field, described_by},
};
use domain::problem::Complaint;
use leptos::{html::Textarea, prelude::*};

/// A text area without label: for a page that draws its own field. Uncontrolled, so that what was typed before
/// WASM arrived stays. Attributes and events given to it land on the text area: `<Area … on:input=typed />`.
#[component]
pub fn Area(
    /// Name and id.
    name: &'static str,
    /// What stands in it at first.
    #[prop(into)]
    value: String,
    /// How many lines are drawn at least.
    #[prop(default = 4)]
    rows: u32,
    #[prop(optional)] class: &'static str,
    /// Ids of hint and error.
    #[prop(optional_no_strip)]
    described_by: Option<String>,
    /// What stands in it cannot be taken.
    #[prop(optional)]
    bad: bool,
    #[prop(optional)] node_ref: NodeRef<Textarea>,
) -> impl IntoView {
    view! {
        <textarea
            id=name
            name=name
            class=class
            rows=rows
            dir="auto"
            aria-describedby=described_by
            aria-invalid=bad.then_some("true")
            node_ref=node_ref
            inner_html=content(&value)
        ></textarea>
    }
}

/// A text area with label, hint and error.
#[component]
pub fn AreaField(
    /// Name and id.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(into)] value: String,
    error: Option<Complaint>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] node_ref: NodeRef<Textarea>,
    /// What stands below it: a counter.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let described_by = described_by(name, hint.is_some(), error.is_some());
    let bad = error.is_some();
    view! {
        <Field name label hint error>
            <Area name value rows class="area" described_by bad node_ref />
            {children.map(|children| children())}
        </Field>
    }
    .into_any()
}

/// The content of a text area as HTML. A parser drops the first line break after the start tag, so the
/// server writes one more before it; setting the content in the browser drops nothing.
fn content(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let eaten = cfg!(feature = "ssr") && text.starts_with('\n');
    if eaten {
        format!("\n{}", escape(&text))
    } else {
        escape(&text)
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn html(value: &str) -> String {
        let value = value.to_owned();
        let html = Owner::new().with(|| view! { <Area name="body" value /> }.to_html());
        let (_, after) = html.split_once('>').expect("a start tag");
        after
            .split_once("</textarea>")
            .expect("an end tag")
            .0
            .to_owned()
    }

    #[test]
    fn an_empty_area_is_empty() {
        assert_eq!(html(""), "");
    }

    #[test]
    fn an_end_tag_in_a_text_stays_text() {
        assert_eq!(
            html("</textarea><script>x"),
            "&lt;/textarea&gt;&lt;script&gt;x"
        );
    }

    #[test]
    fn a_first_line_break_survives_the_parser() {
        assert_eq!(html("\nhello"), "\n\nhello");
    }
}
