//! The real program as a process.

use std::{
    env,
    io::{BufRead, BufReader, Lines},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

/// A running program and what it prints. Dropping it ends it.
pub struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    /// Starts it in a folder, with these arguments and these settings alone.
    pub fn start(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_oktext"));
        // Settings of whoever runs the tests are not those of the tests.
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("OKTEXT_") {
                command.env_remove(name);
            }
        }
        let mut child = command
            .args(arguments)
            .current_dir(folder)
            .env("OKTEXT_LOG", "error")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
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
