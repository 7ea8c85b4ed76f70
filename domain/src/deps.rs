//! What an operation needs from outside.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    billing::{BillingPolicy, provider::PaymentProvider},
    board::Board,
    clock::Clock,
    database::{AppDatabase, StaffDatabase},
    flags::Flags,
    identity::second_factor::passkeys::RelyingParty,
    random::{self, Random, Secret},
    staff::StaffDomains,
    vault::Vault,
};

/// Cheap to clone: everything in it is shared.
#[derive(Debug, Clone)]
pub struct Deps {
    pub database: AppDatabase,
    pub staff: StaffDatabase,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub vault: Vault,
    /// Whom passkeys are made for.
    pub passkeys: RelyingParty,
    pub registration: Arc<RegistrationGates>,
    pub staff_domains: Arc<StaffDomains>,
    pub flags: Flags,
    pub billing: BillingPolicy,
    pub payments: Arc<dyn PaymentProvider>,
    /// What is put up for everybody: maintenance and incidents.
    pub board: Board,
}

/// Who may make an account without being invited.
#[derive(Debug, Clone)]
pub struct RegistrationGates {
    pub self_serve: bool,
    pub invite_code_required: bool,
    /// Addresses that may sign up even so, compared without case.
    pub allowed_emails: Vec<contract::email::EmailAddress>,
}

impl Default for RegistrationGates {
    fn default() -> Self {
        Self {
            self_serve: true,
            invite_code_required: false,
            allowed_emails: Vec::new(),
        }
    }
}

impl Deps {
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub fn id<I: From<Uuid>>(&self) -> I {
        random::uuid(&*self.random, self.now()).into()
    }

    pub fn secret(&self) -> Secret {
        Secret::draw(&*self.random)
    }
}
