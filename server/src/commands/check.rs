//! `oktext check`: configuration, database and Twilio, a line each, in words.

use super::open;
use crate::settings::Settings;
use domain::{check::Standing, setup::LineView};

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
        let checked = service
            .check_all()
            .await
            .map_err(|p| domain::words::problem::sentence(&p))?;
        for (office, lines) in checked {
            bad += print_lines(&office, &lines);
        }
        // Nothing that is not in order here; but somebody may know what it is.
        let unclaimed = service.unclaimed().await;
        for (office, said) in unclaimed.map_err(|p| domain::words::problem::sentence(&p))? {
            println!(" -  {office}: {said}");
        }
    }
    if bad == 0 {
        Ok(())
    } else {
        Err(format!("{bad} not in order."))
    }
}

/// Prints what the check of Texting Setup says, as its page does: how many lines are not in order.
fn print_lines(office: &str, lines: &[LineView]) -> u32 {
    let mut bad = 0;
    for line in lines {
        let mark = match line.standing {
            Standing::Good => "ok ",
            Standing::Bad => "BAD",
            Standing::Waiting => "...",
            Standing::ToDo => " - ",
        };
        println!("{mark} {office}: {}: {}", line.heading, line.said);
        for (what, value) in &line.facts {
            println!("    {what}: {value}");
        }
        if let Some(next) = &line.next {
            println!("    {next}");
        }
        bad += u32::from(line.standing == Standing::Bad);
    }
    bad
}
