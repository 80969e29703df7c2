//! Where a number is from, as far as Twilio tells. A few places of the sample data; elsewhere the fields are empty.

const PLACES: [(&str, [&str; 3]); 4] = [
    ("+1661", ["BAKERSFIELD", "CA", "93301"]),
    ("+1808", ["HONOLULU", "HI", "96813"]),
    ("+1212", ["NEW YORK", "NY", "10001"]),
    ("+1602", ["PHOENIX", "AZ", "85001"]),
];

/// `FromCity`, `FromState`, `FromZip` and `FromCountry`, for each end's name.
pub(super) fn params(end: &str, phone_number: &str) -> Vec<(String, String)> {
    let found = PLACES
        .iter()
        .find(|(start, _)| phone_number.starts_with(start));
    let [city, state, zip] = found.map_or([""; 3], |(_, place)| *place);
    let country = if phone_number.starts_with("+1") {
        "US"
    } else {
        ""
    };
    [
        ("City", city),
        ("State", state),
        ("Zip", zip),
        ("Country", country),
    ]
    .map(|(name, value)| (format!("{end}{name}"), value.to_owned()))
    .into()
}
