//! Every server function of the staff, the right it needs, and what it takes. One that is missing here fails the tests.

mod audit;
mod billing;
mod customers;
mod flags;
mod incidents;
mod jobs;
mod maintenance;
mod plans;
mod reports;
mod security;
mod staff;
mod support;
mod visits;
mod webhooks;

use contract::staff::StaffRight;

use super::world::World;
use crate::harness::{Answer, Browser};

/// Where an argument comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Somebody of the staff who runs nothing.
    Staff,
    /// An open invitation to the staff.
    StaffInvitation,
    Text(&'static str),
    /// A job in the queue that could be done now.
    Job,
    /// The customer's organization.
    Tenant,
    /// The customer.
    User,
    Incident,
    Window,
    /// A visit that goes on.
    Visit,
    /// A message of the payment provider that was given up.
    Event,
    /// A support session that was asked for, and that somebody else asked for.
    SupportSession,
    /// One that nobody is on.
    Report,
}

#[derive(Debug, Clone, Copy)]
pub struct StaffFunction {
    pub path: &'static str,
    pub right: StaffRight,
    pub fields: &'static [(&'static str, Source)],
}

/// All of them, in the order of the surface.
pub fn all() -> impl Iterator<Item = &'static StaffFunction> {
    [
        audit::FUNCTIONS,
        billing::FUNCTIONS,
        customers::FUNCTIONS,
        incidents::FUNCTIONS,
        jobs::FUNCTIONS,
        maintenance::FUNCTIONS,
        plans::FUNCTIONS,
        reports::FUNCTIONS,
        security::FUNCTIONS,
        visits::FUNCTIONS,
        flags::FUNCTIONS,
        support::FUNCTIONS,
        staff::FUNCTIONS,
        webhooks::FUNCTIONS,
    ]
    .into_iter()
    .flatten()
}

const fn function(path: &'static str, right: StaffRight, fields: &'static [(&'static str, Source)]) -> StaffFunction {
    StaffFunction { path, right, fields }
}

impl StaffFunction {
    pub async fn call(&self, browser: &mut Browser, world: &World) -> Answer {
        let values: Vec<_> = self
            .fields
            .iter()
            .map(|(name, from)| (*name, world.value(*from)))
            .collect();
        let fields: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, &**value)).collect();
        if self.reads() {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(&fields);
            browser.get_json(&format!("{}?{}", self.path, query.finish())).await
        } else {
            browser.post(self.path, &fields).await
        }
    }

    fn reads(&self) -> bool {
        leptos::server_fn::axum::server_fn_paths()
            .any(|(path, method)| path == self.path && method == axum::http::Method::GET)
    }
}
