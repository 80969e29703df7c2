//! What stands in the fields of a page.

/// The values of the fields of this name, in the order of the page: of inputs, and what stands in text areas.
pub fn values(page: &str, name: &str) -> Vec<String> {
    let named = format!(" name=\"{name}\"");
    let places = page.match_indices(&named).map(|(at, _)| at);
    places.filter_map(|at| value_at(page, at)).collect()
}

fn value_at(page: &str, at: usize) -> Option<String> {
    let tag = &page[page[..at].rfind('<')?..];
    let (attributes, content) = attributes(tag)?;
    if tag.starts_with("<textarea") {
        let (text, _) = content.split_once("</textarea>")?;
        // Which a parser drops.
        return Some(unescaped(text.strip_prefix('\n').unwrap_or(text)));
    }
    let value = attributes.into_iter().find(|(name, _)| *name == "value");
    let value = value.map(|(_, value)| unescaped(value)).unwrap_or_default();
    tag.starts_with("<input").then_some(value)
}

/// The attributes of the tag that begins here, and what follows it.
fn attributes(tag: &str) -> Option<(Vec<(&str, &str)>, &str)> {
    let mut rest = tag.split_once(' ')?.1;
    let mut all = vec![];
    loop {
        rest = rest.trim_start();
        if let Some(content) = rest.strip_prefix('>').or_else(|| rest.strip_prefix("/>")) {
            return Some((all, content));
        }
        let end = rest.find(['=', ' ', '>'])?;
        let name = &rest[..end];
        match rest[end..].strip_prefix("=\"") {
            Some(value) => {
                let (value, after) = value.split_once('"')?;
                all.push((name, value));
                rest = after;
            }
            None => {
                all.push((name, ""));
                rest = &rest[end..];
            }
        }
    }
}

fn unescaped(text: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
    ];
    let text = signs
        .into_iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&amp;", "&")
}

#[test]
fn the_values_of_a_page_are_read_as_a_browser_reads_them() {
    let page = "<input id=\"a\" name=\"a\" value=\"1 &lt;b&gt; &amp;amp; &quot;\" disabled><select name=\"a\"><option value=\"2\"></select>\
                <textarea name=\"a\" rows=\"2\">\n\nx</textarea><input name=\"a\"/><input name=\"ab\" value=\"3\">";
    assert_eq!(values(page, "a"), ["1 <b> &amp; \"", "\nx", ""]);
}
