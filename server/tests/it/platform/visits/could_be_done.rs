//! What is tried in a visit is tried with input that is good: the same would have been done for the owner.

use chrono::TimeDelta;

use crate::{
    functions::{self, Source},
    harness::Product,
    work::Work,
};

/// What the owner themselves is refused with these things, and why that is so.
const REFUSED: [(&str, &str); 3] = [
    ("accept_ownership", "the organization was offered to somebody else"),
    ("decline_ownership", "the organization was offered to somebody else"),
    ("leave_organization", "the last owner stays"),
];

/// What has to be done before, so that there is something to do.
const BEFORE: [(&str, &str); 3] = [
    ("reactivate_organization", "deactivate_organization"),
    ("restore_organization", "delete_organization"),
    ("offer_ownership", "withdraw_ownership"),
];

/// Each in an organization of its own, so that none takes from another what it needs. Bills are tried where one has bought.
#[tokio::test]
async fn what_is_tried_in_visits_is_done_for_the_owner() {
    let product = Product::new().await;
    let mut unlike = Vec::new();
    let writing = functions::all().filter(|function| {
        function.guard.is_inside()
            && !function.reads()
            && !function.is_about_bills()
            && !is_in(&REFUSED, function.name())
    });
    for (number, function) in writing.enumerate() {
        // One address makes twenty accounts an hour, and each organization comes with some of the staff.
        product.clock.advance(TimeDelta::minutes(20));
        let slug = format!("acme{number}");
        let (acme, mut owner) = product.owner(&format!("ann{number}"), &slug).await;
        let work = Work::of(&product, &acme).await;
        let before = BEFORE.iter().find(|(name, _)| *name == function.name());
        let before = before.and_then(|(_, name)| functions::all().find(|function| function.name() == *name));
        for function in before.into_iter().chain([function]) {
            // What ends an organization, or gives it away, is confirmed by its name; a workspace by its own.
            let typed = [("confirm", acme.tenant().name.as_str())];
            let of_organization = function.asks_for("confirm") && !function.takes(Source::Workspace);
            let instead: &[(&str, &str)] = if of_organization { &typed } else { &[] };
            let answer = function.call_instead(&mut owner, &work, instead).await;
            if answer.status != 200 {
                unlike.push(format!("{}: {} {}", function.path, answer.status, answer.body));
            }
        }
    }
    assert_eq!(unlike, [""; 0]);
}

fn is_in(names: &[(&str, &str)], name: &str) -> bool {
    names.iter().any(|(one, _)| *one == name)
}
