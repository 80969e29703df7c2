//! The check of Texting Setup: what each line says, and what to do next.

use super::count;
use crate::{
    check::{Finding, NotReached, Standing, Topic},
    halt::{self, Reason},
};

pub const HEADING: &str = "The check";
pub const NOW: &str = "Check now";
pub const AGAIN: &str = "Check again now";
pub const RUNNING: &str = "The check is running. Each line appears when it is done.";
pub const LOOK_AGAIN: &str = "Look again";
pub const NEVER: &str = "Nothing was checked yet.";
pub const LAST: &str = "Last checked:";
pub const NIGHTLY: &str = "Runs every night by itself.";
pub const NOW_THERE: &str = "Now in Twilio";
pub const SHOULD_BE: &str = "Should be";
pub const ADDRESS: &str = "Address";
pub const SENT: &str = "Sent to";
pub const ARRIVED: &str = "Arrived at";
pub const PUT_RIGHT: &str = "Put it right";
pub const NOTHING_HERE: &str = "Nothing of this step was checked yet.";

/// What an administrator is told while this server's clock is wrong.
pub const CLOCK_HOLDS: &str = "Texts that staff send go out. What the program does by itself waits until the clock is right: asking Twilio about texts, asking staff about texts of which nobody knows, the nightly check, tidying up. Whoever runs this server has to set its clock, best by a time service (NTP).";

/// How wrong this server's clock is, as a heading.
pub fn clock_off(seconds: i64) -> String {
    let side = if seconds > 0 { "ahead" } else { "behind" };
    format!("This server’s clock is {} {side}", duration(seconds.abs()))
}

/// What the way to a step is called, for those who hear links without what stands around them.
pub fn put_right(heading: &str) -> String {
    format!("{PUT_RIGHT}: {heading}")
}

/// A text that Twilio reports on and that nobody here has, for whoever runs the program.
pub fn unclaimed(sid: &str, when: &str) -> String {
    format!(
        "Twilio reports on a text that is nobody’s here: {sid}, last on {when}. Perhaps another program sends from this account and names our address for its reports."
    )
}

/// The word of a standing.
pub fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Good => "In order",
        Standing::Bad => "Not working",
        Standing::Waiting => "Waiting for Twilio",
        Standing::ToDo => "To do",
    }
}

/// What a line is about.
pub fn heading(topic: Topic) -> &'static str {
    match topic {
        Topic::Credentials => "SID and Auth Token are right",
        Topic::Account => "Account is active and not a trial",
        Topic::Number => "Twilio # can text and call",
        Topic::IncomingTexts => "Incoming texts reach us",
        Topic::IncomingCalls => "Incoming calls are answered",
        Topic::Reachable => "Public address is reached from outside",
        Topic::Signature => "Twilio’s signature arrives unharmed",
        Topic::Clock => "Clock is right",
        Topic::Reports => "Status Callback reaches us",
        Topic::Carriers => "US carriers take our texts",
    }
}

/// What was found. `when` writes a time in the reader's zone.
pub fn said(finding: &Finding, when: impl Fn(i64) -> String) -> String {
    use Finding as F;
    match finding {
        F::After => "This is looked at once what it depends on is right.".into(),
        F::TwilioSilent => "Twilio did not answer when it was asked.".into(),
        F::Refused { code } => format!("{} (Twilio’s code {code})", super::codes::meaning(*code)),
        F::NoAccount => "No account is entered yet.".into(),
        F::CredentialsRefused => "Twilio does not accept this SID with this Auth Token.".into(),
        F::Known { name } => format!("Twilio knows us as {name}."),
        F::Trial => "This is a trial account. It texts only numbers that were verified at Twilio, so clients get nothing.".into(),
        F::NotActive { status } => format!("Twilio calls the account {status}. It sends and answers nothing."),
        F::Active { balance: Some(balance) } => format!("Full account, in use. Balance: {balance}."),
        F::Active { balance: None } => "Full account, in use.".into(),
        F::NoNumber => "No number is chosen yet.".into(),
        F::NotOurs => "The number is not one of this account’s.".into(),
        F::CannotText => "The number cannot text.".into(),
        F::CannotSpeak => "The number can text but takes no calls, so the Call Response is never heard.".into(),
        F::TextsAndSpeaks { number } => format!("{} belongs to the account.", number.display()),
        F::Application { .. } => "An application at Twilio stands before our address and hides it.".into(),
        F::Trunk { .. } => "A SIP trunk at Twilio takes the calls before they reach our address.".into(),
        F::NoAddress { .. } => "Twilio has no address for this.".into(),
        F::OtherAddress { .. } => "Twilio asks another address, so this never comes here.".into(),
        F::WrongMethod { now } => format!("Twilio asks by {now}; only POST is answered."),
        F::ReachesUs { .. } => "Twilio asks this server.".into(),
        F::NotReached(why) => not_reached(why),
        F::Reached { .. } => "The address leads to this program.".into(),
        F::SignatureLost => "Our test request arrived without its signature: something on the way takes out the header X-Twilio-Signature.".into(),
        F::AddressChanged { .. } => "Something on the way changes the address, so signatures do not fit.".into(),
        F::FormChanged => "Something on the way changes what is posted.".into(),
        F::SignatureWrong => "Our test request arrived, and its signature does not fit.".into(),
        F::Signed => "A request signed as Twilio signs arrived here as it was sent.".into(),
        F::ClockRight => "It agrees with Twilio’s.".into(),
        F::ClockOff { seconds } => format!("{}.", clock_off(*seconds)),
        F::NoReportYet => "No text was sent yet, so Twilio had nothing to report.".into(),
        F::ReportAwaited { since } => format!("A text went out on {}; Twilio’s first report is on its way.", when(*since)),
        F::ReportMissing { since } => format!("A text went out on {}, and no report came since.", when(*since)),
        F::LastReport { at } => format!("The last report came on {}.", when(*at)),
        F::Unregistered { texts } => format!(
            "In the last week carriers refused {} because the number is not registered (codes 30034 and the like).",
            count(*texts, "text", "texts")
        ),
        F::HeldForRegistration => "Carriers refused a text because the number is not registered, and no text goes out since.".into(),
        F::NoneUnregistered => "In the last week no text was refused for want of registration.".into(),
        F::NoneUnregisteredSince { at } => format!("No text was refused for want of registration since an administrator said on {} that the number is registered.", when(*at)),
    }
}

/// Addresses and the like that belong to what was found, each with what it is.
pub fn facts(finding: &Finding) -> Vec<(&'static str, String)> {
    use Finding as F;
    match finding {
        F::OtherAddress { now, should } => {
            vec![(NOW_THERE, now.clone()), (SHOULD_BE, should.clone())]
        }
        F::NoAddress { should } => vec![(SHOULD_BE, should.clone())],
        F::Application { sid } | F::Trunk { sid } => vec![(NOW_THERE, sid.clone())],
        F::ReachesUs { address } | F::Reached { address } => vec![(ADDRESS, address.clone())],
        F::AddressChanged { sent, arrived } => {
            vec![(SENT, sent.clone()), (ARRIVED, arrived.clone())]
        }
        F::NotReached(
            NotReached::NoConnection { address }
            | NotReached::TooSlow { address }
            | NotReached::Redirects { address }
            | NotReached::NotUs { address, .. },
        ) => vec![(ADDRESS, address.clone())],
        _ => vec![],
    }
}

/// For a number that US carriers do not know.
const REGISTER: &str = "Register the number in Twilio’s console (A2P 10DLC, or toll-free verification). It takes some days.";

/// What to do next; nothing when there is nothing to do.
pub fn next(finding: &Finding) -> Option<&'static str> {
    use Finding as F;
    Some(match finding {
        F::TwilioSilent => {
            "Nothing for you to do: it is asked again at the next check. If this lasts, see status.twilio.com."
        }
        F::Refused { code } if halt::of_code(*code) == Some(Reason::Unregistered) => REGISTER,
        F::Refused { .. } => "Look at the account in Twilio’s console.",
        F::NoAccount => "Copy SID and Auth Token from Twilio’s console.",
        F::CredentialsRefused => {
            "Copy both again from Twilio’s console, under Account, API keys & tokens."
        }
        F::Trial => "Upgrade the account in Twilio’s console: Admin, Account billing, Upgrade.",
        F::NotActive { .. } => "See to it in Twilio’s console; most often a payment is missing.",
        F::NoNumber => "Choose one of the account’s numbers.",
        F::NotOurs => "Choose a number of this account, or enter the account that has it.",
        F::CannotText | F::CannotSpeak => "Buy a number at Twilio that can do both, and choose it.",
        F::Application { .. } => {
            "Connect the number; or open it in Twilio’s console and set “Configure with” back to Webhook."
        }
        F::Trunk { .. } => {
            "Connect the number; or open it in Twilio’s console and set “Configure with” from SIP Trunk back to Webhook."
        }
        F::NoAddress { .. } | F::OtherAddress { .. } | F::WrongMethod { .. } => {
            "Connect the number, or paste our address at Twilio by hand."
        }
        F::NotReached(why) => reach_next(why),
        F::SignatureLost => "Let the proxy pass on every header of the request.",
        F::AddressChanged { .. } => {
            "Let the proxy pass on path and query unchanged, or correct the public address."
        }
        F::FormChanged => "Let the proxy pass on the body unchanged.",
        F::SignatureWrong => "Check that the public address is written exactly as Twilio calls it.",
        F::ClockOff { .. } => "Let the server set its clock by a time service (NTP).",
        F::NoReportYet => "Send a test text to your own phone.",
        F::ReportAwaited { .. } => "Nothing for you to do.",
        F::ReportMissing { .. } => {
            "Check that the Status Callback is our address, and that the public address is reached."
        }
        F::Unregistered { .. } | F::HeldForRegistration => REGISTER,
        F::After
        | F::Known { .. }
        | F::Active { .. }
        | F::TextsAndSpeaks { .. }
        | F::ReachesUs { .. }
        | F::Reached { .. }
        | F::Signed
        | F::ClockRight
        | F::LastReport { .. }
        | F::NoneUnregistered
        | F::NoneUnregisteredSince { .. } => return None,
    })
}

fn not_reached(why: &NotReached) -> String {
    match why {
        NotReached::NoConnection { .. } => "Nothing answers there.".into(),
        NotReached::TooSlow { .. } => "There is no answer in time.".into(),
        NotReached::Redirects { .. } => {
            "The address sends on to another; Twilio would lose what it posts.".into()
        }
        NotReached::NotUs { status, .. } => {
            format!("Something else than this program answers there (status {status}).")
        }
    }
}

fn reach_next(why: &NotReached) -> &'static str {
    match why {
        NotReached::NoConnection { .. } => {
            "Check the name, its DNS entry, the certificate and the firewall; the address must be reached from the internet."
        }
        NotReached::TooSlow { .. } => {
            "Twilio waits 15 seconds at most. Look at the proxy and the server’s load."
        }
        NotReached::Redirects { .. } => {
            "Enter the address that is sent on to as the public address, exactly, https included."
        }
        NotReached::NotUs { .. } => {
            "Let the proxy lead /twilio and /text of this address to this program."
        }
    }
}

fn duration(seconds: i64) -> String {
    match (seconds + 30) / 60 {
        minutes @ 0..120 => count(minutes, "minute", "minutes"),
        minutes @ 120..2_880 => count(minutes / 60, "hour", "hours"),
        minutes => count(minutes / 1_440, "day", "days"),
    }
}

/// What is told when a check has ended: how many lines need somebody.
pub fn summary(bad: i64, waiting: i64) -> String {
    match (bad, waiting) {
        (0, 0) => "Everything is in order.".into(),
        (0, n) => format!(
            "{} for Twilio; nothing for you to do.",
            count(n, "line waits", "lines wait")
        ),
        (n, _) => format!("{} you.", count(n, "line needs", "lines need")),
    }
}
