//! Every server function of the people who use the product, who may call it, and what it takes: a file for each surface. One
//! that is missing fails the tests. Those of the staff are in `platform/functions`.

mod account;
mod auth;
mod invitation;
mod org;
mod staff_invitation;

use contract::iam::{Permission as P, PermissionSet};
use leptos::server_fn::axum::server_fn_paths;

use crate::{
    harness::{Answer, Browser, form},
    work::Work,
};

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    Anybody,
    SignedIn,
    Member,
    /// Whoever is inside and whom it concerns: what they do with their own place.
    Own,
    /// Members whose role has this right.
    Right(P),
}

impl Guard {
    /// Whether it lets in a member with these rights.
    pub fn admits(self, rights: PermissionSet) -> bool {
        match self {
            Self::Anybody | Self::SignedIn | Self::Member | Self::Own => true,
            Self::Right(right) => rights.contains(right),
        }
    }

    /// Whether it stands inside an organization.
    pub fn is_inside(self) -> bool {
        matches!(self, Self::Member | Self::Own | Self::Right(_))
    }
}

/// Where an argument comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Org,
    Project,
    BinnedProject,
    ArchivedProject,
    Task,
    BinnedTask,
    Session,
    Role,
    RoleVersion,
    /// Somebody of the organization in a role without any right, whom everybody may touch.
    Person,
    SuspendedPerson,
    /// Another role without any right.
    EmptyRole,
    /// An open offer of the organization.
    Offer,
    Workspace,
    /// Of the organization, and given the project.
    Guest,
    /// One that is open.
    Invitation,
    /// What became of a paste.
    Batch,
    /// A visit of the staff that goes on.
    Visit,
    /// Somebody of the staff asks to be let in.
    SupportRequest,
    /// Somebody of the staff who was let in, and is in.
    SupportSession,
    Text(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub struct Function {
    pub path: &'static str,
    pub guard: Guard,
    pub fields: &'static [(&'static str, Source)],
    /// Whether only the members do it with their own hands, whatever a visit may change by the same right.
    pub own_hands: bool,
}

const fn function(path: &'static str, guard: Guard, fields: &'static [(&'static str, Source)]) -> Function {
    Function {
        path,
        guard,
        fields,
        own_hands: false,
    }
}

/// One that a visit never calls: what decides who has access to what, or who is let in.
const fn own_hands(path: &'static str, guard: Guard, fields: &'static [(&'static str, Source)]) -> Function {
    Function {
        own_hands: true,
        ..function(path, guard, fields)
    }
}

const NEW_PASSWORD: Source = Source::Text("another fine horse battery 77");

/// All of them, surface by surface.
pub fn all() -> impl Iterator<Item = &'static Function> {
    [
        auth::FUNCTIONS,
        account::FUNCTIONS,
        staff_invitation::FUNCTIONS,
        invitation::FUNCTIONS,
    ]
    .into_iter()
    .chain(org::FUNCTIONS)
    .flatten()
}

impl Function {
    pub fn takes(&self, from: Source) -> bool {
        self.fields.iter().any(|(_, field)| *field == from)
    }

    /// Whether it is about bills, which the product of these tests has nobody to send to.
    pub fn is_about_bills(&self) -> bool {
        self.path.starts_with("/api/app/org/billing/")
    }

    /// What an owner is answered about the bills of an organization that has bought nothing, where there is nobody to pay.
    pub fn without_bills(&self) -> Option<u16> {
        let name = self.path.strip_prefix("/api/app/org/billing/")?.split('/').next()?;
        Some(match name {
            "billing_overview" | "plan_choices" | "keep_choices" | "keep_in_use" => 200,
            "confirm_checkout" => 404,
            "preview_change" => 409,
            _ => 503,
        })
    }

    /// Calls it with these things, and in the organization of that name.
    pub async fn call(&self, browser: &mut Browser, work: &Work, org: &str) -> Answer {
        self.call_with(browser, work, org, &[]).await
    }

    /// Sends it as a form without JavaScript, from the page that everybody comes in by.
    pub async fn press(&self, browser: &mut Browser, work: &Work, org: &str) -> Answer {
        let values = self.values(work, org);
        let fields: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, &**value)).collect();
        browser
            .post_form(&format!("/o/{org}/projects"), self.path, &fields)
            .await
    }

    /// The same with fields that it does not ask for.
    pub async fn call_with(&self, browser: &mut Browser, work: &Work, org: &str, more: &[(&str, &str)]) -> Answer {
        let values = self.values(work, org);
        let fields: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .chain(more.iter().copied().filter(|(name, _)| !self.asks_for(name)))
            .collect();
        self.send(browser, &fields).await
    }

    /// The same with these in the place of what it would be told.
    pub async fn call_instead(&self, browser: &mut Browser, work: &Work, instead: &[(&str, &str)]) -> Answer {
        let values = self.values(work, &work.slug);
        let fields: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .filter(|(name, _)| instead.iter().all(|(other, _)| other != name))
            .chain(instead.iter().copied())
            .collect();
        self.send(browser, &fields).await
    }

    async fn send(&self, browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
        if self.reads() {
            browser.get_json(&format!("{}?{}", self.path, form(fields))).await
        } else {
            browser.post(self.path, fields).await
        }
    }

    fn values(&self, work: &Work, org: &str) -> Vec<(&'static str, String)> {
        self.fields
            .iter()
            .map(|(name, from)| {
                (
                    *name,
                    if *from == Source::Org {
                        org.to_owned()
                    } else {
                        work.value(*from)
                    },
                )
            })
            .collect()
    }

    /// What it is called in the code.
    pub fn name(&self) -> &'static str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    pub fn asks_for(&self, field: &str) -> bool {
        self.fields.iter().any(|(name, _)| *name == field)
    }

    pub fn reads(&self) -> bool {
        server_fn_paths().any(|(path, method)| path == self.path && method == axum::http::Method::GET)
    }
}

#[test]
fn every_server_function_is_known_here() {
    let mut there: Vec<_> = server_fn_paths().map(|(path, _)| path).collect();
    let of_staff = crate::platform::functions::all().map(|function| function.path);
    let mut known: Vec<_> = all().map(|function| function.path).chain(of_staff).collect();
    there.sort_unstable();
    known.sort_unstable();
    assert_eq!(there, known);
}
