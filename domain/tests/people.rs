//! Whatever people do to each other, an organization that lives has an active owner, and no new place goes beyond the plan.
//!
//! A walk of random steps from a fixed seed: who acts, what they do and to whom is drawn; what is refused is a step as well.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up, or that goes where it should not, has failed"
)]

use std::collections::BTreeMap;

use chrono::TimeDelta;
use contract::{
    Error,
    iam::{DefaultRole, MemberType},
    ids::{OwnershipOfferId, RoleId},
};
use domain::{
    Deps,
    actor::{OrgActor, UserActor},
    people::{
        Ticket,
        accept::{Accepted, accept},
        accept_ownership::accept_ownership,
        change_role::change_role,
        change_type::change_type,
        end_offer::withdraw_ownership,
        invite::invite,
        leave::leave,
        offer_ownership::offer_ownership,
        remove::remove,
        restore::restore,
        suspend::suspend,
        testing::offer,
    },
    testing::{TestClock, TestDatabase, clock_and_deps, organization, person, proven, role_of},
};
use sha2::{Digest, Sha256};

/// Numbers from a seed.
struct Dice {
    seed: u64,
    thrown: u64,
}

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.thrown += 1;
        let block = Sha256::new()
            .chain_update(self.seed.to_be_bytes())
            .chain_update(self.thrown.to_be_bytes())
            .finalize();
        let number = u64::from_be_bytes(block[..8].try_into().unwrap());
        usize::try_from(number % u64::try_from(sides).unwrap()).unwrap()
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.throw(all.len())]
    }
}

struct Walk {
    database: TestDatabase,
    clock: std::sync::Arc<TestClock>,
    deps: Deps,
    people: Vec<UserActor>,
    roles: Vec<RoleId>,
    dice: Dice,
}

/// Seats of a class, in use and allowed, as a superuser counts them.
async fn used(database: &TestDatabase, deps: &Deps, class: MemberType) -> i64 {
    sqlx::query_scalar(
        "select (select count(*) from tenant_members where member_type = $1 and status = 'active') \
             + (select count(*) from tenant_invitations where member_type = $1 and status = 'pending' and expires_at > $2)",
    )
    .bind(class.key())
    .bind(deps.now())
    .fetch_one(database.owner())
    .await
    .unwrap()
}

impl Walk {
    async fn new(seed: u64) -> Self {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let mut people = Vec::new();
        for name in ["ann", "bob", "cid", "dan", "eve", "fay"] {
            let one = person(&deps, name).await;
            proven(&database, &one).await;
            people.push(one);
        }
        let org = organization(&deps, &people[0], "acme").await;
        sqlx::query("update plans set member_limit = 3, guest_limit = 2")
            .execute(database.owner())
            .await
            .unwrap();
        let mut roles = Vec::new();
        for role in DefaultRole::ALL {
            roles.push(role_of(&database, &org, role.key()).await);
        }
        Self {
            database,
            clock,
            deps,
            people,
            roles,
            dice: Dice { seed, thrown: 0 },
        }
    }

    /// Half the time an owner, who can do most; otherwise anybody.
    async fn actor(&mut self) -> UserActor {
        let owners: Vec<uuid::Uuid> = sqlx::query_scalar(
            "select m.user_id from tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
             where r.key = 'owner' and m.status = 'active' order by m.joined_at, m.user_id",
        )
        .fetch_all(self.database.owner())
        .await
        .unwrap();
        let owner = *self.dice.one_of(&owners);
        let by_owner = self.dice.throw(2) == 0;
        let anybody = self.dice.one_of(&self.people);
        let owner = self.people.iter().find(|one| one.id().0 == owner).unwrap();
        if by_owner { owner.clone() } else { anybody.clone() }
    }

    /// One step of somebody who may be in, or out, or suspended.
    async fn step(&mut self) -> Result<&'static str, Error> {
        let deps = self.deps.clone();
        let actor = self.actor().await;
        let target = self.dice.one_of(&self.people).clone();
        let what = self.dice.throw(14);
        if what > 11 {
            return self.accept_one(&target).await;
        }
        let org = OrgActor::enter(&actor, &deps, "acme").await.map_err(Error::from)?;
        let to = target.id();
        let done = match what {
            0..=2 => {
                let with = *self
                    .dice
                    .one_of(&[DefaultRole::Member, DefaultRole::Guest, DefaultRole::Admin]);
                let made = offer(&org, &deps, with).await;
                invite(&org, &deps, &made, &target.person().email)
                    .await
                    .map(|_| "invite")
            }
            3 | 4 => {
                let role = *self.dice.one_of(&self.roles);
                change_role(&org, &deps, to, role).await.map(|()| "role")
            }
            5 => {
                let to_type = *self.dice.one_of(MemberType::ALL);
                change_type(&org, &deps, to, to_type).await.map(|()| "type")
            }
            6 => suspend(&org, &deps, to).await.map(|()| "suspend"),
            7 | 8 => restore(&org, &deps, to).await.map(|()| "restore"),
            9 => remove(&org, &deps, to).await.map(|()| "remove"),
            10 => leave(org.user(), &deps, org.tenant().slug.as_str())
                .await
                .map(|()| "leave"),
            _ => return self.hand_over(&org, &target).await,
        };
        done.map_err(Error::from)
    }

    /// The invitation that waits for somebody, if one does.
    async fn accept_one(&mut self, actor: &UserActor) -> Result<&'static str, Error> {
        let waiting: Option<uuid::Uuid> =
            sqlx::query_scalar("select id from tenant_invitations where email = $1::citext and status = 'pending'")
                .bind(&actor.person().email)
                .fetch_optional(self.database.owner())
                .await
                .unwrap();
        let Some(waiting) = waiting else {
            return Err(Error::NotFound);
        };
        let ticket = Ticket::Waiting(waiting.into());
        match accept(actor, &self.deps, ticket).await.map_err(Error::from)? {
            Accepted::Joined { .. } => Ok("accept"),
            Accepted::Not(_) => Err(Error::Conflict),
        }
    }

    /// Offered, and then accepted, withdrawn, or left lying.
    async fn hand_over(&mut self, org: &OrgActor, target: &UserActor) -> Result<&'static str, Error> {
        let made = offer_ownership(org, &self.deps, target.id(), "acme").await;
        let made: OwnershipOfferId = made.map_err(Error::from)?;
        match self.dice.throw(3) {
            0 => {
                let receiver = OrgActor::enter(target, &self.deps, "acme").await.map_err(Error::from)?;
                accept_ownership(&receiver, &self.deps, made)
                    .await
                    .map_err(Error::from)?;
                Ok("hand over")
            }
            1 => {
                withdraw_ownership(org, &self.deps, made).await.map_err(Error::from)?;
                Ok("withdraw")
            }
            _ => Ok("offer"),
        }
    }
}

/// How often each thing was done.
async fn walk(seed: u64, steps: usize) -> BTreeMap<&'static str, u32> {
    let mut walk = Walk::new(seed).await;
    let (mut before, mut done) = ([1, 0], BTreeMap::new());
    for number in 0..steps {
        if walk.dice.throw(25) == 0 {
            // Invitations end. Nobody has to sign in again: the sessions of these people are as old as they need to be.
            walk.clock.advance(TimeDelta::days(8));
            let sessions = "update user_sessions set authenticated_at = $1, last_seen_at = $1, expires_at = $1 + interval '14 days'";
            sqlx::query(sessions)
                .bind(walk.deps.now())
                .execute(walk.database.owner())
                .await
                .unwrap();
            walk.people = sign_in_again(&walk).await;
        }
        let step = walk.step().await;
        match &step {
            Ok(what) => *done.entry(*what).or_insert(0) += 1,
            Err(Error::Internal | Error::Unavailable) => panic!("seed {seed}, step {number}: {step:?}"),
            Err(_) => {}
        }
        let owners = walk
            .database
            .count(
                "tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id and r.key = 'owner' \
                 where m.status = 'active' and m.member_type = 'member'",
            )
            .await;
        assert!(owners > 0, "seed {seed}, step {number}: {step:?} left no owner");
        for (class, (limit, before)) in MemberType::ALL.iter().zip([3, 2].into_iter().zip(&mut before)) {
            let now = used(&walk.database, &walk.deps, *class).await;
            assert!(
                now <= limit || now <= *before,
                "seed {seed}, step {number}: {step:?} took seat {now} of {limit}"
            );
            *before = now;
        }
    }
    done
}

/// Everybody once more, as their sessions are now.
async fn sign_in_again(walk: &Walk) -> Vec<UserActor> {
    let mut people = Vec::new();
    for one in &walk.people {
        people.push(person(&walk.deps, &one.person().name).await);
    }
    people
}

#[tokio::test]
async fn after_any_steps_there_is_an_owner_and_no_new_place_beyond_the_plan() {
    let mut done = walk(1, 300).await;
    for (what, times) in walk(2, 300).await {
        *done.entry(what).or_insert(0) += times;
    }
    // A walk in which nothing happens shows nothing.
    for what in [
        "invite", "accept", "role", "type", "suspend", "restore", "remove", "leave", "offer",
    ] {
        assert!(done.contains_key(what), "nobody ever did {what}: {done:?}");
    }
}
