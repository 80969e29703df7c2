//! The step of the responses: what clients who text or call get back.

use crate::{Service, audit::Deed, error::OrProblem};
use domain::{
    limits,
    pace::CHOICES,
    problem::{Complaint, Complaints, Problem, bounded, line},
    role::{Actor, Operation},
    setup::ResponsesForm,
    voice::{self, CallResponse, Saying, Voice},
};

impl Service {
    /// Saves what clients hear back.
    ///
    /// # Errors
    /// Complaints about the form.
    pub async fn save_responses(&self, actor: &Actor, form: ResponsesForm) -> Result<(), Problem> {
        Self::allow(actor, Operation::SetUpTexting)?;
        let typed = Typed::read(&form)?;
        let mut tx = self.0.store.begin(actor.org).await.or_problem()?;
        let addresses = self.addresses(&mut tx).await?;
        tx.ensure_setup(&addresses.status).await.or_problem()?;
        tx.save_responses(&typed.text, &typed.spoken, i64::from(typed.max_parts))
            .await
            .or_problem()?;
        if let Some(pace) = typed.pace {
            tx.save_pace(pace).await.or_problem()?;
        }
        self.record(&mut tx, actor, Deed::SavedSetup, "responses")
            .await?;
        tx.commit().await.or_problem()?;
        self.0.wake.notify_one();
        Ok(())
    }
}

/// The form, read.
struct Typed {
    text: String,
    spoken: CallResponse,
    max_parts: u32,
    /// Nothing: it stays as it is.
    pace: Option<i64>,
}

impl Typed {
    fn read(form: &ResponsesForm) -> Result<Self, Problem> {
        let mut complaints = Complaints::default();
        let text = complaints.take(
            "text_response",
            line(&form.text_response, limits::TEXT_RESPONSE),
        );
        let voice = complaints.take("call_voice", read_voice(&form.call_voice));
        let second_voice = complaints.take("second_voice", read_voice(&form.second_voice));
        let longest = |voice: Option<&Voice>| voice.map_or(limits::CALL_RESPONSE, Voice::limit);
        let first = complaints.take("call_response", line(&form.call_response, longest(voice)));
        let second = complaints.take(
            "second_response",
            bounded(form.second_response.trim(), longest(second_voice)),
        );
        let max_parts = complaints.take("max_parts", read_parts(&form.max_parts));
        let pace = complaints.take("pace", read_pace(&form.pace));
        complaints.finish()?;
        let all = (|| {
            Some(Self {
                text: text?,
                spoken: CallResponse {
                    first: saying(first?, voice?),
                    second: saying(second?, second_voice?),
                },
                max_parts: max_parts?,
                pace: pace?,
            })
        })();
        // With no complaint every field was read.
        all.ok_or(Problem::Internal)
    }
}

fn saying(text: String, voice: &Voice) -> Saying {
    Saying {
        text,
        voice: voice.name.to_owned(),
        language: voice.language.to_owned(),
    }
}

fn read_voice(typed: &str) -> Result<&'static Voice, Complaint> {
    voice::of_key(typed.trim()).ok_or(Complaint::NotAChoice)
}

fn read_parts(typed: &str) -> Result<u32, Complaint> {
    let parts = typed
        .trim()
        .parse::<u32>()
        .ok()
        .filter(|parts| (1..=limits::PARTS).contains(parts));
    parts.ok_or(Complaint::NotAChoice)
}

fn read_pace(typed: &str) -> Result<Option<i64>, Complaint> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let pace = typed.trim().parse().ok();
    let pace = pace.filter(|pace| CHOICES.contains(pace));
    pace.map(Some).ok_or(Complaint::NotAChoice)
}
