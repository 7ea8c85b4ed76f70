//! Mails about somebody's place in an organization: what has happened, and what is true of the place when they are written.

use contract::{
    iam::MemberType,
    ids::{TenantId, UserId},
    people::MemberStatus,
};
use serde::{Deserialize, Serialize};

use crate::{Deps, Result, database::Transaction};

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

    /// Whether it is so when the mail is written. What is not so any more is not told.
    pub(super) fn holds(self, place: &Place) -> bool {
        let active = place.status == Some(MemberStatus::Active);
        match self {
            Self::RoleChanged | Self::Restored | Self::OwnershipGiven => active,
            Self::Suspended => place.status == Some(MemberStatus::Suspended),
            Self::Removed => place.status.is_none(),
            Self::OwnershipOffered => active && place.offered,
            Self::OwnershipReceived => active && place.owns,
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
    /// What they are in it; nothing once they are out.
    pub role: String,
    pub member_type: MemberType,
    /// Nothing once they are out.
    pub status: Option<MemberStatus>,
    pub owns: bool,
    pub offered: bool,
}

impl Place {
    /// For the developer's gallery.
    pub(super) fn sample() -> Self {
        Self {
            organization: "Organization".to_owned(),
            slug: "organization".to_owned(),
            role: "Member".to_owned(),
            member_type: MemberType::Member,
            ..Self::default()
        }
    }
}

/// `None` when the organization is gone.
pub(super) async fn place(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    tenant: TenantId,
) -> Result<Option<Place>> {
    let row = sqlx::query!(
        r#"select t.name as organization, t.slug::text as "slug!", r.name as "role?", m.member_type as "member_type?",
            m.status as "status?", coalesce(r.key = 'owner', false) as "owns!",
            exists (
                select from ownership_offers o
                where o.tenant_id = t.id and o.offered_to = $2 and o.status = 'open' and o.expires_at > $3
            ) as "offered!"
        from tenants t
        left join tenant_members m on m.tenant_id = t.id and m.user_id = $2
        left join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where t.id = $1 and t.deleted_at is null"#,
        tenant.0,
        user.0,
        deps.now(),
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
        status: row.status.and_then(|key| MemberStatus::from_key(&key)),
        owns: row.owns,
        offered: row.offered,
    }))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::iam::MemberType;

    use super::*;
    use crate::{
        mail::{Mail, compose},
        people::{change_type::change_type, offer_ownership::offer_ownership, remove::remove},
        testing::{TestDatabase, clock_and_deps, deps, join, organization, person, proven},
    };

    #[tokio::test]
    async fn what_is_not_so_any_more_is_not_told() {
        use News::{OwnershipGiven, OwnershipOffered, OwnershipReceived, Removed, Restored, RoleChanged, Suspended};
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        proven(&database, &bob).await;
        join(&database, &deps, &acme, &bob, "admin").await;
        offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap();
        let owner = "update tenant_members set role_id = (select id from iam_roles where key = 'owner')";
        let suspended = "update tenant_members set status = 'suspended'";
        let restored = "update tenant_members set status = 'active'";
        for (change, later, so) in [
            ("", 0, &[RoleChanged, Restored, OwnershipOffered, OwnershipGiven][..]),
            (
                owner,
                0,
                &[
                    RoleChanged,
                    Restored,
                    OwnershipOffered,
                    OwnershipReceived,
                    OwnershipGiven,
                ],
            ),
            (suspended, 0, &[Suspended]),
            (restored, 8, &[RoleChanged, Restored, OwnershipReceived, OwnershipGiven]),
            ("delete from tenant_members", 0, &[Removed]),
        ] {
            sqlx::query(change).execute(database.owner()).await.unwrap();
            clock.advance(TimeDelta::days(later));
            for &news in News::ALL {
                let mail = Mail::Standing {
                    user: bob.id(),
                    tenant: acme.tenant().id,
                    news,
                };
                let mail = compose(&database.platform(), &deps, "https://plinth.example", &mail)
                    .await
                    .unwrap();
                assert_eq!(mail.is_some(), so.contains(&news), "{news:?} after {change}");
                if let Some(mail) = mail {
                    assert_eq!(mail.text.matches("https://").count(), 1, "one action: {}", mail.text);
                    assert!(mail.subject.contains("acme") && mail.html.contains("acme"), "{news:?}");
                }
            }
        }
    }

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
        sqlx::query("update tenants set deleted_at = now()")
            .execute(database.owner())
            .await
            .unwrap();
        assert_eq!(written(News::Removed).await, None);
    }
}
