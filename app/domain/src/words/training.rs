//! The people of the training program and their sign-in: they stand on its "Sign in" page.

pub const ADMINISTRATOR: &str = "dana@cedarvalley.example";
pub const STAFF: &str = "luis@cedarvalley.example";
pub const NEIGHBOR: &str = "nora@riverside.example";
pub const NEIGHBORS_STAFF: &str = "omar@riverside.example";
pub const HOST: &str = "hal@host.example";
pub const PASSWORD: &str = "cedar-valley-demo";

pub const HEADING: &str = "Sign in as";
pub const PASSWORD_LEAD: &str = "Their password is";

/// Who there is, with the address to sign in with.
pub const PEOPLE: [(&str, &str); 5] = [
    ("Dana, administrator of Cedar Valley", ADMINISTRATOR),
    ("Luis, staff of Cedar Valley", STAFF),
    ("Nora, administrator of Riverside", NEIGHBOR),
    ("Omar, staff of Riverside", NEIGHBORS_STAFF),
    ("Hal, of the host of both", HOST),
];
