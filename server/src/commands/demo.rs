//! `oktext demo`: everything on one machine, with a pretend Twilio inside. No account anywhere, no real text.

use super::{demo_data, open};
use crate::{
    cli::{Demo, Options},
    key, listen,
    settings::Settings,
    web::{Web, assets},
};
use service::clock::{Clock, SystemClock};
use tempfile::TempDir;
use tokio::sync::watch;
use twilio_sim::{Delays, Sim, SimConfig, SimNumber, SimPhone};

/// Serves the demo.
///
/// # Errors
/// In words.
pub async fn run(options: Options, demo: Demo) -> Result<(), String> {
    // Ends with the demo, and its folder with it; a folder that was named stays.
    let folder = match options.data_dir {
        Some(_) => None,
        None => Some(temporary()?),
    };
    let data_dir = folder.as_ref().map(|folder| folder.path().to_owned());
    let data_dir = options.data_dir.clone().or(data_dir);
    let mut settings = Settings::load(&Options {
        data_dir,
        ..options
    })?;
    let (listener, address) = listen::bind(settings.listen).await?;
    let own = format!("http://{address}");
    settings.public_url.clone_from(&own);
    settings.twilio_api_url = format!("{own}/sim");
    let store = open::store(&settings).await?;
    open::migrate(&store).await?;
    let service = open::service(&settings, store.clone(), true)?;
    service
        .adopt_outbox()
        .await
        .map_err(|problem| domain::words::problem::sentence(&problem))?;
    let phones = demo_data::ensure(&service, &key::sealer(&settings)?, SystemClock.now()).await?;
    let sim = simulator(&demo.delays, &own, phones)?;
    let (ending, listens) = watch::channel(false);
    let web = Web::new(service, settings, assets::site(true), listens);
    println!(
        "sign in: {} {}",
        demo_data::ADMINISTRATOR,
        demo_data::PASSWORD
    );
    println!(
        "twilio: {} {} {}",
        demo_data::ACCOUNT_SID,
        demo_data::AUTH_TOKEN,
        demo_data::NUMBER
    );
    let stop = listen::asked_to_stop();
    println!("ready {own}");
    let mut ended = ending.subscribe();
    let closing = sim.clone();
    tokio::spawn(async move {
        let _ = ended.wait_for(|ended| *ended).await;
        closing.close();
    });
    listen::serve(listener, web, ending, stop, Some(sim.router())).await
}

fn temporary() -> Result<TempDir, String> {
    let folder = tempfile::Builder::new().prefix("oktext-demo-").tempdir();
    folder.map_err(|error| format!("A folder for the demo cannot be made: {error}"))
}

/// The pretend Twilio with the demo's account, at `/sim` of this server.
pub fn simulator(delays: &str, own: &str, phones: Vec<SimPhone>) -> Result<Sim, String> {
    let range = read_delays(delays)?;
    let config = SimConfig {
        prefix: "/sim".into(),
        home: Some("/".into()),
        accounts: demo_data::accounts(&SimNumber {
            sms_url: Some(format!("{own}/twilio/text")),
            voice_url: Some(format!("{own}/twilio/voice")),
            ..SimNumber::default()
        }),
        phones,
        delays: Delays {
            queued_to_sent: range,
            sent_to_delivered: range,
            ..Delays::default()
        },
        callback_base: None,
    };
    Sim::new(config).map_err(|error| error.to_string())
}

/// "800-2500" or "0".
fn read_delays(text: &str) -> Result<(u64, u64), String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let read = |text: &str| {
        text.trim()
            .parse::<u64>()
            .map_err(|_| format!("{text} is no number of milliseconds"))
    };
    let (from, to) = (read(from)?, read(to)?);
    if from <= to {
        Ok((from, to))
    } else {
        Err(format!("{from}-{to} goes backwards"))
    }
}

#[cfg(test)]
mod tests {
    use super::read_delays;

    #[test]
    fn delays_are_a_range_or_one_number() {
        assert_eq!(read_delays("800-2500"), Ok((800, 2500)));
        assert_eq!(read_delays("0"), Ok((0, 0)));
        assert!(read_delays("9-1").is_err());
        assert!(read_delays("soon").is_err());
    }
}
