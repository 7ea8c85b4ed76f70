//! Nothing is written by who only looks, whatever they send, whether they came unasked or were let in.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use contract::{
    Error,
    staff::StaffRole,
    support::{SupportArea, SupportScope},
};
use domain::actor::OrgActor;
use server::http::{ROUTES, Whom};

use super::{super::support::let_in, stored, visitor};
use crate::{
    bought::Bought,
    functions::{self, Function, Guard},
    harness::{Browser, Product},
    routes::{Things, assert_written},
    webhooks,
    work::Work,
};

/// What may come and go with people, with or without a place in the organization.
const OF_PEOPLE: [&str; 11] = [
    "users",
    "user_accounts",
    "user_sessions",
    "user_tokens",
    "user_second_factors",
    "user_recovery_codes",
    "user_factor_challenges",
    "user_passkeys",
    "user_passkey_challenges",
    "user_privacy_consents",
    // With the mails to them.
    JOBS,
];
const JOBS: &str = "graphile_worker._private_jobs";
/// Who signs out has left, and the organization's owner is told so.
const LEAVES: &str = "/api/app/auth/sign_out/sign_out";

/// What is the organization's and its people's; what a person does to an account of their own, or anybody without one, is not.
async fn theirs(product: &Product, acme: &OrgActor) -> BTreeMap<String, String> {
    let mut snapshot = stored(product).await;
    let mine = [
        acme.user().id().to_string(),
        acme.tenant().id.to_string(),
        "ann@example.test".to_owned(),
    ];
    for table in OF_PEOPLE {
        let rows = snapshot.remove(table).unwrap();
        let rows: Vec<_> = rows
            .lines()
            .filter(|row| mine.iter().any(|mine| row.contains(mine)))
            .collect();
        snapshot.insert(table.to_owned(), rows.join("\n"));
    }
    for table in [
        "platform_role_assignments",
        "platform_impersonation_sessions",
        // The names of the kinds of jobs, as they are first used.
        "graphile_worker._private_tasks",
    ] {
        snapshot.remove(table).unwrap();
    }
    snapshot
}

/// The ways in which somebody of the staff only looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looking {
    Visit,
    Support,
}

impl Looking {
    pub async fn begin(self, product: &Product, member: &OrgActor) -> Browser {
        match self {
            Self::Visit => visitor(product, "sue", member).await,
            Self::Support => let_in(product, "sue", member, SupportArea::ALL, false).await.0,
        }
    }

    const fn title_mark(self) -> &'static str {
        match self {
            Self::Visit => "● Visit",
            Self::Support => "● Support",
        }
    }
}

#[tokio::test]
async fn who_only_looks_changes_nothing_with_any_function() {
    changes_nothing(Looking::Visit).await;
}

#[tokio::test]
async fn nor_does_who_was_let_in_to_look() {
    changes_nothing(Looking::Support).await;
}

/// What is refused with another word than all the rest, and why.
const OTHERWISE: [(&str, Error, &str); 1] = [(
    "/api/app/org/people/leave_organization/leave_organization",
    Error::NotFound,
    "it is the operator who would leave, and they are in no organization",
)];

impl Looking {
    /// What is said to who would change something.
    fn refusal(self, function: &Function, owner: &OrgActor) -> Error {
        if let Some((_, error, _)) = OTHERWISE.iter().find(|(path, ..)| *path == function.path) {
            return error.clone();
        }
        let let_in = SupportScope::new(SupportArea::ALL, false)
            .unwrap()
            .within(owner.permissions());
        match function.guard {
            // What nobody lets support into is not among their rights.
            Guard::Right(right) if self == Self::Support && !let_in.contains(right) => Error::Forbidden,
            _ => Error::NotInVisit,
        }
    }
}

/// Everything is asked for with what there is, of an organization that has bought a plan and could be sent to pay.
async fn changes_nothing(looking: Looking) {
    let bought = Bought::new().await;
    let (product, acme) = (&bought.product, &bought.acme);
    let work = Work::of(product, acme).await;
    let mut sue = looking.begin(product, acme).await;
    let before = stored(product).await;
    let mut answered = 0;
    for function in functions::all().filter(|function| function.guard.is_inside()) {
        let answer = bought.call(function, &mut sue, &work).await;
        assert_eq!(before, stored(product).await, "{}", function.path);
        if function.reads() && answer.status == 200 {
            answered += 1;
        } else {
            let refused = (answer.status.as_u16(), answer.error());
            let expected = looking.refusal(function, acme);
            assert_eq!(refused, (expected.status().as_u16(), expected), "{}", function.path);
        }
    }
    assert!(answered > 20, "what the member reads is read: {answered}");
    // The same could have been done to the bills by their owner.
    let mut unlike = Vec::new();
    for function in functions::all().filter(|function| function.is_about_bills()) {
        let answer = bought.call(function, &mut bought.owner.clone(), &work).await;
        if answer.status != 200 {
            unlike.push(format!("{}: {} {}", function.path, answer.status, answer.body));
        }
    }
    assert_eq!(unlike, [""; 0]);
}

#[tokio::test]
async fn nor_with_any_form_or_page() {
    nothing_pressed_changes_anything(Looking::Visit).await;
}

#[tokio::test]
async fn nor_does_who_was_let_in_with_any_form_or_page() {
    nothing_pressed_changes_anything(Looking::Support).await;
}

/// The same with everything they might press on a page, as a form without JavaScript.
async fn nothing_pressed_changes_anything(looking: Looking) {
    let bought = Bought::new().await;
    let (product, acme) = (&bought.product, &bought.acme);
    let work = Work::of(product, acme).await;
    let mut sue = looking.begin(product, acme).await;
    let before = stored(product).await;
    for function in functions::all().filter(|function| function.guard.is_inside() && !function.reads()) {
        let answer = function.press(&mut sue, &work, &work.slug).await;
        assert!(!answer.is_fault(), "{}: {answer:?}", function.path);
        assert_eq!(before, stored(product).await, "{}", function.path);
    }
    for route in server::http::page_routes() {
        let path = work.page(route.path());
        if !path.starts_with("/o/") {
            continue;
        }
        let answer = sue.get(&path).await;
        assert!(!answer.status.is_server_error(), "{path}: {answer:?}");
        if answer.status == 200 {
            assert!(answer.body.contains("visit-bar-stop"), "{path}");
            assert!(answer.body.contains(looking.title_mark()), "{path}");
            assert!(!answer.body.contains("/api/app/auth/sign_out/sign_out"), "{path}");
        }
        assert_eq!(before, stored(product).await, "{path}");
    }
}

#[tokio::test]
async fn nor_by_any_route() {
    no_route_changes_anything(Looking::Visit).await;
}

#[tokio::test]
async fn nor_does_who_was_let_in_by_any_route() {
    no_route_changes_anything(Looking::Support).await;
}

async fn no_route_changes_anything(looking: Looking) {
    let product = webhooks::product().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let things = Things::of(&product, &acme).await;
    let mut sue = looking.begin(&product, &acme).await;
    for route in ROUTES {
        let before = stored(&product).await;
        let answer = things.ask(&product, route, &mut sue).await;
        let expected = match route.whom {
            Whom::Anybody | Whom::Signed => None,
            Whom::Members(_) => Some(Error::NotInVisit),
            // On the platform they are who they are.
            Whom::Staff(right) => (!StaffRole::Support.has(right)).then_some(Error::Forbidden),
        };
        match expected {
            None => assert!(answer.status.is_success(), "{}: {answer:?}", route.path),
            Some(error) => assert_eq!(answer.error(), error, "{} {}", route.method, route.path),
        }
        assert_written(route, &before, &stored(&product).await);
    }
    let anns = format!("problem_reports where user_id = '{}'", acme.user().id());
    assert_eq!(
        product.database.count(&anns).await,
        0,
        "nobody reports in the name of another"
    );
}

/// What concerns a person concerns the operator, or nobody: never the one whom they visit.
#[tokio::test]
async fn what_is_a_persons_own_stays_the_visited_persons() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let persons = functions::all().filter(|function| matches!(function.guard, Guard::SignedIn | Guard::Anybody));
    for (number, function) in persons.enumerate() {
        // One address makes twenty accounts an hour.
        product.clock.advance(TimeDelta::minutes(4));
        let mut sue = visitor(&product, &format!("sue{number}"), &acme).await;
        let before = theirs(&product, &acme).await;
        let answer = function.call(&mut sue, &work, &work.slug).await;
        assert!(!answer.is_fault(), "{}: {answer:?}", function.path);
        let mut after = theirs(&product, &acme).await;
        if function.path == LEAVES {
            let told = "graphile_worker._private_jobs where key like 'mail:visit_ended:%'";
            assert_eq!(product.database.count(told).await, 1);
            after.insert(JOBS.to_owned(), before[JOBS].clone());
        }
        assert_eq!(before, after, "{}", function.path);
        if function.path.ends_with("/viewer") {
            assert!(answer.body.contains("sue"), "the operator's own: {}", answer.body);
        }
    }
}
