//! Why texts wait: beside a text for staff, and on Texting Setup for whoever can end it.

use super::thousands;
use crate::{halt::Reason, setup::HaltView, text::Waiting};

pub const SAVED: &str = "Your text is saved; there is no need to send it again.";

/// Why a text waits, and what ends that.
pub fn waiting(waiting: &Waiting) -> String {
    match waiting {
        Waiting::Halted(reason, until) => {
            let until = until
                .as_ref()
                .map(|until| format!(" until {} {}", until.time, until.zone));
            format!("Waiting{}: {}", until.unwrap_or_default(), halted(*reason))
        }
        Waiting::InLine(place, seconds) => {
            format!("{} in line, {}.", ordinal(*place), about(*seconds))
        }
    }
}

fn halted(reason: Reason) -> &'static str {
    match reason {
        Reason::Credentials => {
            "Twilio does not accept the account’s token. Your administrator sees it in Texting Setup; once that is right, the text goes out by itself."
        }
        Reason::Suspended => {
            "Twilio has suspended the office’s account. Your administrator sees it in Texting Setup; once that is right, the text goes out by itself."
        }
        Reason::Redirected => {
            "What this server takes for Twilio sends on to another address, and is not followed there. Your administrator sees it in Texting Setup; once that is right, the text goes out by itself."
        }
        Reason::Unregistered => {
            "US carriers take no text from the office’s number until it is registered with them. Your administrator sees it in Texting Setup; once an administrator says there that it is, the text goes out by itself."
        }
        Reason::Newer => {
            "The program is being brought up to date, and this server does not know yet what the text waits for."
        }
        Reason::Breaker => {
            "Twilio gave no clear answers to the last texts. One text at a time tries whether it does again; then this one goes out by itself."
        }
        Reason::Unreachable => "Twilio cannot be reached. The text goes out by itself.",
        Reason::Busy => "Twilio asked us to slow down. The text goes out by itself.",
        Reason::Restored => {
            "A backup was restored, and texts that wait may have gone out before. An administrator looks at them first."
        }
        Reason::Failover => {
            "The database moved to another server. Twilio is asked first what went out already; then the text goes out by itself."
        }
    }
}

/// The heading of what an administrator is told.
pub fn heading(reason: Reason) -> &'static str {
    match reason {
        Reason::Credentials => "No text goes out: Twilio does not accept the token",
        Reason::Suspended => "No text goes out: Twilio has suspended the account",
        Reason::Redirected => "No text goes out: Twilio’s address sends on to another",
        Reason::Unregistered => "No text goes out: the number is not registered with US carriers",
        Reason::Newer => "Texts wait, for a reason that a newer server knows",
        Reason::Breaker => "Texts wait: Twilio gives no clear answers",
        Reason::Unreachable => "Texts wait: Twilio cannot be reached",
        Reason::Busy => "Texts wait: Twilio has too many requests",
        Reason::Restored => "No text goes out: a backup was restored",
        Reason::Failover => "Texts wait: the database moved to another server",
    }
}

pub const REGISTERED_MEANT: &str = "The number is registered with US carriers now";
pub const REGISTERED_HINT: &str = "What waits goes out at once. What failed stays failed, with “Try again” on its row. If carriers refuse the next text, all wait again.";
pub const REGISTERED: &str = super::unclear::RELEASE;

/// What it means for an administrator, and what to do.
pub fn meaning(halt: &HaltView) -> String {
    let does = match halt.reason {
        Reason::Credentials => {
            "Save the account with the right Auth Token. What waits then goes out by itself; Twilio is also asked every 5 minutes whether it accepts the token again."
        }
        Reason::Suspended => {
            "Look at billing in Twilio’s console. Twilio is asked every 5 minutes whether the account is active again; what waits then goes out by itself."
        }
        Reason::Redirected => {
            "Ask whoever runs this server whether the address of Twilio’s API (OKTEXT_TWILIO_API_URL) is right. Nobody was followed to the other address, so the token went nowhere else. Twilio is asked every 5 minutes; once it answers at this address, what waits goes out by itself. Of the text that was sent on nobody knows: staff are asked about it."
        }
        Reason::Unregistered => {
            "Finish the registration in Twilio’s console: A2P 10DLC, or the verification of a toll-free number. Twilio cannot be asked whether it is done, so texts wait until an administrator says so here. A test text to your own phone shows whether carriers take it."
        }
        Reason::Newer => {
            "The servers of this program are of different versions. Look again when all of them are up to date; a newer one says what it is."
        }
        Reason::Breaker => {
            "One text at a time tries whether Twilio answers again; what waits then goes out by itself. Of the texts whose answers were unclear, Twilio’s list tells more."
        }
        Reason::Unreachable => {
            "If it lasts, ask whoever runs this server about its connection to the internet. What waits goes out by itself."
        }
        Reason::Busy => "Nothing to do: what waits goes out by itself.",
        Reason::Restored => "Look at what waits; some of it may have gone out before the restore.",
        Reason::Failover => {
            "The other server may lack what was done last, so what waits is compared with Twilio’s list. That takes a minute or two, and up to a quarter of an hour if Twilio does not answer. Of what stays unclear staff are asked; the rest goes out by itself."
        }
    };
    format!("Since {}. {does}", super::common::when(&halt.since))
}

/// "1st", "2nd", "11th", "1,023rd".
pub fn ordinal(n: i64) -> String {
    let end = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{}{end}", thousands(n))
}

/// "about 20 seconds", "about 1 min", "about 2 h".
pub fn about(seconds: i64) -> String {
    match seconds {
        ..45 => format!("about {} seconds", (seconds.max(1) + 4) / 5 * 5),
        45..5_400 => format!("about {} min", (seconds + 30) / 60),
        _ => format!("about {} h", (seconds + 1_800) / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_line_reads_as_people_say_it() {
        let said = |place, seconds| waiting(&Waiting::InLine(place, seconds));
        assert_eq!(said(12, 61), "12th in line, about 1 min.");
        assert_eq!(said(1, 3), "1st in line, about 5 seconds.");
        assert_eq!(said(1_022, 1_022), "1,022nd in line, about 17 min.");
        assert_eq!(said(21_611, 21_611), "21,611th in line, about 6 h.");
        assert_eq!(
            [ordinal(3), ordinal(13), ordinal(111)],
            ["3rd", "13th", "111th"]
        );
    }

    #[test]
    fn a_halt_says_who_can_end_it_and_never_that_the_text_failed() {
        for reason in [&Reason::ALL[..], &[Reason::Newer]].concat() {
            let said = waiting(&Waiting::Halted(reason, None));
            assert!(said.starts_with("Waiting: "), "{said}");
            assert!(!heading(reason).is_empty());
        }
        let credentials = waiting(&Waiting::Halted(Reason::Credentials, None));
        assert!(credentials.contains("does not accept the account’s token"));
    }
}
