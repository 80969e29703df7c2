//! The real program as a process.

use std::{
    env,
    fs::File,
    io::{BufRead, BufReader, Lines, Write},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

/// What a command of the program did: what it printed, what it complained of, and whether it ended well.
pub struct Ran {
    pub lines: Vec<String>,
    pub errors: String,
    pub well: bool,
}

/// Runs a command to its end, with what somebody types.
pub fn ran(folder: &Path, arguments: &[&str], settings: &[(&str, &str)], typed: &str) -> Ran {
    let mut command = command(folder, arguments, settings);
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("its input");
    // It may end without having read.
    let _ = input.write_all(typed.as_bytes());
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ran {
        lines: text(output.stdout).lines().map(str::to_owned).collect(),
        errors: text(output.stderr),
        well: output.status.success(),
    }
}

/// The program in a folder, with these arguments and these settings alone.
fn command(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oktext"));
    // Settings of whoever runs the tests are not those of the tests.
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("OKTEXT_") {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .current_dir(folder)
        .env("OKTEXT_LOG", "error")
        .envs(settings.iter().copied());
    command
}

/// A running program and what it prints. Dropping it ends it.
pub struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    /// Starts it in a folder, with these arguments and these settings alone.
    pub fn start(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        Self::of(command(folder, arguments, settings).stdin(Stdio::null()))
    }

    /// Starts it with a log of its own: what it tells, and the file where it stands.
    pub fn start_logged(
        folder: &Path,
        arguments: &[&str],
        settings: &[(&str, &str)],
        (filter, file): (&str, &Path),
    ) -> Self {
        let file = File::create(file).expect("the log");
        let mut command = command(folder, arguments, settings);
        Self::of(
            command
                .env("OKTEXT_LOG", filter)
                .stdin(Stdio::null())
                .stderr(file),
        )
    }

    /// As [`Self::start`], with its log going elsewhere.
    pub fn start_logging(
        folder: &Path,
        arguments: &[&str],
        settings: &[(&str, &str)],
        log: Stdio,
    ) -> Self {
        Self::of(
            command(folder, arguments, settings)
                .stdin(Stdio::null())
                .stderr(log),
        )
    }

    /// Starts it from a shell, after these commands: what they change of the process is the program's too.
    pub fn start_after(
        commands: &str,
        folder: &Path,
        arguments: &[&str],
        settings: &[(&str, &str)],
    ) -> Self {
        let inner = command(folder, arguments, settings);
        let mut shell = Command::new("sh");
        let then = format!("{commands}; exec \"$0\" \"$@\"");
        shell.arg("-c").arg(then).arg(inner.get_program());
        shell.args(inner.get_args()).current_dir(folder);
        for (name, value) in inner.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        Self::of(shell.stdin(Stdio::null()))
    }

    /// Its number at the system.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    fn of(command: &mut Command) -> Self {
        let command = command.stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        Self { child, lines }
    }

    /// The next line that it prints.
    pub fn line(&mut self) -> String {
        let line = self.lines.next().expect("a line, not the program's end");
        line.expect("text")
    }

    /// What follows `start` on the first line that begins with it.
    pub fn after(&mut self, start: &str) -> String {
        loop {
            if let Some(rest) = self.line().strip_prefix(start) {
                return rest.to_owned();
            }
        }
    }

    /// What it prints until it ends, and whether it ended well.
    pub fn until_its_end(mut self) -> (Vec<String>, bool) {
        let lines = self
            .lines
            .by_ref()
            .map(|line| line.expect("text"))
            .collect();
        let ended = self.child.wait().expect("it ends");
        (lines, ended.success())
    }

    /// Asks it to end, as the system does before it stops (SIGTERM).
    pub fn ask_to_end(&self) {
        self.signal("TERM");
    }

    /// Sends it a signal by name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success(), "{name}");
    }

    /// Waits for its end: whether it ended well.
    pub fn ended_well(&mut self) -> bool {
        self.child.wait().expect("it ends").success()
    }

    /// Whether it ended well, once it has ended.
    pub fn has_ended(&mut self) -> Option<bool> {
        let ended = self.child.try_wait().expect("it can be asked");
        ended.map(|status| status.success())
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}
