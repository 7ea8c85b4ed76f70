//! Who walks, and where: people whose accounts come and go, and the organizations they have among them.

use std::sync::Arc;

use chrono::TimeDelta;
use contract::ids::{TenantId, UserId};
use domain::{
    Deps,
    actor::{OrgActor, RequestInfo, UserActor, Visitor},
    identity::NewSession,
    testing::{TestClock, TestDatabase, clock_and_deps, organization, proven, request},
};
use sha2::{Digest, Sha256};

/// Seats of the plan that every organization has.
pub const MEMBERS: i64 = 3;
pub const GUESTS: i64 = 2;

const NAMES: [&str; 6] = ["ann", "bob", "cid", "dan", "eve", "fay"];

/// Numbers from a seed.
pub struct Dice {
    seed: u64,
    thrown: u64,
}

impl Dice {
    pub fn throw(&mut self, sides: usize) -> usize {
        self.thrown += 1;
        let block = Sha256::new()
            .chain_update(self.seed.to_be_bytes())
            .chain_update(self.thrown.to_be_bytes())
            .finalize();
        let number = u64::from_be_bytes(block[..8].try_into().unwrap());
        usize::try_from(number % u64::try_from(sides).unwrap()).unwrap()
    }

    pub fn one_of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() {
            None
        } else {
            Some(all[self.throw(all.len())].clone())
        }
    }
}

/// What has become of an account.
#[derive(Clone)]
pub enum Account {
    InUse { token: String, actor: UserActor },
    Paused,
    Deleted,
}

/// Somebody with an address, and the last account they had with it.
#[derive(Clone)]
pub struct Somebody {
    pub name: &'static str,
    pub id: UserId,
    pub account: Account,
}

impl Somebody {
    pub fn actor(&self) -> Option<&UserActor> {
        match &self.account {
            Account::InUse { actor, .. } => Some(actor),
            Account::Paused | Account::Deleted => None,
        }
    }

    pub fn email(&self) -> String {
        format!("{}@example.test", self.name)
    }
}

#[derive(Clone)]
pub struct Organization {
    pub id: TenantId,
    pub slug: String,
}

pub struct Walk {
    pub database: TestDatabase,
    pub deps: Deps,
    pub people: Vec<Somebody>,
    pub organizations: Vec<Organization>,
    pub dice: Dice,
    clock: Arc<TestClock>,
    visits: u32,
    /// How many organizations, and roles, were made: each has a name of its own.
    pub made: u32,
}

impl Walk {
    pub async fn new(seed: u64) -> Self {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        sqlx::query("update plan_limits set allowed = case limit_key when 'members' then $1 else $2 end where limit_key in ('members', 'guests')")
            .bind(i32::try_from(MEMBERS).unwrap())
            .bind(i32::try_from(GUESTS).unwrap())
            .execute(database.owner())
            .await
            .unwrap();
        let mut walk = Self {
            database,
            deps,
            people: Vec::new(),
            organizations: Vec::new(),
            dice: Dice { seed, thrown: 0 },
            clock,
            visits: 0,
            made: 0,
        };
        for name in NAMES {
            walk.people.push(Somebody {
                name,
                id: UserId(uuid::Uuid::nil()),
                account: Account::Deleted,
            });
        }
        for who in 0..NAMES.len() {
            walk.come_back(who).await.unwrap();
        }
        for one in 0..2 {
            let founder = walk.people[one].actor().unwrap().clone();
            let organization = walk.found(&founder).await;
            walk.organizations.push(organization);
        }
        walk
    }

    pub async fn found(&mut self, founder: &UserActor) -> Organization {
        self.made += 1;
        let slug = format!("place-{}", self.made);
        let org = organization(&self.deps, founder, &slug).await;
        Organization {
            id: org.tenant().id,
            slug,
        }
    }

    /// From another place every time: what is counted by address is not what this is about.
    pub fn visitor(&mut self) -> Visitor {
        self.visits += 1;
        let [_, high, middle, low] = self.visits.to_be_bytes();
        Visitor::new(RequestInfo {
            address: format!("10.{high}.{middle}.{low}"),
            ..request()
        })
    }

    /// Somebody whose session has begun, with a proven address.
    pub async fn arrive(&mut self, who: usize, session: &NewSession) {
        let token = session.token.expose().to_owned();
        let actor = self.authenticate(&token).await;
        proven(&self.database, &actor).await;
        let actor = self.authenticate(&token).await;
        self.people[who].id = actor.id();
        self.people[who].account = Account::InUse { token, actor };
    }

    async fn authenticate(&self, token: &str) -> UserActor {
        UserActor::authenticate(&self.deps, token, request())
            .await
            .unwrap()
            .unwrap()
    }

    /// Every now and then invitations end. Nobody has to sign in again: the sessions of these people are as old as they need
    /// to be.
    pub async fn let_time_pass(&mut self) {
        if self.dice.throw(25) > 0 {
            return;
        }
        self.clock.advance(TimeDelta::days(8));
        sqlx::query(
            "update user_sessions set authenticated_at = $1, last_seen_at = $1, expires_at = $1 + interval '14 days'",
        )
        .bind(self.deps.now())
        .execute(self.database.owner())
        .await
        .unwrap();
        for who in 0..self.people.len() {
            if let Account::InUse { token, .. } = self.people[who].account.clone() {
                let actor = self.authenticate(&token).await;
                self.people[who].account = Account::InUse { token, actor };
            }
        }
    }

    /// Who is in it, suspended or not; or those of them who own it.
    async fn people_in(&self, organization: &Organization, owners: bool) -> Vec<Somebody> {
        let found: Vec<uuid::Uuid> = sqlx::query_scalar(
            "select m.user_id from tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
             where m.tenant_id = $1 and (not $2 or (r.key = 'owner' and m.status = 'active'))",
        )
        .bind(organization.id.0)
        .bind(owners)
        .fetch_all(self.database.owner())
        .await
        .unwrap();
        let among = self.people.iter().filter(|one| found.contains(&one.id.0));
        among.cloned().collect()
    }

    /// Half the time an owner, who can do most; otherwise mostly one of its people, and now and then a stranger. With an account
    /// that is in use.
    pub async fn somebody(&mut self, organization: &Organization) -> Option<UserActor> {
        let drawn = match self.dice.throw(8) {
            0..=3 => self.people_in(organization, true).await,
            4..=6 => self.people_in(organization, false).await,
            _ => self.people.clone(),
        };
        let in_use: Vec<UserActor> = drawn.iter().filter_map(Somebody::actor).cloned().collect();
        self.dice.one_of(&in_use)
    }

    /// To whom something is done: mostly one of its people.
    pub async fn target(&mut self, organization: &Organization) -> Option<Somebody> {
        let drawn = match self.dice.throw(8) {
            0 => self.people.clone(),
            _ => self.people_in(organization, false).await,
        };
        self.dice.one_of(&drawn)
    }

    /// The ids that a query finds in an organization, `$1`.
    pub async fn ids(&self, org: &OrgActor, query: &'static str) -> Vec<uuid::Uuid> {
        sqlx::query_scalar(query)
            .bind(org.tenant().id.0)
            .fetch_all(self.database.owner())
            .await
            .unwrap()
    }
}
