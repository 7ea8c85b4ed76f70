//! The person who is signed in, as frames show them.

use contract::{account, error::Result};
use leptos::prelude::*;

/// Also behind the wall: the pages that are left there have a frame as well.
#[server(input = server_fn::codec::GetUrl)]
pub async fn viewer() -> Result<account::Viewer> {
    use contract::account::Verification;
    use domain::actor;

    let user = crate::session::user().await?;
    let person = user.person();
    let formatter = crate::format::Formatter::from(person);
    Ok(account::Viewer {
        name: person.name.clone(),
        email: person.email.clone(),
        theme: person.theme,
        locale: person.locale,
        staff: user.staff(),
        verification: match person.verification {
            actor::Verification::Verified => Verification::Verified,
            actor::Verification::Grace { until } => Verification::Grace {
                until: formatter.moment(until),
            },
            actor::Verification::Required => Verification::Required,
        },
    })
}
