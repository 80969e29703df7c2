//! Escaping where the framework's server rendering does not.

/// The text as it may stand between tags, and within `<title>` and `<textarea>`, whose content ends at their end tag.
pub fn escape(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut out, c| {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                _ => out.push(c),
            }
            out
        })
}
