//! What looks like an attack.

use contract::{error::Result, security::SecurityReport};
use leptos::prelude::server;

/// With an account's or a client's address, the lockouts that are theirs are marked.
#[server(input = server_fn::codec::GetUrl)]
pub async fn see_security(#[server(default)] asked: String) -> Result<SecurityReport> {
    use contract::security::{CopiedPasskey, FailureBurst, FarApart, Lockout, Storm};
    use domain::security::report;

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let found = report::report(&actor, &deps).await?;
    let keys = if asked.trim().is_empty() {
        Vec::new()
    } else {
        report::keys_of(&asked)
    };
    let count = |many: i64| u32::try_from(many).unwrap_or(u32::MAX);
    Ok(SecurityReport {
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
                attempts: count(one.attempts.into()),
                since: formatter.moment(one.since),
                until: formatter.moment(one.until),
            })
            .collect(),
        bursts: found
            .bursts
            .into_iter()
            .map(|one| FailureBurst {
                address: one.address,
                failures: count(one.failures),
                first: formatter.moment(one.first),
                last: formatter.moment(one.last),
            })
            .collect(),
        storms: found
            .storms
            .into_iter()
            .map(|one| Storm {
                policy: one.policy,
                waiting: count(one.waiting),
                attempts: count(one.attempts),
            })
            .collect(),
        far_apart: found
            .far_apart
            .into_iter()
            .map(|one| FarApart {
                user: one.user,
                name: one.name,
                email: one.email,
                first_address: one.first_address,
                second_address: one.second_address,
                first: formatter.moment(one.first),
                second: formatter.moment(one.second),
                sessions: count(one.sessions),
            })
            .collect(),
        copies: found
            .copies
            .into_iter()
            .map(|one| CopiedPasskey {
                user: one.user,
                name: one.name,
                email: one.email,
                address: one.address,
                at: formatter.moment(one.at),
                sessions: count(one.sessions),
            })
            .collect(),
    })
}
