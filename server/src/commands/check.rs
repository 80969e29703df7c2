//! `oktext check`: configuration, database and Twilio, a line each, in words.

use super::open;
use crate::settings::Settings;
use service::carrier::Unanswered;

/// Says whether all is in order; a line that is not makes the command fail.
///
/// # Errors
/// How many lines were not in order.
pub async fn run(settings: Settings) -> Result<(), String> {
    let mut bad = 0;
    let mut line = |good: bool, words: String| {
        println!("{} {words}", if good { "ok " } else { "BAD" });
        bad += u32::from(!good);
    };
    line(
        true,
        format!(
            "configuration: listens on {}, reached as {}",
            settings.listen, settings.public_url
        ),
    );
    if !settings.is_tls() {
        println!("    The public address is not https: fine on this machine, not beyond it.");
    }
    let service = match open::store(&settings).await {
        Err(words) => {
            line(false, format!("database: {words}"));
            None
        }
        Ok(store) => match store.is_current().await {
            Ok(true) => {
                line(
                    true,
                    "database: reached, its schema is this program's".into(),
                );
                open::service(&settings, store, false)
                    .inspect_err(|words| line(false, format!("key: {words}")))
                    .ok()
            }
            Ok(false) => {
                line(
                    false,
                    "database: its schema is older; run oktext migrate".into(),
                );
                None
            }
            Err(error) => {
                line(false, format!("database: {error}"));
                None
            }
        },
    };
    if let Some(service) = service {
        for (office, answer) in service
            .check_accounts()
            .await
            .map_err(|p| domain::words::problem::sentence(&p))?
        {
            match answer {
                None => line(true, format!("{office}: texting is not set up yet")),
                Some(Ok(facts)) if facts.status == "active" => line(
                    true,
                    format!("{office}: Twilio knows the account as {}", facts.name),
                ),
                Some(Ok(facts)) => line(
                    false,
                    format!("{office}: Twilio calls the account {}", facts.status),
                ),
                Some(Err(Unanswered::Credentials)) => line(
                    false,
                    format!("{office}: Twilio does not accept SID and Auth Token"),
                ),
                Some(Err(other)) => {
                    line(false, format!("{office}: Twilio did not answer: {other}"))
                }
            }
        }
    }
    if bad == 0 {
        Ok(())
    } else {
        Err(format!("{bad} not in order."))
    }
}
