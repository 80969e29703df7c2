//! The box after sending.

use super::{HALTED, NOT_DELIVERED, ON_ITS_WAY, REFUSED, SENT};
use crate::{compose::Sent, status::Status, text::Waiting, words};

/// The heading of the box after sending.
pub fn box_heading(sent: &Sent) -> &'static str {
    if let (Status::Waiting, Some(Waiting::Halted(..))) = (sent.status, sent.waiting.as_deref()) {
        return HALTED;
    }
    match sent.status {
        Status::Waiting | Status::Claimed | Status::Posting => ON_ITS_WAY,
        Status::Unknown | Status::WentOut | Status::Canceled => words::status::word(sent.status),
        Status::Refused | Status::Stopped | Status::Failed => REFUSED,
        Status::Undelivered => NOT_DELIVERED,
        _ => SENT,
    }
}

/// What Twilio said, below the heading; nothing as long as it said nothing.
pub fn box_answer(sent: &Sent) -> Option<String> {
    let by_twilio = Status::from_twilio(sent.status.as_str()).is_some();
    by_twilio.then(|| format!("Twilio responded with: '{}'", sent.status.as_str()))
}

/// What it means, and what to do.
pub fn box_meaning(sent: &Sent) -> Vec<String> {
    if let Some(why) = sent.stopped {
        return vec![words::status::stopped(why).into()];
    }
    if let (true, Some(code)) = (went_wrong(sent.status), sent.error) {
        return vec![
            words::codes::meaning(code).into(),
            words::codes::next_step(code).into(),
        ];
    }
    if let (Status::Waiting | Status::Claimed, Some(waiting)) = (sent.status, &sent.waiting) {
        return vec![words::halt::waiting(waiting), words::halt::SAVED.into()];
    }
    let sentence = match sent.status {
        Status::Waiting | Status::Claimed | Status::Posting => {
            "Your text is saved. Twilio has not answered yet; look in Texts to see how it goes on. There is no need to send it again."
        }
        Status::Scheduled | Status::Accepted | Status::Queued | Status::Sending => {
            "Twilio has the text and passes it on. Look in Texts to see when it is delivered."
        }
        status => words::status::sentence(status),
    };
    vec![sentence.into()]
}

/// Twilio's code, in small print, if the text went wrong with one.
pub fn box_code(sent: &Sent) -> Option<String> {
    sent.error.filter(|_| went_wrong(sent.status)).map(code)
}

/// Twilio's code, in small print.
pub fn code(code: u32) -> String {
    format!("Twilio’s code {code}")
}

/// The text did not and will not arrive.
pub fn went_wrong(status: Status) -> bool {
    matches!(
        status,
        Status::Refused | Status::Stopped | Status::Failed | Status::Undelivered
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::halt::Reason;

    #[test]
    fn sent_is_never_said_before_twilio_accepted() {
        for status in Status::ALL {
            let sent = sample(status);
            let accepted = status.rank() >= Status::Scheduled.rank() && !went_wrong(status);
            let said = box_heading(&sent) == SENT;
            assert_eq!(said, accepted && status != Status::Canceled, "{status:?}");
        }
    }

    #[test]
    fn the_box_says_what_twilio_said() {
        assert_eq!(
            box_answer(&sample(Status::Queued)).as_deref(),
            Some("Twilio responded with: 'queued'")
        );
        assert_eq!(box_answer(&sample(Status::Posting)), None);
    }

    #[test]
    fn what_stands_still_is_not_called_on_its_way() {
        let waiting = |waiting| Sent {
            waiting: Some(Box::new(waiting)),
            ..sample(Status::Waiting)
        };
        let halted = Waiting::Halted(Reason::Unregistered, None);
        assert_eq!(box_heading(&waiting(halted)), HALTED);
        assert_eq!(box_heading(&waiting(Waiting::InLine(3, 9))), ON_ITS_WAY);
        assert_eq!(box_heading(&sample(Status::Waiting)), ON_ITS_WAY);
    }

    fn sample(status: Status) -> Sent {
        let id = "0190a000-0000-7000-8000-000000000000";
        let at = crate::when::When {
            utc: String::new(),
            day: "Today".into(),
            time: "2:14 PM".into(),
            zone: "PST".into(),
            exact: String::new(),
        };
        Sent {
            text: id.parse().expect("an id"),
            status,
            error: None,
            stopped: None,
            waiting: None,
            at,
            next_key: id.parse().expect("a key"),
        }
    }
}
