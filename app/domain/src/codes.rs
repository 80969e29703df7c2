//! Twilio's error codes: what each makes the program do, and who has to do what next.
//!
//! Twilio, "Error and Warning Dictionary". Twilio may change its error messages, so everything hangs on
//! the code. The sentences stand in [`crate::words::codes`].

use crate::halt::{self, Reason};
use Effect::{FlagsNumber, SetupRed, StopsQueue, Unticks, WaitsAndRetries};
use NextStep::{
    AskForAnotherContact, AskTheClient, CallInstead, ChangeTheText, CorrectTheNumber, Nothing,
    TellTheAdministrator, TryAgain, WaitForStart,
};

/// What the person in front of the text does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Nothing: the program sees to it.
    Nothing,
    /// Finds out from the client whether the text arrived.
    AskTheClient,
    /// Checks the number with the client and corrects it.
    CorrectTheNumber,
    /// Calls, or asks for a cell number.
    CallInstead,
    /// Asks the client for another way to reach them.
    AskForAnotherContact,
    /// Waits for the client to text START: nobody else can lift the block.
    WaitForStart,
    /// Changes the words and sends the text again.
    ChangeTheText,
    /// Sends the same text again, later.
    TryAgain,
    /// Tells the administrator.
    TellTheAdministrator,
}

/// What the program does about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Takes "okay to text" off every client with the number, with the reason.
    Unticks,
    /// Flags the number for as long as no text to it arrives (`crate::number_flag`).
    FlagsNumber,
    /// Turns Texting Setup red.
    SetupRed,
    /// Holds every waiting text of the organization.
    StopsQueue,
    /// Sends the text again later by itself, where Twilio refused to make it. Where the code came as a report Twilio had
    /// taken it: then it is sent again by people only.
    WaitsAndRetries,
}

/// One error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Twilio's code; 0 stands for every code that is not in the table.
    pub code: u32,
    /// What a person does.
    pub next: NextStep,
    /// What the program does; empty when it only shows the code.
    pub effects: &'static [Effect],
}

impl Code {
    /// Whether the program does this about the code.
    #[must_use]
    pub fn has(&self, effect: Effect) -> bool {
        self.effects.contains(&effect)
    }

    /// Whether the code is in the table.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.code != 0
    }
}

/// What is known about a code; one that is not in the table has no effect and goes to the administrator.
#[must_use]
pub fn lookup(code: u32) -> &'static Code {
    match TABLE.binary_search_by_key(&code, |known| known.code) {
        Ok(at) => &TABLE[at],
        Err(_) => &UNKNOWN,
    }
}

/// Whether the text's row leads to a composer with its words: the same text to the same phone may well arrive, by itself
/// or once our number is registered.
#[must_use]
pub fn offers_try_again(code: u32) -> bool {
    lookup(code).next == NextStep::TryAgain || halt::of_code(code) == Some(Reason::Unregistered)
}

/// Every known code, in ascending order.
#[must_use]
pub const fn all() -> &'static [Code] {
    &TABLE
}

const UNKNOWN: Code = row(0, NextStep::TellTheAdministrator, &[]);

const fn row(code: u32, next: NextStep, effects: &'static [Effect]) -> Code {
    Code {
        code,
        next,
        effects,
    }
}

const TABLE: [Code; 38] = [
    row(20003, TellTheAdministrator, &[SetupRed, StopsQueue]),
    row(20404, AskTheClient, &[]),
    row(20429, Nothing, &[WaitsAndRetries]),
    row(21211, CorrectTheNumber, &[FlagsNumber]),
    row(21212, TellTheAdministrator, &[SetupRed]),
    row(21217, CorrectTheNumber, &[FlagsNumber]),
    row(21408, TellTheAdministrator, &[]),
    row(21421, CorrectTheNumber, &[FlagsNumber]),
    row(21602, ChangeTheText, &[]),
    row(21603, TellTheAdministrator, &[SetupRed]),
    row(21605, ChangeTheText, &[]),
    row(21606, TellTheAdministrator, &[SetupRed]),
    row(21608, TellTheAdministrator, &[SetupRed]),
    row(21610, WaitForStart, &[Unticks]),
    row(21611, TryAgain, &[WaitsAndRetries]),
    row(21612, CallInstead, &[FlagsNumber]),
    row(21614, CallInstead, &[FlagsNumber]),
    row(21617, ChangeTheText, &[]),
    row(21619, ChangeTheText, &[]),
    row(21635, CallInstead, &[FlagsNumber]),
    row(21659, TellTheAdministrator, &[SetupRed]),
    row(21660, TellTheAdministrator, &[SetupRed]),
    row(21661, TellTheAdministrator, &[SetupRed]),
    row(30001, TryAgain, &[WaitsAndRetries]),
    row(30002, TellTheAdministrator, &[StopsQueue]),
    row(30003, TryAgain, &[]),
    row(30004, AskForAnotherContact, &[]),
    row(30005, CorrectTheNumber, &[FlagsNumber]),
    row(30006, CallInstead, &[FlagsNumber]),
    row(30007, ChangeTheText, &[]),
    row(30008, TryAgain, &[]),
    row(30022, TryAgain, &[WaitsAndRetries]),
    row(30023, TryAgain, &[WaitsAndRetries]),
    row(30027, TryAgain, &[WaitsAndRetries]),
    row(30032, TellTheAdministrator, &[SetupRed, StopsQueue]),
    row(30034, TellTheAdministrator, &[SetupRed, StopsQueue]),
    row(30035, TellTheAdministrator, &[SetupRed, StopsQueue]),
    row(63038, TryAgain, &[WaitsAndRetries]),
];
