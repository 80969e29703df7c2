//! Every sentence for people, in English. One file for each part of the program.

pub mod check;
pub mod clients;
pub mod codes;
pub mod common;
pub mod compose;
pub mod consent;
pub mod halt;
pub mod host;
pub mod incoming;
pub mod invitation;
pub mod number_flag;
pub mod opt_outs;
pub mod problem;
pub mod quick_entries;
pub mod reviews;
pub mod setup;
pub mod sign_in;
pub mod staff;
pub mod status;
pub mod texts;
pub mod training;
pub mod unclear;

/// "1 text", "2 texts"; with thousands separated: "12,345 texts".
pub fn count(n: i64, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{} {many}", thousands(n))
    }
}

/// 1234567 as "1,234,567".
pub fn thousands(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// "a", "a and b", "a, b and c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(count(1, "text", "texts"), "1 text");
        assert_eq!(count(0, "text", "texts"), "0 texts");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
