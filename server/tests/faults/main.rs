//! The program and its database are killed in the middle of work, again and again. What was acknowledged is there
//! afterwards, and nothing is there by half.
//!
//! The moment is told by the stream of writes and never by a clock: after so many acknowledgements, or when that many writes
//! are stuck halfway through their transactions.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up, or whose answer cannot be read, has failed"
)]

mod browser;
mod doctor;
mod drain;
mod kept;
mod kill;
mod nodes;
#[path = "../program/mod.rs"]
mod program;
mod stream;
mod whole;

use std::sync::Arc;

use kill::Kill;
use program::Program;
use stream::{NEWCOMERS, Stream, WORKERS};

/// What the kill waits for, after so many acknowledgements.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// Nothing more: it comes wherever the writes are.
    Now,
    /// So many of them are stuck at this table, in the middle of their transactions.
    AtTable(&'static str, usize),
    /// All of them are stuck at the end of their transactions: who is answered before that is told too early.
    AtCommit,
}

const ROUNDS: [(usize, Moment); 6] = [
    (30, Moment::Now),
    (15, Moment::AtTable("user_privacy_consents", NEWCOMERS)),
    (20, Moment::AtTable("tenant_members", NEWCOMERS)),
    (40, Moment::AtTable("audit_log", NEWCOMERS + WORKERS)),
    (50, Moment::AtCommit),
    (60, Moment::Now),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_there_after_a_kill_and_nothing_is_there_by_half() {
    // Writers are told apart by the address that a proxy tells.
    let mut program = Program::new(vec![("PLINTH_TRUSTED_PROXIES", "1".to_owned())]);
    let mut acknowledged = kept::Acknowledged::default();
    for (round, (after, moment)) in ROUNDS.into_iter().enumerate() {
        program.start();
        check(&program, &acknowledged).await;
        let kill = Kill::ready(&program);
        let stream = Arc::new(Stream::new(program.address(), program.owner().await, round));
        let writers = stream.open();
        stream.acknowledged(after).await;
        // Held until the kill.
        let _held = match moment {
            Moment::Now => None,
            Moment::AtTable(table, writers) => Some(stream.hold_at_table(table, writers).await),
            Moment::AtCommit => Some(stream.hold_at_commit(NEWCOMERS + WORKERS).await),
        };
        stream.expect_the_end();
        kill.now();
        for writer in writers {
            writer.await.unwrap();
        }
        program.collect();
        acknowledged.add(&stream);
    }
    program.start();
    check(&program, &acknowledged).await;
    assert!(program.stop(), "told to stop, it ends well");
}

async fn check(program: &Program, acknowledged: &kept::Acknowledged) {
    let owner = program.owner().await;
    // The queue before the mailbox: a mail leaves the one when it is in the other.
    acknowledged.check(&owner, program).await;
    whole::check(&owner).await;
    owner.close().await;
}
