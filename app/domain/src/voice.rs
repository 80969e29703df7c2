//! What a caller hears: in which voice and language. Twilio, "TwiML Voice: Say", "Text-to-speech voices".

use serde::{Deserialize, Serialize};

/// A voice of Twilio's with the language that it speaks.
#[derive(Debug, PartialEq, Eq)]
pub struct Voice {
    /// Twilio's name of it.
    pub name: &'static str,
    /// Twilio's code of the language.
    pub language: &'static str,
    /// How it is called in a list.
    pub shown: &'static str,
}

/// The voices to choose from; the first is the default of the first text.
pub const VOICES: [Voice; 20] = [
    row("Polly.Joanna", "en-US", "English (US) – Joanna"),
    row("Polly.Matthew", "en-US", "English (US) – Matthew"),
    row("woman", "en-US", "English (US) – basic, woman"),
    row("man", "en-US", "English (US) – basic, man"),
    row("Polly.Lupe", "es-US", "Spanish (US) – Lupe"),
    row("Polly.Miguel", "es-US", "Spanish (US) – Miguel"),
    row("Polly.Mia", "es-MX", "Spanish (Mexico) – Mia"),
    row("woman", "es-ES", "Spanish – basic, woman"),
    row("man", "es-ES", "Spanish – basic, man"),
    row("Polly.Zeina", "arb", "Arabic – Zeina"),
    row("Polly.Zhiyu", "cmn-CN", "Chinese (Mandarin) – Zhiyu"),
    row("Polly.Chantal", "fr-CA", "French (Canada) – Chantal"),
    row("Polly.Lea", "fr-FR", "French – Léa"),
    row("Polly.Vicki", "de-DE", "German – Vicki"),
    row("Polly.Aditi", "hi-IN", "Hindi – Aditi"),
    row("Polly.Carla", "it-IT", "Italian – Carla"),
    row("Polly.Seoyeon", "ko-KR", "Korean – Seoyeon"),
    row("Polly.Ewa", "pl-PL", "Polish – Ewa"),
    row("Polly.Camila", "pt-BR", "Portuguese (Brazil) – Camila"),
    row("Polly.Tatyana", "ru-RU", "Russian – Tatyana"),
];

/// Where in [`VOICES`] the default of the second text stands.
pub const SPANISH: usize = 4;

const fn row(name: &'static str, language: &'static str, shown: &'static str) -> Voice {
    Voice {
        name,
        language,
        shown,
    }
}

impl Voice {
    /// Under which value a form sends it: Twilio's name and language.
    pub fn key(&self) -> String {
        key(self.name, self.language)
    }

    /// The most characters that it says in one go: 4096, or 3000 with Amazon Polly.
    pub fn limit(&self) -> usize {
        match self.name.starts_with("Polly.") {
            true => 3000,
            false => 4096,
        }
    }
}

/// The value of a voice in a form.
pub fn key(name: &str, language: &str) -> String {
    format!("{name}/{language}")
}

/// The voice of that value, if it is one of the list.
pub fn of_key(value: &str) -> Option<&'static Voice> {
    VOICES.iter().find(|voice| voice.key() == value)
}

/// One text as it is spoken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    pub text: String,
    /// Twilio's name of the voice.
    pub voice: String,
    /// Twilio's code of the language.
    pub language: String,
}

/// What a caller hears: the Call Response, and after it the same in a second language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallResponse {
    pub first: Saying,
    pub second: Saying,
}

impl CallResponse {
    /// What is said, in order: what is not written is not said.
    pub fn spoken(&self) -> impl Iterator<Item = &Saying> {
        [&self.first, &self.second]
            .into_iter()
            .filter(|saying| !saying.text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_voice_is_found_by_the_value_of_its_choice() {
        for voice in &VOICES {
            assert_eq!(of_key(&voice.key()), Some(voice));
        }
        assert_eq!(VOICES[SPANISH].language, "es-US");
        assert_eq!(of_key("Polly.Joanna"), None);
        assert_eq!(of_key("Polly.Joanna/es-US"), None);
    }

    #[test]
    fn polly_says_less_in_one_go() {
        let limit = |value| of_key(value).map(Voice::limit);
        assert_eq!(limit("Polly.Joanna/en-US"), Some(3000));
        assert_eq!(limit("woman/en-US"), Some(4096));
    }

    #[test]
    fn what_is_not_written_is_not_said() {
        let saying = |text: &str| Saying {
            text: text.into(),
            ..Saying::default()
        };
        let said = |first, second| {
            let response = CallResponse {
                first: saying(first),
                second: saying(second),
            };
            response
                .spoken()
                .map(|s| s.text.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(said("Call us.", "Llámenos."), ["Call us.", "Llámenos."]);
        assert_eq!(said("Call us.", " "), ["Call us."]);
        assert!(said("", "\n").is_empty());
    }
}
