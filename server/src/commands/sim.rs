//! `oktext sim`: the pretend Twilio alone, with the demo's account.

use super::{demo, demo_data};
use crate::{cli::Sim, listen, settings::Settings};
use axum::Router;

/// Serves the simulator until Ctrl-C.
///
/// # Errors
/// In words.
pub async fn run(settings: &Settings, sim: &Sim) -> Result<(), String> {
    let (listener, address) = listen::bind(settings.listen).await?;
    let simulator = demo::simulator(&sim.delays, &settings.public_url, demo_data::phones())?;
    let router = Router::new().nest("/sim", simulator.router());
    println!(
        "twilio: {} {} {}",
        demo_data::ACCOUNT_SID,
        demo_data::AUTH_TOKEN,
        demo_data::NUMBER
    );
    println!("ready http://{address}/sim");
    let closing = simulator.clone();
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            listen::asked_to_stop().await;
            closing.close();
        })
        .await
        .map_err(|error| error.to_string())
}
