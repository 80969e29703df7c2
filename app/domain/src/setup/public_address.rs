//! An organization's own public address: the very text that Twilio's signatures are checked over.

use crate::{limits, problem::Complaint};
use std::net::Ipv4Addr;

/// The longest name of a host (RFC 1035), and the longest of its parts.
const HOST: usize = 253;
const PART: usize = 63;

/// An address like `https://text.example.org`, in small letters and without a slash at the end.
///
/// `https` and the name of a host, with a port if need be, and nothing after it: the paths are the program's. No number
/// in place of a name, since no certificate stands for one. A machine of one's own, for development, may be without TLS.
///
/// # Errors
/// The complaint to show beside the field.
pub fn read_public_address(typed: &str) -> Result<String, Complaint> {
    let typed = typed.trim();
    if typed.chars().count() > limits::URL {
        return Err(Complaint::TooLong { max: limits::URL });
    }
    let address = typed.to_ascii_lowercase();
    let address = address.strip_suffix('/').unwrap_or(&address);
    let fits = match address.split_once("://") {
        Some(("https", rest)) => host_and_port(rest).is_some_and(is_name),
        Some(("http", rest)) => host_and_port(rest).is_some_and(is_this_machine),
        _ => false,
    };
    if fits {
        Ok(address.to_owned())
    } else {
        Err(Complaint::NotAPublicAddress)
    }
}

/// The host, if nothing but a port follows it.
fn host_and_port(rest: &str) -> Option<&str> {
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (rest, None),
    };
    let digits = |port: &str| port.bytes().all(|b| b.is_ascii_digit());
    let is_port = |port: &str| digits(port) && port.parse::<u16>().is_ok_and(|port| port > 0);
    port.is_none_or(is_port).then_some(host)
}

fn is_name(host: &str) -> bool {
    let parts: Vec<&str> = host.split('.').collect();
    // Browsers and Twilio read a name that ends in a number as an address.
    let ends_in_letter = |part: &&str| part.starts_with(|c: char| c.is_ascii_alphabetic());
    host.len() <= HOST
        && parts.len() > 1
        && parts.iter().all(|part| is_part(part))
        && parts.last().is_some_and(ends_in_letter)
}

fn is_part(part: &str) -> bool {
    let of_a_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=PART).contains(&part.len())
        && part.bytes().all(of_a_name)
        && !part.starts_with('-')
        && !part.ends_with('-')
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Option<String> {
        read_public_address(typed).ok()
    }

    #[test]
    fn an_address_is_https_and_a_name() {
        for (typed, read_as) in [
            ("https://text.example.org", "https://text.example.org"),
            (" https://Text.Example.ORG/ ", "https://text.example.org"),
            (
                "https://xn--mnchen-3ya.example",
                "https://xn--mnchen-3ya.example",
            ),
            (
                "https://a.b-c.example.org:8443/",
                "https://a.b-c.example.org:8443",
            ),
        ] {
            assert_eq!(read(typed).as_deref(), Some(read_as), "{typed}");
        }
    }

    #[test]
    fn a_machine_of_ones_own_may_be_without_tls_and_no_other() {
        for own in [
            "http://127.0.0.1:3000",
            "http://localhost:3000",
            "http://127.1.2.3",
        ] {
            assert_eq!(read(own).as_deref(), Some(own));
        }
        for other in [
            "http://text.example.org",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://localhost.example.org",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_no_name_of_a_host_is_refused() {
        for typed in [
            "https://127.0.0.1",
            "https://169.254.169.254",
            "https://2130706433",
            "https://0x7f.1",
            "https://1.0x7f",
            "https://[::1]",
            "https://[fe80::1]:443",
            "https://localhost",
            "https://intranet",
            "https://my_office.example.org",
            "https://-a.example.org",
            "https://a-.example.org",
            "https://.example.org",
            "https://example.org.",
            "https://a..example.org",
            "https://",
            "https:///",
            "https://münchen.example",
            "https://text.example.org:",
            "https://text.example.org:0",
            "https://text.example.org:65536",
            "https://text.example.org:+443",
            "https://text.example.org:443:443",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn nothing_stands_before_or_after_the_host() {
        for typed in [
            "",
            "text.example.org",
            "ftp://text.example.org",
            "javascript://text.example.org",
            "https://text.example.org/path",
            "https://text.example.org//",
            "https://text.example.org?q",
            "https://text.example.org#f",
            "https://user@text.example.org",
            "https://user:password@text.example.org",
            "https://text.example.org\\@evil.example",
            "https://text.example.org\0",
            "https://text.exa mple.org",
            "https://text.example.org\r\nHost: evil.example",
            "https://\u{202e}gro.elpmaxe",
            "https://text.example.org\u{200b}",
            "</textarea><script>alert(1)</script>",
            "https://😀.example",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn names_have_a_longest() {
        let part = "a".repeat(63);
        let longest = format!("https://{part}.{part}.{part}.{}", "a".repeat(61));
        assert!(read(&longest).is_some());
        assert_eq!(read(&format!("{longest}a")), None);
        assert_eq!(read(&format!("https://a{part}.example")), None);
        let long = format!("https://{}", "a.".repeat(2_000));
        assert_eq!(
            read_public_address(&long),
            Err(Complaint::TooLong { max: limits::URL })
        );
    }
}
