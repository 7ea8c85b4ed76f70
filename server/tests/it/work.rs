//! An organization with something of every kind in it, to call functions and to open pages with.

use contract::{
    iam::{DefaultRole, Permission},
    ids::{
        InvitationBatchId, InvitationId, OwnershipOfferId, ProjectId, RoleId, SessionId, SupportSessionId, TaskId,
        UserId, VisitId, WorkspaceId,
    },
    staff::StaffRole,
    support::SupportArea,
};
use domain::{
    actor::OrgActor,
    people,
    projects::{self, ProjectFields},
    tasks::{self, create::NewTask},
    testing::{ask_support, custom_role, staff, support_asked, support_inside, visit},
};

use crate::{functions::Source, harness::Product};

/// Something of every kind that can be named by an id.
pub struct Work {
    pub slug: String,
    pub session: SessionId,
    pub project: ProjectId,
    archived: ProjectId,
    binned: ProjectId,
    pub task: TaskId,
    binned_task: TaskId,
    role: RoleId,
    role_version: i64,
    pub workspace: WorkspaceId,
    guest: UserId,
    people: People,
    invitation: InvitationId,
    batch: InvitationBatchId,
    visit: VisitId,
    support_request: SupportSessionId,
    support_session: SupportSessionId,
}

/// People of an organization, with the least that there is to be.
struct People {
    person: UserId,
    suspended: UserId,
    empty_role: RoleId,
    offer: OwnershipOfferId,
}

impl People {
    async fn of(product: &Product, org: &OrgActor) -> Self {
        let deps = &product.deps;
        let people = Self {
            person: deps.id(),
            suspended: deps.id(),
            empty_role: deps.id(),
            offer: deps.id(),
        };
        let (tenant, now) = (org.tenant().id.0, deps.now());
        let (nothing, owner) = (deps.id::<RoleId>(), org.user().id().0);
        for (role, key) in [
            (nothing, "without_rights"),
            (people.empty_role, "without_rights_either"),
        ] {
            sqlx::query(
                "insert into iam_roles (tenant_id, id, key, name, is_default, created_at) values ($1, $2, $3, $3, false, $4)",
            )
            .bind(tenant)
            .bind(role.0)
            .bind(key)
            .bind(now)
            .execute(product.database.owner())
            .await
            .unwrap();
        }
        for (person, status) in [(people.person, "active"), (people.suspended, "suspended")] {
            sqlx::query(
                "with made as (insert into users (id, email, email_verified_at, name, created_at, updated_at) \
                     values ($2, $2::text || '@example.test', $5, 'Person', $5, $5)) \
                 insert into tenant_members (tenant_id, user_id, role_id, status, joined_at, updated_at) \
                 values ($1, $2, $3, $4, $5, $5)",
            )
            .bind(tenant)
            .bind(person.0)
            .bind(nothing.0)
            .bind(status)
            .bind(now)
            .execute(product.database.owner())
            .await
            .unwrap();
        }
        sqlx::query(
            "insert into ownership_offers (tenant_id, id, offered_by, offered_to, created_at, expires_at) \
             values ($1, $2, $3, $4, $5, $5 + interval '7 days')",
        )
        .bind(tenant)
        .bind(people.offer.0)
        .bind(owner)
        .bind(people.person.0)
        .bind(now)
        .execute(product.database.owner())
        .await
        .unwrap();
        people
    }
}

impl Work {
    pub async fn of(product: &Product, org: &OrgActor) -> Self {
        let deps = &product.deps;
        let project = |name: &str| {
            let fields = ProjectFields {
                name: name.parse_as(),
                description: "".parse_as(),
            };
            async move { projects::create::create(org, deps, fields).await.unwrap() }
        };
        let (kept, archived, binned) = (
            project("Kept").await,
            project("Archived").await,
            project("Binned").await,
        );
        projects::archive::set_status(org, deps, archived, contract::project::ProjectStatus::Archived)
            .await
            .unwrap();
        projects::delete::delete(org, deps, binned).await.unwrap();
        let task = |title: &str| {
            let new = NewTask {
                title: contract::text::TaskTitle::parse(title).unwrap(),
                assignee: None,
                due_on: None,
            };
            async move { tasks::create::create(org, deps, kept, new).await.unwrap() }
        };
        let (task, binned_task) = (task("To do").await, task("Not to do").await);
        tasks::delete::delete(org, deps, binned_task).await.unwrap();
        let role = custom_role(deps, org, "Reader", &[Permission::ProjectsRead]).await;
        let role_version = domain::roles::get::get(org, deps, role).await.unwrap().version;
        let (workspace, guest) = workspace_and_guests(product, org, kept).await;
        let offer = people::testing::offer(org, deps, DefaultRole::Member).await;
        let invited = people::invite::invite(org, deps, &offer, "waiting@example.test")
            .await
            .unwrap();
        let guide = format!("guide-of-{}", org.tenant().slug);
        let guide = staff(&product.database, deps, &guide, StaffRole::Support).await;
        let (visit, _) = visit(deps, &guide, org).await;
        let (support_request, support_session) = support(product, org).await;
        Self {
            visit,
            support_request,
            support_session,
            slug: org.tenant().slug.to_string(),
            session: org.user().session(),
            project: kept,
            archived,
            binned,
            task,
            binned_task,
            role,
            role_version,
            people: People::of(product, org).await,
            workspace,
            guest,
            invitation: invited.report.rows[0].outcome.invitation().unwrap(),
            batch: invited.batch,
        }
    }

    /// A page of it, by its route.
    pub fn page(&self, route: &str) -> String {
        route
            .replace("{org}", &self.slug)
            .replace("{project}", &self.project.to_string())
            .replace("{task}", &self.task.to_string())
            .replace("{role}", &self.role.to_string())
            .replace("{person}", &self.people.person.to_string())
            .replace("{empty_role}", &self.people.empty_role.to_string())
            .replace("{workspace}", &self.workspace.to_string())
            .replace("{passkey}", &self.project.to_string())
    }

    pub fn value(&self, from: Source) -> String {
        match from {
            Source::Org => self.slug.clone(),
            Source::Project => self.project.to_string(),
            Source::ArchivedProject => self.archived.to_string(),
            Source::BinnedProject => self.binned.to_string(),
            Source::Task => self.task.to_string(),
            Source::BinnedTask => self.binned_task.to_string(),
            Source::Workspace => self.workspace.to_string(),
            Source::Guest => self.guest.to_string(),
            Source::Session => self.session.to_string(),
            Source::Role => self.role.to_string(),
            Source::RoleVersion => self.role_version.to_string(),
            Source::Person => self.people.person.to_string(),
            Source::SuspendedPerson => self.people.suspended.to_string(),
            Source::EmptyRole => self.people.empty_role.to_string(),
            Source::Offer => self.people.offer.to_string(),
            Source::Invitation => self.invitation.to_string(),
            Source::Batch => self.batch.to_string(),
            Source::Visit => self.visit.to_string(),
            Source::SupportRequest => self.support_request.to_string(),
            Source::SupportSession => self.support_session.to_string(),
            Source::Text(text) => text.to_owned(),
        }
    }
}

/// Somebody of the staff who asks to be let in, and somebody who was.
async fn support(product: &Product, org: &OrgActor) -> (SupportSessionId, SupportSessionId) {
    let (deps, slug) = (&product.deps, &org.tenant().slug);
    let asked = ask_support(&[SupportArea::Work], false);
    let asking = staff(&product.database, deps, &format!("asks-{slug}"), StaffRole::Support).await;
    let inside = staff(&product.database, deps, &format!("inside-{slug}"), StaffRole::Support).await;
    let request = support_asked(deps, &asking, org.tenant().id, &asked).await;
    let (session, _) = support_inside(deps, &inside, org, &asked).await;
    (request, session)
}

/// A workspace that the project belongs to, a guest who was given the project, and one who was not.
async fn workspace_and_guests(product: &Product, org: &OrgActor, project: ProjectId) -> (WorkspaceId, UserId) {
    let deps = &product.deps;
    let workspace = domain::testing::workspace(deps, org, "Team").await;
    let place = projects::Place {
        workspace: Some(workspace),
        ..projects::Place::default()
    };
    projects::share::share(org, deps, project, place).await.unwrap();
    let mut guests = Vec::new();
    for name in ["given", "waiting"] {
        let guest: UserId = deps.id();
        sqlx::query(
            "with person as ( \
                insert into users (id, email, name, created_at, updated_at) \
                values ($2, $3 || '-of-' || $4 || '@example.test', $3, now(), now()) returning id \
             ) insert into tenant_members (tenant_id, user_id, role_id, member_type, joined_at, updated_at) \
             select r.tenant_id, person.id, r.id, 'guest', now(), now() from person, iam_roles r \
             where r.tenant_id = $1 and r.key = 'guest'",
        )
        .bind(org.tenant().id.0)
        .bind(guest.0)
        .bind(name)
        .bind(org.tenant().slug.as_str())
        .execute(product.database.owner())
        .await
        .unwrap();
        guests.push(guest);
    }
    projects::give::give(org, deps, project, guests[0]).await.unwrap();
    (workspace, guests[0])
}

trait ParseAs<T> {
    fn parse_as(self) -> T;
}

impl<T> ParseAs<T> for &str
where
    T: TryFrom<String>,
    T::Error: std::fmt::Debug,
{
    fn parse_as(self) -> T {
        T::try_from(self.to_owned()).unwrap()
    }
}
