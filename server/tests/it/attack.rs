//! A member of another organization, with real ids of this one.

use contract::Error;
use server::http::{ROUTES, Whom};

use crate::{
    functions::{self, Source},
    harness::Product,
    routes::{Things, assert_written},
    webhooks,
    work::Work,
};

#[tokio::test]
async fn somebody_elses_ids_are_ids_of_nothing() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (_, mut bob) = product.owner("bob", "other").await;
    let before = product.snapshot().await;
    let named = [
        Source::Project,
        Source::ArchivedProject,
        Source::BinnedProject,
        Source::Task,
        Source::BinnedTask,
        Source::Session,
        Source::Role,
        Source::Person,
        Source::SuspendedPerson,
        Source::EmptyRole,
        Source::Offer,
        Source::Workspace,
        Source::Invitation,
        Source::Batch,
        Source::Visit,
        Source::SupportRequest,
        Source::SupportSession,
    ];
    for function in functions::all() {
        let names_a_thing = named.iter().any(|from| function.takes(*from));
        let mut doors = Vec::new();
        if function.takes(Source::Org) {
            doors.push("acme");
        }
        if names_a_thing {
            doors.push("other");
        }
        for door in doors {
            let answer = function.call(&mut bob, &work, door).await;
            let told = (answer.status.as_u16(), answer.error());
            assert_eq!(told, (404, Error::NotFound), "{} by {door}", function.path);
        }
    }
    assert_eq!(before, product.snapshot().await);
}

#[tokio::test]
async fn somebody_elses_pages_are_not_there() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (_, mut bob) = product.owner("bob", "other").await;
    for route in server::http::page_routes()
        .iter()
        .filter(|route| route.path().contains('{'))
    {
        let path = work.page(route.path());
        let answer = bob.get(&path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("Kept"), "{path}");
    }
    assert_eq!(
        bob.get(&format!("/o/other/projects/{}", work.project)).await.status,
        404
    );
}

#[tokio::test]
async fn nor_is_anything_of_theirs_behind_any_route() {
    let product = webhooks::product().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let things = Things::of(&product, &acme).await;
    let (_, mut bob) = product.owner("bob", "other").await;
    for route in ROUTES {
        let before = product.snapshot().await;
        let answer = things.ask(&product, route, &mut bob).await;
        match route.whom {
            Whom::Anybody | Whom::Signed => assert!(answer.status.is_success(), "{}: {answer:?}", route.path),
            Whom::Members(_) | Whom::Staff(_) => {
                let told = (answer.status.as_u16(), answer.error());
                assert_eq!(told, (404, Error::NotFound), "{} {}", route.method, route.path);
            }
        }
        assert_written(route, &before, &product.snapshot().await);
    }
}

#[tokio::test]
async fn a_stranger_cannot_be_given_work() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (stranger, _) = product.person("bob").await;
    let before = product.snapshot().await;
    let (project, task, assignee) = (
        work.project.to_string(),
        work.task.to_string(),
        stranger.id().to_string(),
    );
    let create = [
        ("org", "acme"),
        ("project", &*project),
        ("title", "Spy"),
        ("assignee", &*assignee),
    ];
    let created = ann.post("/api/app/org/projects/create_task/create_task", &create).await;
    let assign = [("org", "acme"), ("task", &*task), ("assignee", &*assignee)];
    let handed_over = ann.post("/api/app/org/projects/plan_task/plan_task", &assign).await;
    for answer in [created, handed_over] {
        let expected = Error::field("assignee", contract::FieldCode::NotAMember);
        assert_eq!((answer.status.as_u16(), answer.error()), (422, expected));
    }
    assert_eq!(before, product.snapshot().await);
}

#[tokio::test]
async fn somebody_elses_workspace_and_people_are_nobodys() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let theirs = Work::of(&product, &acme).await;
    let (other, mut bob) = product.owner("bob", "other").await;
    let own = Work::of(&product, &other).await;
    let before = product.snapshot().await;
    let ids = [theirs.workspace, own.workspace].map(|id| id.to_string());
    let [foreign, mine] = [ids[0].as_str(), ids[1].as_str()];
    let project = own.project.to_string();
    let stranger = acme.user().id().to_string();
    let in_org = |fields: &[(&'static str, &str)]| {
        let mut all = vec![("org".to_owned(), "other".to_owned())];
        all.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        all
    };
    let not_a_member = Error::field("person", contract::FieldCode::NotAMember);
    for (path, fields, expected) in [
        (
            "projects/create_project/create_project",
            in_org(&[("name", "Spy"), ("workspace", foreign), ("visibility", "workspace")]),
            Error::NotFound,
        ),
        (
            "projects/share_project/share_project",
            in_org(&[
                ("project", &project),
                ("workspace", foreign),
                ("visibility", "workspace"),
            ]),
            Error::NotFound,
        ),
        (
            "workspaces/delete_workspace/delete_workspace",
            in_org(&[
                ("workspace", mine),
                ("confirm", "Team"),
                ("projects", "workspace"),
                ("target", foreign),
            ]),
            Error::NotFound,
        ),
        (
            "workspaces/add_workspace_member/add_workspace_member",
            in_org(&[("workspace", mine), ("person", &stranger)]),
            not_a_member.clone(),
        ),
        (
            "projects/give_project/give_project",
            in_org(&[("project", &project), ("person", &stranger)]),
            not_a_member,
        ),
    ] {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let answer = bob.post(&format!("/api/app/org/{path}"), &fields).await;
        assert_eq!(answer.error(), expected, "{path}");
    }
    assert_eq!(before, product.snapshot().await);
}
