//! The program is killed at random moments while the provider tells it of five hundred histories. Nothing of what it was told
//! is lost, each message has its effect once, and at the end every organization stands as the provider has it.
//!
//! The provider is the sandbox, in this process. What it sends is recorded first, and then replayed as it was sent: several
//! at once, in another order, some of it twice, and again until it is acknowledged. The moment of a kill is told by the
//! number of acknowledgements, which is drawn, and never by a clock.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up, or whose answer cannot be read, has failed"
)]

mod dice;
mod histories;
#[path = "../program/mod.rs"]
mod program;
mod provider;
mod replay;
mod schedule;
mod truth;

use std::{process::Command, time::Duration};

use domain::random::SystemRandom;
use tokio::time::timeout;

use dice::Dice;
use program::Program;
use provider::Provider;
use replay::Replay;
use schedule::do_what_is_due;

const HISTORIES: usize = 500;
const KILLS: usize = 5;

/// How long anything is waited for: only for what never comes.
const PATIENCE: Duration = Duration::from_mins(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_killed_when_every_message_has_its_effect_once() {
    let dice = Dice::new(&SystemRandom);
    let provider = Provider::start().await;
    let mut program = Program::new(provider.settings());
    // Puts up for sale what is bought below.
    program.start();
    let owner = program.owner().await;
    let tenants = histories::organizations(&owner, HISTORIES).await;
    let told = histories::live(&provider, &tenants).await;
    owner.close().await;

    let replay = Replay::new(program.address(), dice.disorder(told));
    let moments = dice.moments(KILLS, replay.messages());
    let posters = replay.open();
    for moment in &moments {
        timeout(PATIENCE, replay.acknowledged(*moment)).await.unwrap();
        kill(&mut program);
        replay.pause();
        program.start();
        // What the killed one had taken from the queue, the schedule would find within minutes.
        do_what_is_due(program.address()).await;
        replay.go_on();
    }
    for poster in posters {
        timeout(PATIENCE, poster).await.unwrap().unwrap();
    }
    do_what_is_due(program.address()).await;

    let owner = program.owner().await;
    timeout(PATIENCE, truth::settled(&owner)).await.unwrap();
    truth::each_message_once(&owner, replay.distinct()).await;
    truth::everybody_stands_as_the_provider_has_it(&owner, &provider, &tenants).await;
    truth::some_of_every_kind(&owner).await;
    owner.close().await;
    assert!(program.stop(), "told to stop, it ends well");
    let (whole, said) = program.run(&["audit", "verify"], &[]);
    assert!(whole, "killed {moments:?}: {said}");
    provider.stop().await;
}

/// It is given no chance to finish anything. Its database outlives it until the next start.
fn kill(program: &mut Program) {
    Command::new("kill").args(["-9", &program.id()]).status().unwrap();
    program.collect();
}
