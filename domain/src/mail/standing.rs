//! Mails about somebody's place in an organization: what has happened, and what is true of the place when they are written.

use contract::{
    iam::MemberType,
    ids::{TenantId, UserId},
};
use serde::{Deserialize, Serialize};

use crate::{Result, database::Transaction};

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// Another role, or a guest's place instead of a member's, or the other way round.
    RoleChanged,
    Suspended,
    Restored,
    Removed,
    OwnershipOffered,
    OwnershipReceived,
    OwnershipGiven,
}

impl News {
    pub(super) const ALL: &[Self] = &[
        Self::RoleChanged,
        Self::Suspended,
        Self::Restored,
        Self::Removed,
        Self::OwnershipOffered,
        Self::OwnershipReceived,
        Self::OwnershipGiven,
    ];

    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::RoleChanged => "role_changed",
            Self::Suspended => "member_suspended",
            Self::Restored => "member_restored",
            Self::Removed => "member_removed",
            Self::OwnershipOffered => "ownership_offered",
            Self::OwnershipReceived => "ownership_received",
            Self::OwnershipGiven => "ownership_given",
        }
    }

    /// Where its action leads. Who is out of the organization is led to what is left to them.
    pub(super) fn page(self, place: &Place) -> String {
        match self {
            Self::RoleChanged | Self::Restored => format!("/o/{}/projects", place.slug),
            Self::Suspended | Self::Removed => "/account/organizations".to_owned(),
            Self::OwnershipOffered => format!("/o/{}/ownership", place.slug),
            Self::OwnershipReceived | Self::OwnershipGiven => format!("/o/{}/people", place.slug),
        }
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub organization: String,
    pub slug: String,
    /// What they are in it; empty once they are out.
    pub role: String,
    pub member_type: MemberType,
}

impl Place {
    /// For the developer's gallery.
    pub(super) fn sample() -> Self {
        Self {
            organization: "Organization".to_owned(),
            slug: "organization".to_owned(),
            role: "Member".to_owned(),
            member_type: MemberType::Member,
        }
    }
}

/// `None` when the organization is gone.
pub(super) async fn place(transaction: &mut Transaction, user: UserId, tenant: TenantId) -> Result<Option<Place>> {
    let row = sqlx::query!(
        r#"select t.name as organization, t.slug::text as "slug!", r.name as "role?", m.member_type as "member_type?"
        from tenants t
        left join tenant_members m on m.tenant_id = t.id and m.user_id = $2
        left join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where t.id = $1 and t.deleted_at is null"#,
        tenant.0,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(row.map(|row| Place {
        organization: row.organization,
        slug: row.slug,
        role: row.role.unwrap_or_default(),
        member_type: row
            .member_type
            .and_then(|key| MemberType::from_key(&key))
            .unwrap_or_default(),
    }))
}

#[cfg(test)]
mod tests {
    use contract::iam::MemberType;

    use super::*;
    use crate::{
        mail::{Mail, compose},
        people::{change_type::change_type, remove::remove},
        testing::{TestDatabase, deps, join, organization, person},
    };

    #[tokio::test]
    async fn says_what_is_true_when_it_is_written_and_nothing_of_an_organization_that_is_gone() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "billing").await;
        let written = async |news: News| {
            let mail = Mail::Standing {
                user: bob.id(),
                tenant: acme.tenant().id,
                news,
            };
            compose(&database.platform(), &deps, "https://plinth.example", &mail)
                .await
                .unwrap()
        };
        let mail = written(News::RoleChanged).await.unwrap();
        assert_eq!(
            (&*mail.to, &*mail.subject),
            ("bob@example.test", "Your role at acme has changed")
        );
        assert!(mail.text.contains("Your role there is Billing now."), "{}", mail.text);
        assert!(
            mail.text.contains("https://plinth.example/o/acme/projects"),
            "{}",
            mail.text
        );
        change_type(&acme, &deps, bob.id(), MemberType::Guest).await.unwrap();
        let mail = written(News::RoleChanged).await.unwrap();
        assert!(mail.text.contains("You are a guest there now"), "{}", mail.text);
        remove(&acme, &deps, bob.id()).await.unwrap();
        let mail = written(News::Removed).await.unwrap();
        assert!(mail.text.contains("/account/organizations"), "{}", mail.text);
        for &news in News::ALL {
            let mail = written(news).await.unwrap();
            assert_eq!(mail.text.matches("https://").count(), 1, "one action: {}", mail.text);
            assert!(mail.subject.contains("acme") && mail.html.contains("acme"), "{news:?}");
        }
        sqlx::query("update tenants set deleted_at = now()")
            .execute(database.owner())
            .await
            .unwrap();
        assert_eq!(written(News::Removed).await, None);
    }
}
