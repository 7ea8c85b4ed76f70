//! A house with customers and staff in it.

use chrono::TimeDelta;
use contract::{
    email::EmailAddress,
    flag::Flag,
    ids::{
        IncidentId, MaintenanceWindowId, PaymentEventId, ReportId, StaffInvitationId, SupportSessionId, UserId, VisitId,
    },
    incident::IncidentKind,
    maintenance::MaintenanceLevel,
    staff::StaffRole,
    support::SupportArea,
};
use domain::{
    actor::OrgActor,
    incidents::create::{NewIncident, create},
    maintenance::{
        begin::{Target, begin},
        testing::order,
    },
    reports::{
        send::{Reporter, send},
        testing::saying,
    },
    staff::invite::invite,
    testing::{ask_support, staff, staff_session, support_asked, visit},
};

use super::functions::Source;
use crate::harness::{Browser, Product, SESSION};

/// An organization, its owner, and somebody of the staff in each role.
pub struct World {
    pub acme: OrgActor,
    pub customer: Browser,
    /// A job in the queue that could be done now.
    pub job: i64,
    /// One that is open.
    pub incident: IncidentId,
    /// One that has not begun.
    pub window: MaintenanceWindowId,
    /// Somebody of the staff who runs nothing.
    pub auditor: UserId,
    pub staff_invitation: StaffInvitationId,
    /// One that goes on, of somebody of the staff who is in no test.
    pub visit: VisitId,
    /// A message of the payment provider that was given up.
    pub event: PaymentEventId,
    /// Asked for by the same.
    pub support: SupportSessionId,
    /// One that nobody is on.
    pub report: ReportId,
}

impl World {
    pub async fn of(product: &Product) -> Self {
        let (acme, customer) = product.owner("ann", "acme").await;
        let job = sqlx::query_scalar(
            "select id from graphile_worker.add_job('clean_up', '{}'::json, run_at := now() + interval '1 day')",
        )
        .fetch_one(product.database.owner())
        .await
        .unwrap();
        let eve = staff(&product.database, &product.deps, "eve", StaffRole::Superadmin).await;
        let incident = create(&eve, &product.deps, NewIncident::of(IncidentKind::Information, "News"))
            .await
            .unwrap();
        let mut later = order(Target::Everything, MaintenanceLevel::Banner);
        later.starts_at = Some(product.deps.now() + TimeDelta::days(300));
        let window = begin(&eve, &product.deps, &later).await.unwrap();
        let auditor = staff(&product.database, &product.deps, "ada", StaffRole::Auditor).await;
        let address = EmailAddress::parse("invited@example.test").unwrap();
        let staff_invitation = invite(&eve, &product.deps, &address, StaffRole::Support).await.unwrap();
        let reporter = Reporter::Person {
            user: acme.user(),
            visit: None,
        };
        let report = send(reporter, &product.deps, saying("The list is empty"))
            .await
            .unwrap();
        let guide = staff(&product.database, &product.deps, "guide", StaffRole::Support).await;
        let (visit, _) = visit(&product.deps, &guide, &acme).await;
        let event: uuid::Uuid = sqlx::query_scalar(
            "insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, status, \
                 next_attempt_at) values (gen_random_uuid(), 'polar', 'given-up', 'order.paid', '{}', '', now(), 'failed', now()) \
             returning id",
        )
        .fetch_one(product.database.owner())
        .await
        .unwrap();
        let asked = ask_support(&[SupportArea::Work], false);
        let support = support_asked(&product.deps, &guide, acme.tenant().id, &asked).await;
        Self {
            acme,
            customer,
            job,
            incident,
            window,
            auditor: auditor.id(),
            staff_invitation,
            visit,
            event: event.into(),
            support,
            report,
        }
    }

    pub fn value(&self, from: Source) -> String {
        match from {
            Source::Staff => self.auditor.to_string(),
            Source::StaffInvitation => self.staff_invitation.to_string(),
            Source::Text(text) => text.to_owned(),
            Source::Job => self.job.to_string(),
            Source::Tenant => self.acme.tenant().id.to_string(),
            Source::User => self.acme.user().id().to_string(),
            Source::Incident => self.incident.to_string(),
            Source::Window => self.window.to_string(),
            Source::Visit => self.visit.to_string(),
            Source::Event => self.event.to_string(),
            Source::SupportSession => self.support.to_string(),
            Source::Report => self.report.to_string(),
        }
    }

    /// A path of the routes' list with things of this world in it.
    pub fn page(&self, route: &str) -> String {
        route
            .replace("{org}", self.acme.tenant().slug.as_str())
            .replace("{incident}", &self.incident.to_string())
            .replace("{tenant}", &self.acme.tenant().id.to_string())
            .replace("{visit}", &self.visit.to_string())
            .replace("{flag}", Flag::PaletteProjects.key())
            .replace("{repair}", "complimentary")
            .replace("{event}", &self.event.to_string())
            .replace("{session}", &self.support.to_string())
            .replace("{plan}", "team")
            .replace("{report}", &self.report.to_string())
            .replace("{job}", &self.job.to_string())
            .replace("{staff}", &self.auditor.to_string())
            .replace("{user}", &self.acme.user().id().to_string())
    }
}

/// Somebody of the staff who has proven a second factor, at their browser.
pub async fn staff_browser(product: &Product, name: &str, role: StaffRole) -> Browser {
    let token = staff_session(&product.database, &product.deps, name, role).await;
    let mut browser = product.browser();
    browser.cookies.insert(SESSION.to_owned(), token);
    browser
}

/// Everybody of the staff proves their second factor at this very moment.
pub async fn prove_again(product: &Product) {
    sqlx::query("update user_sessions set second_factor_at = $1 where second_factor_at is not null")
        .bind(product.deps.now())
        .execute(product.database.owner())
        .await
        .unwrap();
}
