//! The end of the program and of its database, at one moment.

use std::{
    io::Write,
    process::{Child, ChildStdin, Command, Stdio},
};

use crate::program::Program;

/// A process that waits for a word and then kills both at once: starting one at the moment would come late.
pub struct Kill {
    child: Child,
    word: ChildStdin,
}

impl Kill {
    pub fn ready(program: &Program) -> Self {
        let script = "read word; kill -9 \"$@\"";
        let mut child = Command::new("sh")
            .args(["-c", script, "kill", &program.id(), &program.postmaster()[0]])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let word = child.stdin.take().unwrap();
        Self { child, word }
    }

    pub fn now(mut self) {
        self.word.write_all(b"now\n").unwrap();
        assert!(self.child.wait().unwrap().success());
    }
}
