//! How this process is set up, as far as the operations need to know.

use domain::setup::Addresses;

/// Settings of the process.
#[derive(Clone, Debug)]
pub struct Config {
    /// Under which address Twilio and staff reach this server, without a slash at the end.
    pub public_url: String,
    /// Names this process among others on the same database, and from its own earlier lives.
    pub owner: String,
    /// Texts go to a pretend Twilio.
    pub training: bool,
}

impl Config {
    /// Our addresses, as Twilio must know them.
    pub fn addresses(&self) -> Addresses {
        Addresses::under(&self.public_url)
    }
}
