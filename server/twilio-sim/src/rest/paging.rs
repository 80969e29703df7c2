//! Pages of a list. A page token holds on to an item, so that new items do not shift the pages.

use serde_json::Value;
use url::form_urlencoded;

use super::Call;
use crate::wire;

const DEFAULT_PAGE: usize = 50;
const LARGEST_PAGE: usize = 1000;

/// A list that is shown page by page.
pub(super) struct List<T> {
    /// `messages` or `incoming_phone_numbers`.
    pub name: &'static str,
    /// Its address, relative to the host.
    pub path: String,
    /// The parameters that choose items; the addresses of the other pages repeat them.
    pub filters: &'static [&'static str],
    pub sid: fn(&T) -> String,
}

impl<T> List<T> {
    /// The page that the call asks for.
    pub fn page(self, call: &Call, all: &[T], write: impl Fn(&T) -> Value) -> Value {
        let size = number(call, "PageSize")
            .unwrap_or(DEFAULT_PAGE)
            .clamp(1, LARGEST_PAGE);
        let number = number(call, "Page").unwrap_or(0);
        let start = self.start(call, all, number.saturating_mul(size));
        let shown = &all[start..(start + size).min(all.len())];
        let more = start + shown.len() < all.len();
        let place = wire::PageOf {
            name: self.name,
            path: &self.path,
            filters: &filters(call, self.filters),
            number,
            size,
            next: shown.last().filter(|_| more).map(|item| self.token(item)),
        };
        place.with(shown.iter().map(write).collect())
    }

    fn start(&self, call: &Call, all: &[T], by_number: usize) -> usize {
        let after = call
            .given("PageToken")
            .and_then(|token| all.iter().position(|item| token == self.token(item)));
        after.map_or(by_number, |at| at + 1).min(all.len())
    }

    fn token(&self, item: &T) -> String {
        format!("PA{}", (self.sid)(item))
    }
}

fn number(call: &Call, name: &str) -> Option<usize> {
    call.given(name)?
        .parse()
        .ok()
        .filter(|number| *number < 1_000_000)
}

/// The filters once more, for the addresses of the other pages.
fn filters(call: &Call, names: &[&str]) -> String {
    let given = names
        .iter()
        .filter_map(|name| Some((*name, call.given(name)?)));
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(given)
        .finish()
}
