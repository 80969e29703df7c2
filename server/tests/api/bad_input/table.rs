//! Every form with every field: what it would take, and what of the bad input it may take.

use url::form_urlencoded::byte_serialize;

/// What nobody should type, and somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    Empty,
    Missing,
    Long,
    Emoji,
    Script,
    Nul,
    Bidi,
    NoUtf8,
    Twice,
}
use Bad::{Bidi, Emoji, Empty, Long, Missing, NoUtf8, Nul, Script, Twice};

const SCRIPT: &str = "</textarea><script>alert(1)</script>";

impl Bad {
    /// As it is called.
    pub fn name(self) -> &'static str {
        match self {
            Empty => "nothing",
            Missing => "no field",
            Long => "10,001 characters",
            Emoji => "10,000 emoji",
            Script => "a script",
            Nul => "a NUL",
            Bidi => "marks that turn the direction",
            NoUtf8 => "bytes that are no text",
            Twice => "two values",
        }
    }

    /// As it is typed.
    pub fn bytes(self) -> Vec<u8> {
        match self {
            Empty | Missing => vec![],
            Long => vec![b'a'; 10_001],
            Emoji => "😀".repeat(10_000).into(),
            Script | Twice => SCRIPT.into(),
            Nul => b"a\0b".to_vec(),
            Bidi => "\u{202e}gnorw\u{200f}".into(),
            NoUtf8 => b"a\xff\xfeb".to_vec(),
        }
    }
}

/// What a field is to whoever fills it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What is typed stays in the form.
    Typed,
    /// It is never told back.
    Secret,
    /// A choice, or hidden: nothing of it is lost.
    Chosen,
    /// The button by which the form is another one: it stays as it is.
    Button,
}

impl Kind {
    /// What is tried in it.
    pub fn tries(self) -> &'static [Bad] {
        match self {
            Self::Typed | Self::Secret => &[
                Empty, Missing, Long, Emoji, Script, Nul, Bidi, NoUtf8, Twice,
            ],
            Self::Chosen => &[Missing, Long, Script, Nul, NoUtf8],
            Self::Button => &[],
        }
    }
}

/// A field of a form.
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    /// What would be taken.
    good: String,
    /// What of the bad it may take.
    takes: &'static [Bad],
    /// What is refused here: so that what another field may take is told back as well.
    spoilt: Option<&'static str>,
}

impl Field {
    fn taking(mut self, takes: &'static [Bad]) -> Self {
        self.takes = takes;
        self
    }

    fn or(mut self, spoilt: &'static str) -> Self {
        self.spoilt = Some(spoilt);
        self
    }
}

fn field(kind: Kind, name: &'static str, good: impl Into<String>) -> Field {
    Field {
        name,
        kind,
        good: good.into(),
        takes: &[],
        spoilt: None,
    }
}

fn typed(name: &'static str, good: impl Into<String>) -> Field {
    field(Kind::Typed, name, good)
}

fn secret(name: &'static str, good: impl Into<String>) -> Field {
    field(Kind::Secret, name, good)
}

fn chosen(name: &'static str, good: impl Into<String>) -> Field {
    field(Kind::Chosen, name, good)
}

fn button(name: &'static str) -> Field {
    field(Kind::Button, "press", name)
}

/// Any text that is not too long and can be stored.
const WORDS: &[Bad] = &[Script, Bidi, NoUtf8, Twice];
/// The same, or nothing.
const PERHAPS: &[Bad] = &[Empty, Missing, Script, Bidi, NoUtf8, Twice];
const NOTHING: &[Bad] = &[Empty, Missing];
const ANYTHING: &[Bad] = &[
    Empty, Missing, Long, Emoji, Script, Nul, Bidi, NoUtf8, Twice,
];

/// What is posted, in order. What the field may take goes with another field that is refused.
pub fn posted(fields: &[Field], about: usize, bad: Bad) -> Vec<(&'static str, Vec<u8>)> {
    let about = &fields[about];
    let spoilt = about.takes.contains(&bad).then(|| {
        let mut others = fields.iter().filter(|field| field.name != about.name);
        others
            .find(|field| field.spoilt.is_some())
            .expect("a field to spoil the form with")
            .name
    });
    let mut posted = vec![];
    for field in fields {
        let good = match field.spoilt.filter(|_| spoilt == Some(field.name)) {
            Some(spoilt) => spoilt.into(),
            None => field.good.clone().into_bytes(),
        };
        match (field.name == about.name, bad) {
            (true, Missing) => {}
            (true, Twice) => posted.extend([(field.name, bad.bytes()), (field.name, good)]),
            (true, _) => posted.push((field.name, bad.bytes())),
            (false, _) => posted.push((field.name, good)),
        }
    }
    posted
}

/// The form as a browser writes it.
pub fn encoded(posted: &[(&str, Vec<u8>)]) -> String {
    let pair = |(name, value): &(&str, Vec<u8>)| {
        let value: String = byte_serialize(value).collect();
        format!("{name}={value}")
    };
    posted.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// The value that counts, as text.
pub fn first_of(posted: &[(&str, Vec<u8>)], name: &str) -> String {
    let first = posted.iter().find(|(field, _)| *field == name);
    first.map_or_else(String::new, |(_, value)| {
        String::from_utf8_lossy(value).into_owned()
    })
}

/// Whose form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Administrator,
    Host,
    Anybody,
}
use Who::{Administrator, Anybody, Host};

/// One of each thing that forms are about.
#[derive(Default)]
pub struct There {
    pub client: String,
    pub text: String,
    pub entry: String,
    pub luis: String,
    pub review: String,
    pub org: String,
    pub invitation: String,
    pub key: String,
    pub account: String,
    pub seen: String,
    pub test_key: String,
    pub setup_token: String,
}

/// A form.
pub struct Form {
    pub route: &'static str,
    pub who: Who,
    pub path: fn(&There) -> String,
    pub fields: fn(&There) -> Vec<Field>,
}

macro_rules! form {
    ($who:ident $route:literal, $path:expr, $fields:expr) => {
        Form {
            route: $route,
            who: $who,
            path: $path,
            fields: $fields,
        }
    };
}

/// A form whose address is its route.
macro_rules! plain {
    ($who:ident $route:literal, $fields:expr) => {
        form!($who $route, |_| $route.into(), $fields)
    };
}

const PASSWORD: &str = "a long enough password";
/// A case whose client may be texted, and whose composer is tried.
pub const COMPOSED: &str = "25-1041502";

/// The form that is there as long as nobody can sign in.
pub const FIRST: Form = plain!(Anybody "/first", |there| vec![
    secret("setup_token", &there.setup_token),
    typed("office", "Harbor Legal Aid").taking(WORDS).or(""),
    typed("name", "Ada").taking(WORDS).or(""),
    typed("email", "ada@harbor.example"),
    secret("password", PASSWORD).taking(&[Script, Twice]).or("short"),
    chosen("zone", "America/New_York"),
]);

pub const FORMS: &[Form] = &[
    plain!(Administrator "/clients/new", |_| vec![
        typed("name", "Zoë Quill").taking(WORDS).or(""),
        typed("cell", "(661) 555-0177").taking(NOTHING),
        chosen("language", "en"),
        chosen("zone", "America/Denver").taking(&[Missing]),
        typed("case_number", "26-7").or(""),
    ]),
    form!(Administrator "/clients/{id}", |there| format!("/clients/{}", there.client), |_| vec![
        typed("case_number", "26-8"),
    ]),
    form!(Administrator "/clients/{id}/edit", |there| format!("/clients/{}/edit", there.client), |_| vec![
        typed("name", "Thuy Tran").taking(WORDS).or(""),
        typed("cell", "(661) 555-0119").taking(NOTHING),
        chosen("okay", "on").taking(ANYTHING),
        chosen("okay_for", "+16615550119").taking(ANYTHING),
        chosen("cell_was", "+16615550119").taking(ANYTHING),
        chosen("okay_was", "on").taking(ANYTHING),
        chosen("language", "en").or("xx"),
        chosen("zone", "America/Denver").taking(&[Missing]),
    ]),
    form!(Administrator "/clients/{id}/consent", |there| format!("/clients/{}/consent", there.client), |_| vec![
        chosen("number", "+16615550119"),
        chosen("event", "withdrawn"),
        chosen("source", "by_phone").or(""),
        typed("note", "Said so.").taking(PERHAPS),
    ]),
    plain!(Administrator "/reviews", |there| vec![
        chosen("review", &there.review),
        chosen("decision", "other").or(""),
        typed("note", "Meant the bus.").taking(PERHAPS),
    ]),
    // About a text of which nobody has to decide: what is understood is refused for that.
    plain!(Administrator "/unclear", |there| vec![
        chosen("text", &there.text),
        chosen("posted", "1"),
        chosen("choice", "again"),
        chosen("sure", "on"),
    ]),
    plain!(Administrator "/admin/opt-outs", |_| vec![
        chosen("verdict", "discard").or(""),
        typed("note", "An outage.").taking(PERHAPS),
    ]),
    plain!(Administrator "/admin/incoming", |_| vec![
        chosen("show_incoming", "on").taking(ANYTHING),
        typed("answer_limit", "5").or("0"),
        typed("opt_out_limit", "5").or("0"),
    ]),
    form!(Administrator "/cases/{number}/text", |_| format!("/cases/{COMPOSED}/text"), |there| vec![
        chosen("key", &there.key).or("nonsense"),
        chosen("author", "").taking(ANYTHING),
        typed("body", "Hello.").taking(WORDS),
        chosen("press", "send").taking(ANYTHING),
    ]),
    form!(Administrator "/cases/{number}/text", |_| format!("/cases/{COMPOSED}/text"), |there| vec![
        chosen("key", &there.key).taking(ANYTHING),
        typed("body", "Hello.").taking(ANYTHING),
        chosen("quick_entry", &there.entry).or(""),
        button("insert"),
    ]),
    form!(Administrator "/cases/{number}/texts", |_| format!("/cases/{COMPOSED}/texts"), |there| vec![
        chosen("text", &there.text),
    ]),
    plain!(Administrator "/admin/setup/tables/quick-entries", |there| vec![
        chosen("press", "save"),
        chosen("id", &there.entry).taking(&[Missing]),
        typed("name", "Court map").taking(WORDS).or(""),
        typed("body", "The court is at [address].").taking(WORDS).or(""),
    ]),
    form!(Administrator "/admin/texting/{step}", |_| "/admin/texting/account".into(), |there| vec![
        chosen("press", "save").taking(ANYTHING),
        typed("sid", &there.account).or("AC"),
        secret("token", "").taking(NOTHING),
    ]),
    form!(Administrator "/admin/texting/{step}", |_| "/admin/texting/account".into(), |there| vec![
        button("add"),
        chosen("sid", &there.account).taking(ANYTHING),
        secret("secondary", "0123456789abcdef0123456789abcdef").or("x"),
    ]),
    form!(Administrator "/admin/texting/{step}", |_| "/admin/texting/number".into(), |_| vec![
        chosen("number", "(661) 555-0100"),
    ]),
    form!(Administrator "/admin/texting/{step}", |_| "/admin/texting/responses".into(), |_| vec![
        typed("text_response", "Call us.").taking(WORDS).or(""),
        typed("call_response", "Call us.").taking(WORDS),
        chosen("call_voice", "Polly.Joanna/en-US"),
        typed("second_response", "Llame.").taking(PERHAPS),
        chosen("second_voice", "Polly.Lupe/es-US"),
        chosen("max_parts", "1").or("0"),
        chosen("pace", "1").taking(&[Missing]),
    ]),
    form!(Administrator "/admin/texting/{step}", |_| "/admin/texting/address".into(), |_| vec![
        typed("public_url", "https://text.example.org").taking(NOTHING).or("x"),
        typed("status_callback", "https://reports.example.org/x").taking(NOTHING).or("x"),
    ]),
    form!(Administrator "/admin/texting/{step}", |_| "/admin/texting/connect".into(), |there| vec![
        chosen("seen", &there.seen).or("nothing of it"),
        chosen("overwrite", "on").taking(ANYTHING),
    ]),
    form!(Administrator "/admin/texting/{step}", |_| "/admin/texting/test".into(), |there| vec![
        chosen("key", &there.test_key),
        typed("phone", "(661) 555-0190"),
    ]),
    plain!(Administrator "/admin/staff", |_| vec![
        chosen("press", "invite"),
        typed("email", "otto@cedarvalley.example"),
        chosen("role", "staff"),
    ]),
    plain!(Administrator "/admin/staff", |there| vec![
        chosen("press", "role").taking(ANYTHING),
        chosen("id", &there.luis),
        chosen("role", "administrator").or("x"),
    ]),
    plain!(Administrator "/admin/staff", |_| vec![
        chosen("press", "disable"),
        chosen("id", "nobody"),
        chosen("confirm", "on"),
    ]),
    plain!(Host "/host", |_| vec![
        chosen("press", "create").taking(ANYTHING),
        typed("name", "Another Legal Aid").taking(WORDS).or(""),
        typed("address", "another").taking(NOTHING),
        chosen("zone", "America/Denver").or("x"),
    ]),
    plain!(Host "/host", |there| vec![
        chosen("press", "invite").taking(ANYTHING),
        chosen("org", &there.org),
        typed("email", "boss@another.example").or("x"),
    ]),
    form!(Anybody "/invite/{token}", |there| there.invitation.clone(), |_| vec![
        typed("name", "Inés").taking(WORDS).or(""),
        secret("password", PASSWORD).taking(&[Script, Twice]).or("short"),
    ]),
    // The password is never right, so that nobody is signed in.
    plain!(Anybody "/login", |_| vec![
        typed("email", "dana@cedarvalley.example").or(""),
        secret("password", "wrong but long").or(""),
        chosen("next", "/").taking(ANYTHING),
        chosen("kept", "").taking(ANYTHING),
    ]),
];
