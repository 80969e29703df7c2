//! HTML as text, for what stands on a page dozens of times and does little: a row of a table.
//!
//! A view is a tree of boxes for every element and every word, built for each reader on the server and once more in
//! the browser, and what it was built from travels beside it a second time. A page of fifty texts cost three times
//! as much that way. Written here, a row is words in a string: the server writes it into the page, the browser
//! leaves it as it is (see [`super::drawn`]), and the same function writes what changes later.

use super::escape::{escape_into, escape_value_into};

/// An element whose attributes are the program's own words, put together when the program is compiled: see [`tag!`].
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    pub open: &'static str,
    pub close: &'static str,
}

/// A [`Tag`]: `tag!("td", "role" = "cell")`. Nothing is escaped.
macro_rules! tag {
    ($name:literal $(, $attribute:literal = $value:literal)*) => {
        $crate::components::markup::Tag {
            open: concat!("<", $name $(, " ", $attribute, "=\"", $value, "\"")*, ">"),
            close: concat!("</", $name, ">"),
        }
    };
}
pub(crate) use tag;

/// HTML being written. Every word put into it is escaped; names of elements and attributes are the program's own.
#[derive(Debug, Default)]
pub struct Markup(String);

/// The HTML of what is drawn. `room`: about how many bytes that makes.
pub fn markup(room: usize, draw: impl FnOnce(&mut Markup)) -> String {
    let mut html = Markup(String::with_capacity(room));
    draw(&mut html);
    html.0
}

impl Markup {
    /// An element with what is drawn inside it. An attribute without a value is left out.
    pub fn element(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        inside(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// The beginning of an element, as [`Self::element`]; all of one that has no end.
    pub fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            escape_value_into(&mut self.0, value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    /// An element with what is drawn inside it.
    pub fn within(&mut self, tag: Tag, inside: impl FnOnce(&mut Self)) {
        self.0.push_str(tag.open);
        inside(self);
        self.0.push_str(tag.close);
    }

    /// An element with nothing but words in it.
    pub fn say(&mut self, tag: Tag, words: &str) {
        self.within(tag, |html| html.text(words));
    }

    /// The program's own markup, as it is.
    pub fn raw(&mut self, html: &'static str) {
        self.0.push_str(html);
    }

    /// Words.
    pub fn text(&mut self, text: &str) {
        escape_into(&mut self.0, text);
    }

    /// An element with nothing but words in it.
    pub fn words(&mut self, name: &'static str, attributes: &[(&'static str, &str)], words: &str) {
        self.element(name, attributes, |html| html.text(words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_written_becomes_an_element_or_leaves_its_attribute() {
        let html = markup(0, |html| {
            html.element("p", &[("title", "\"><script>x</script>&")], |html| {
                html.words("b", &[], "</b><script>alert(1)</script> \u{202e}&amp;");
            });
        });
        assert_eq!(
            html,
            "<p title=\"&quot;&gt;&lt;script&gt;x&lt;/script&gt;&amp;\"><b>&lt;/b&gt;&lt;script&gt;alert(1)\
             &lt;/script&gt; \u{202e}&amp;amp;</b></p>"
        );
    }

    #[test]
    fn a_tag_stands_as_it_was_written_and_its_words_stay_words() {
        let html = markup(0, |html| {
            html.within(tag!("td", "role" = "cell", "class" = "x"), |html| {
                html.say(tag!("b"), "</b>&");
            });
        });
        assert_eq!(
            html,
            "<td role=\"cell\" class=\"x\"><b>&lt;/b&gt;&amp;</b></td>"
        );
    }

    #[test]
    fn an_attribute_without_a_value_is_left_out() {
        let html = markup(0, |html| {
            html.words("p", &[("class", ""), ("dir", "auto")], "Hi")
        });
        assert_eq!(html, "<p dir=\"auto\">Hi</p>");
    }
}
