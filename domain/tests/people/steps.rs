//! One step of somebody who may be in, or out, or suspended.

use contract::{
    Error,
    iam::{DefaultRole, MemberType, Permission},
    ids::{InvitationId, RoleId},
};
use domain::{
    actor::{OrgActor, UserActor},
    identity::{deactivate_account, delete_account, reactivate_account, sign_in, sign_up},
    people::{
        Ticket,
        accept::{Accepted, accept},
        accept_ownership::accept_ownership,
        change_role::change_role,
        change_type::change_type,
        decline::decline,
        end_offer::withdraw_ownership,
        invite::invite,
        leave::leave,
        offer_ownership::offer_ownership,
        remove::remove,
        resend::resend,
        restore::restore,
        revoke::revoke,
        suspend::suspend,
        testing::offer,
    },
    roles, tenants,
    testing::{PASSWORD, new_person, role_fields},
};

use crate::walk::{Account, Organization, Somebody, Walk};

type Step = Result<&'static str, Error>;

/// What people do on a walk that is long enough.
pub const ALL: [&str; 25] = [
    "invite",
    "resend",
    "revoke",
    "accept",
    "decline",
    "role",
    "type",
    "suspend",
    "restore",
    "remove",
    "leave",
    "offer",
    "withdraw",
    "hand over",
    "make a role",
    "delete a role",
    "pause the account",
    "delete the account",
    "take the account up",
    "sign up again",
    "pause the organization",
    "take the organization up",
    "delete the organization",
    "restore the organization",
    "found another",
];

impl Walk {
    pub async fn step(&mut self) -> Step {
        let which = self.dice.throw(self.organizations.len());
        let organization = self.organizations[which].clone();
        let whom = self.dice.throw(self.people.len());
        let target = self.people[whom].clone();
        if self.is_lost(&organization).await {
            return self.begin_anew(which, &target).await;
        }
        if target.actor().is_none() && self.dice.throw(3) == 0 {
            return self.come_back(whom).await;
        }
        let what = self.dice.throw(54);
        if what < 10 {
            return self.by_themselves(what, whom).await;
        }
        let actor = self.somebody(&organization).await.ok_or(Error::NotFound)?;
        if what == 10 || (self.is_closed(&organization).await && self.dice.throw(4) > 0) {
            return self.end_or_restore(&organization, &actor).await;
        }
        let org = OrgActor::enter(&actor, &self.deps, &organization.slug).await?;
        match what {
            11..=21 => self.with_invitations(what, &org, &target).await,
            22..=24 => self.with_roles(what, &org).await,
            _ => {
                let target = self.target(&organization).await.ok_or(Error::NotFound)?;
                self.with_people(what, &org, &target).await
            }
        }
    }

    /// Nobody has a way into it any more.
    async fn is_lost(&self, organization: &Organization) -> bool {
        for one in self.people.iter().filter_map(Somebody::actor) {
            match OrgActor::enter(one, &self.deps, &organization.slug).await {
                Err(domain::Error::Refused(Error::NotFound | Error::TenantInactive)) => {}
                _ => return false,
            }
        }
        // Whose account rests may come back to it.
        !self.people.iter().any(|one| matches!(one.account, Account::Paused))
    }

    async fn is_closed(&self, organization: &Organization) -> bool {
        let open = format!("tenants where id = '{}' and status = 'active'", organization.id);
        self.database.count(&open).await == 0
    }

    async fn begin_anew(&mut self, which: usize, target: &Somebody) -> Step {
        let founder = target.actor().ok_or(Error::NotFound)?;
        self.organizations[which] = self.found(founder).await;
        Ok("found another")
    }

    /// What needs no organization: answering an invitation, and ending one's account.
    async fn by_themselves(&mut self, what: usize, whom: usize) -> Step {
        if what < 8 {
            return self.answer().await;
        }
        let target = self.people[whom].clone();
        let actor = target.actor().ok_or(Error::Unauthenticated)?;
        if what == 8 {
            deactivate_account::deactivate(actor, &self.deps).await?;
            self.people[whom].account = Account::Paused;
            return Ok("pause the account");
        }
        delete_account::delete(actor, &self.deps, &target.email(), None).await?;
        self.people[whom].account = Account::Deleted;
        Ok("delete the account")
    }

    /// To a paused account by its password, and with a new account after the one before was deleted.
    pub async fn come_back(&mut self, who: usize) -> Step {
        let (visitor, new) = (self.visitor(), new_person(self.people[who].name));
        match self.people[who].account {
            Account::InUse { .. } => Err(Error::Conflict),
            Account::Paused => {
                let offered = sign_in::sign_in(&visitor, &self.deps, new.email, PASSWORD.to_owned()).await?;
                let session = reactivate_account::reactivate(&visitor, &self.deps, offered.token.expose()).await?;
                self.arrive(who, &session).await;
                Ok("take the account up")
            }
            Account::Deleted => {
                let session = sign_up::sign_up(&visitor, &self.deps, new).await?;
                self.arrive(who, &session).await;
                Ok("sign up again")
            }
        }
    }

    /// One of the invitations that wait, by who is invited: accepted, or now and then declined.
    async fn answer(&mut self) -> Step {
        let pending: Vec<(uuid::Uuid, String)> = sqlx::query_as(
            "select i.id, i.email::text from tenant_invitations i join tenants t on t.id = i.tenant_id \
             where i.status = 'pending' order by i.email, t.slug",
        )
        .fetch_all(self.database.owner())
        .await
        .unwrap();
        let (waiting, email) = self.dice.one_of(&pending).ok_or(Error::NotFound)?;
        let invited = self.people.iter().find(|one| one.email() == email);
        let actor = invited.and_then(Somebody::actor).cloned().ok_or(Error::NotFound)?;
        let ticket = Ticket::Waiting(waiting.into());
        if self.dice.throw(6) == 0 {
            decline(&self.visitor(), Some(&actor), &self.deps, ticket).await?;
            return Ok("decline");
        }
        match accept(&actor, &self.deps, ticket).await? {
            Accepted::Joined { .. } => Ok("accept"),
            Accepted::Not(_) => Err(Error::Conflict),
        }
    }

    /// Pausing, deleting, and taking back, as it stands.
    async fn end_or_restore(&mut self, organization: &Organization, actor: &UserActor) -> Step {
        let org = OrgActor::enter(actor, &self.deps, &organization.slug).await?;
        let status: String = sqlx::query_scalar("select status from tenants where id = $1")
            .bind(organization.id.0)
            .fetch_one(self.database.owner())
            .await
            .unwrap();
        let deletes = self.dice.throw(3) == 0;
        match &*status {
            "deleting" => {
                tenants::restore::restore(&org, &self.deps).await?;
                Ok("restore the organization")
            }
            _ if deletes => {
                tenants::delete::delete(&org, &self.deps, &org.tenant().name).await?;
                Ok("delete the organization")
            }
            "deactivated" => {
                tenants::reactivate::reactivate(&org, &self.deps).await?;
                Ok("take the organization up")
            }
            _ => {
                tenants::deactivate::deactivate(&org, &self.deps).await?;
                Ok("pause the organization")
            }
        }
    }

    async fn with_invitations(&mut self, what: usize, org: &OrgActor, target: &Somebody) -> Step {
        const PENDING: &str =
            "select id from tenant_invitations where tenant_id = $1 and status = 'pending' order by email";
        let deps = self.deps.clone();
        if what < 19 {
            let with = [DefaultRole::Member, DefaultRole::Guest, DefaultRole::Admin];
            let with = self.dice.one_of(&with).ok_or(Error::NotFound)?;
            let made = offer(org, &deps, with).await;
            invite(org, &deps, &made, &target.email()).await?;
            return Ok("invite");
        }
        let pending = self.ids(org, PENDING).await;
        let open: InvitationId = self.dice.one_of(&pending).ok_or(Error::NotFound)?.into();
        if what == 19 {
            revoke(org, &deps, open).await?;
            return Ok("revoke");
        }
        resend(org, &deps, open).await?;
        Ok("resend")
    }

    async fn with_roles(&mut self, what: usize, org: &OrgActor) -> Step {
        let deps = self.deps.clone();
        match what {
            22 | 23 => {
                self.made += 1;
                let rights = Permission::ALL.iter().copied().filter(|_| self.dice.throw(4) > 0);
                let fields = role_fields(&format!("Role {}", self.made), &rights.collect::<Vec<_>>());
                roles::create::create(org, &deps, fields).await?;
                Ok("make a role")
            }
            _ => {
                let (own, all) = (self.roles(org, false).await, self.roles(org, true).await);
                let role = self.dice.one_of(&own).ok_or(Error::NotFound)?;
                let target = self.dice.one_of(&all).filter(|_| self.dice.throw(4) > 0);
                roles::delete::delete(org, &deps, role, target).await?;
                Ok("delete a role")
            }
        }
    }

    /// All of them, or only those of the organization's own.
    async fn roles(&self, org: &OrgActor, defaults: bool) -> Vec<RoleId> {
        let found = if defaults {
            self.ids(org, "select id from iam_roles where tenant_id = $1 order by name")
        } else {
            self.ids(
                org,
                "select id from iam_roles where tenant_id = $1 and not is_default order by name",
            )
        };
        found.await.into_iter().map(RoleId).collect()
    }

    async fn with_people(&mut self, what: usize, org: &OrgActor, target: &Somebody) -> Step {
        let (deps, to) = (self.deps.clone(), target.id);
        match what {
            25..=33 => {
                let all = self.roles(org, true).await;
                let role = self.dice.one_of(&all).ok_or(Error::NotFound)?;
                change_role(org, &deps, to, role).await?;
                Ok("role")
            }
            34 | 35 => {
                let to_type = self.dice.one_of(MemberType::ALL).ok_or(Error::NotFound)?;
                change_type(org, &deps, to, to_type).await?;
                Ok("type")
            }
            36..=39 => {
                suspend(org, &deps, to).await?;
                Ok("suspend")
            }
            40..=42 => {
                restore(org, &deps, to).await?;
                Ok("restore")
            }
            43 | 44 => {
                remove(org, &deps, to).await?;
                Ok("remove")
            }
            45 => {
                leave(org.user(), &deps, org.tenant().slug.as_str()).await?;
                Ok("leave")
            }
            _ => self.hand_over(org, target).await,
        }
    }

    /// Offered, and then accepted, withdrawn, or left lying.
    async fn hand_over(&mut self, org: &OrgActor, target: &Somebody) -> Step {
        let name = org.tenant().name.clone();
        let made = offer_ownership(org, &self.deps, target.id, &name).await?;
        match (self.dice.throw(3), target.actor()) {
            (0, Some(receiver)) => {
                let receiver = OrgActor::enter(receiver, &self.deps, org.tenant().slug.as_str()).await?;
                accept_ownership(&receiver, &self.deps, made).await?;
                Ok("hand over")
            }
            (1, _) => {
                withdraw_ownership(org, &self.deps, made).await?;
                Ok("withdraw")
            }
            _ => Ok("offer"),
        }
    }
}
