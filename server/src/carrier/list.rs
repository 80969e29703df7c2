//! Twilio's list of texts, page by page as far back as is wanted.

use super::{unanswered, word};
use service::carrier::{Asked, Listed, Unanswered};
use twilio::{Client, Credentials, Message, MessageFilter};

/// Texts on a page: so many of the longest fit into an answer that the client reads to its end.
const PAGE: u32 = 200;
/// At most so many pages: more texts than clients write in a day, or than wait and leave at one number in ten hours.
const PAGES: usize = 200;

pub async fn list(
    client: &Client,
    credentials: Credentials,
    asked: &Asked,
) -> Result<Vec<Listed>, Unanswered> {
    let filter = MessageFilter {
        to: asked.to.as_ref().map(|to| to.as_str().to_owned()),
        from: asked.from.as_ref().map(|from| from.as_str().to_owned()),
        ..MessageFilter::default()
    };
    let mut found = vec![];
    let first = client.list_messages(&credentials, &filter, PAGE).await;
    let mut page = first.map_err(unanswered)?;
    for _ in 0..PAGES {
        let all = std::mem::take(&mut page.messages);
        let before = all.len();
        let wanted = all.into_iter().map(listed);
        let wanted: Vec<Listed> = wanted
            .filter(|one| one.at.is_none_or(|at| at >= asked.since))
            .collect();
        // The newest come first: what follows an older one is older still.
        let ended = wanted.len() < before;
        found.extend(wanted);
        if ended {
            return Ok(found);
        }
        let next = client.next_messages(&credentials, &page).await;
        match next.map_err(unanswered)? {
            Some(next) => page = next,
            None => return Ok(found),
        }
    }
    // Of what is compared with a list no part may be missing.
    match asked.to {
        None => Err(Unanswered::Silent("its list is too long".into())),
        Some(_) => Ok(found),
    }
}

fn listed(message: Message) -> Listed {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    Listed {
        incoming: message.direction.as_deref() == Some("inbound"),
        from: text(&message.from),
        to: text(&message.to),
        body: text(&message.body),
        at: message.created_at(),
        media: text(&message.num_media).parse().unwrap_or_default(),
        word: word(message),
    }
}
