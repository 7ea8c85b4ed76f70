//! Where a browser goes after a change of the bills, and when it comes back from the provider.

use contract::iam::Permission;
use domain::{
    actor::OrgActor,
    billing::{Wanted, change_plan::Changed, checkout::Ways, provider::CHECKOUT_ID},
};

use crate::{form::notice, org::home::or_home, response};

/// A page of the bills. `rest` begins with a slash, or is empty for the overview.
pub fn path(actor: &OrgActor, rest: &str) -> String {
    format!("/o/{}/settings/billing{rest}", actor.tenant().slug)
}

/// Back to the overview, which says what was done, for who may look at it.
pub fn land(actor: &OrgActor, code: &str) {
    notice(code);
    let may_see = actor.permissions().contains(Permission::BillingRead);
    response::redirect_to(&or_home(actor, may_see, "/settings/billing"));
}

pub fn land_changed(actor: &OrgActor, changed: Changed) {
    land(
        actor,
        match changed {
            Changed::Now => "billing_changed",
            Changed::AtRenewal(_) => "billing_change_scheduled",
            Changed::Kept => "billing_kept_ahead",
            Changed::Already => "billing_unchanged",
        },
    );
}

/// The same, for the provider's pages to lead back to.
pub fn absolute(actor: &OrgActor, rest: &str) -> String {
    format!(
        "{}{}",
        crate::session::settings().base_url.trim_end_matches('/'),
        path(actor, rest)
    )
}

/// Where the pay page leads.
pub fn ways(actor: &OrgActor) -> Ways {
    Ways {
        success: absolute(actor, &format!("/return?checkout_id={CHECKOUT_ID}")),
        back: absolute(actor, "/plans"),
    }
}

/// The preview of a change to what was wanted.
pub fn change(actor: &OrgActor, wanted: &Wanted) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("plan", &wanted.plan)
        .append_pair("interval", wanted.interval.key())
        .append_pair("seats", &wanted.seats.to_string())
        .finish();
    path(actor, &format!("/change?{query}"))
}
