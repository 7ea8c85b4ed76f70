//! The name alone.

use contract::{ids::ProjectId, text::ProjectName};

use super::update::save;
use crate::{Deps, Result, actor::OrgActor};

/// The description stays, also one that somebody else saves meanwhile.
pub async fn rename(org: &OrgActor, deps: &Deps, project: ProjectId, name: ProjectName) -> Result<()> {
    save(org, deps, project, name, None).await
}

#[cfg(test)]
mod tests {
    use contract::text::ProjectDescription;

    use super::*;
    use crate::{
        projects::{ProjectFields, get::get, update::update},
        testing::{TestDatabase, deps, join, organization, person, project, project_fields},
    };

    #[tokio::test]
    async fn leaves_the_description() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let described = ProjectFields {
            description: ProjectDescription::parse("Said meanwhile.").unwrap(),
            ..project_fields("Work")
        };
        update(&acme, &deps, work, described).await.unwrap();
        rename(&acme, &deps, work, ProjectName::parse("Play").unwrap())
            .await
            .unwrap();
        let saved = get(&acme, &deps, work).await.unwrap().project;
        assert_eq!(
            (saved.name.as_str(), saved.description.as_str()),
            ("Play", "Said meanwhile.")
        );
        let after: String = sqlx::query_scalar(
            "select after->>'description' from audit_log where action = 'project.updated' and after->>'name' = 'Play'",
        )
        .fetch_one(database.owner())
        .await
        .unwrap();
        assert_eq!(after, "Said meanwhile.");
    }

    #[tokio::test]
    async fn a_guest_may_not() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let guest = join(&database, &deps, &acme, &person(&deps, "bob").await, "guest").await;
        let refused = rename(&guest, &deps, work, ProjectName::parse("Mine").unwrap())
            .await
            .unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
    }
}
