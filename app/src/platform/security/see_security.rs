//! What looks like an attack.

use contract::{error::Result, security::SecurityReport};
use leptos::prelude::server;

/// With an account's or a client's address, the lockouts that are theirs are marked. With a policy, only its lockouts are there.
#[server(input = server_fn::codec::GetUrl)]
pub async fn see_security(
    #[server(default)] asked: String,
    #[server(default)] policy: String,
) -> Result<SecurityReport> {
    use contract::security::{BlockedAddress, FailureBurst, Lockout, Storm};
    use domain::security::report;

    use super::people;

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let found = report::report(&actor, &deps, Some(policy.trim()).filter(|policy| !policy.is_empty())).await?;
    let keys = if asked.trim().is_empty() {
        Vec::new()
    } else {
        report::keys_of(&asked)
    };
    let is_blocked = |address: &str| {
        let client = domain::throttle::client(address);
        found.blocked.iter().any(|one| one.address == client)
    };
    Ok(SecurityReport {
        fresh_factor: actor.has_fresh_factor(&deps),
        lockouts: found
            .lockouts
            .into_iter()
            .map(|one| Lockout {
                asked: keys.contains(&one.key),
                policy: one.policy,
                key: one
                    .key
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect::<Vec<_>>()
                    .concat(),
                attempts: people::count(one.attempts.into()),
                since: formatter.moment(one.since),
                until: formatter.moment(one.until),
            })
            .collect(),
        bursts: found
            .bursts
            .into_iter()
            .map(|one| FailureBurst {
                blocked: is_blocked(&one.address),
                address: one.address,
                failures: people::count(one.failures),
                first: formatter.moment(one.first),
                last: formatter.moment(one.last),
            })
            .collect(),
        storms: found
            .storms
            .into_iter()
            .map(|one| Storm {
                policy: one.policy,
                waiting: people::count(one.waiting),
                attempts: people::count(one.attempts),
            })
            .collect(),
        blocked: found
            .blocked
            .into_iter()
            .map(|one| BlockedAddress {
                address: one.address,
                reason: one.reason,
                by: one.by,
                until: formatter.moment(one.until),
            })
            .collect(),
        far_apart: people::far_apart(found.far_apart, formatter),
        reused: people::reused(found.reused, formatter),
        copies: people::copies(found.copies, formatter),
    })
}
