//! What an organization is told about its bills, each thing once.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use contract::{
    billing::BillingState,
    iam::Permission,
    ids::{TenantId, UserId},
};
use serde::{Deserialize, Serialize};

use super::effective::{Effective, Facts, Reason};
use crate::{
    Deps, Result,
    database::Transaction,
    mail::{self, Bill, Mail},
};

/// The days after a failed payment on which it is said again.
const SECOND: TimeDelta = TimeDelta::days(2);
const LAST: TimeDelta = TimeDelta::days(7);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Notice {
    /// Three days are left.
    TrialEnding3,
    /// The last day.
    TrialEnding1,
    TrialEnded,
    PaymentFailed,
    /// It was two days ago.
    PaymentFailed2,
    /// It was a week ago.
    PaymentFailed7,
    Restricted,
    Recovered,
    /// It ends with its period.
    Canceled,
    Ended,
}

impl Notice {
    pub const ALL: &[Self] = &[
        Self::TrialEnding3,
        Self::TrialEnding1,
        Self::TrialEnded,
        Self::PaymentFailed,
        Self::PaymentFailed2,
        Self::PaymentFailed7,
        Self::Restricted,
        Self::Recovered,
        Self::Canceled,
        Self::Ended,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::TrialEnding3 => "trial_ending_3",
            Self::TrialEnding1 => "trial_ending_1",
            Self::TrialEnded => "trial_ended",
            Self::PaymentFailed => "payment_failed",
            Self::PaymentFailed2 => "payment_failed_2",
            Self::PaymentFailed7 => "payment_failed_7",
            Self::Restricted => "restricted",
            Self::Recovered => "recovered",
            Self::Canceled => "canceled",
            Self::Ended => "ended",
        }
    }

    /// Whether it is still so in this state. What is not so any more is not told.
    pub const fn holds_in(self, state: BillingState) -> bool {
        match self {
            Self::TrialEnding3 | Self::TrialEnding1 => matches!(state, BillingState::Trialing),
            Self::TrialEnded => matches!(state, BillingState::None),
            Self::PaymentFailed | Self::PaymentFailed2 | Self::PaymentFailed7 => {
                matches!(state, BillingState::PastDue | BillingState::Restricted)
            }
            Self::Restricted => matches!(state, BillingState::Restricted),
            Self::Recovered => matches!(state, BillingState::Active | BillingState::Canceling),
            Self::Canceled => matches!(state, BillingState::Canceling),
            Self::Ended => matches!(state, BillingState::Canceled),
        }
    }
}

/// The reminder whose day it is, and what it is about. Of several that were missed it is the latest.
pub(super) fn reminder(facts: &Facts, effective: &Effective, now: DateTime<Utc>) -> Option<(Notice, String)> {
    match (effective.state, effective.reason) {
        (BillingState::Trialing, Reason::FirstTrial) => {
            let notice = match effective.days_left? {
                0 | 1 => Notice::TrialEnding1,
                2 | 3 => Notice::TrialEnding3,
                _ => return None,
            };
            Some((notice, occasion(effective.until?)))
        }
        (BillingState::PastDue | BillingState::Restricted, _) => {
            let since = facts.subscription.as_ref()?.past_due_at?;
            let notice = match now - since {
                late if late >= LAST => Notice::PaymentFailed7,
                late if late >= SECOND => Notice::PaymentFailed2,
                _ => return None,
            };
            Some((notice, occasion(since)))
        }
        _ => None,
    }
}

/// An instant by which one trial, one failed payment, one end is told from another.
pub(super) fn occasion(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Whether that was done before.
pub(super) async fn was_told(
    transaction: &mut Transaction,
    tenant: TenantId,
    notice: Notice,
    occasion: &str,
) -> Result<bool> {
    let told = sqlx::query_scalar!(
        r#"select exists (
            select from billing_notices where tenant_id = $1 and kind = $2 and occasion = $3
        ) as "told!""#,
        tenant.0,
        notice.key(),
        occasion,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(told)
}

/// Mails it to everybody who can do something about it, unless that was done for this occasion before. In a transaction that is
/// in the organization, or that is the platform's, and holds its row.
pub(super) async fn tell(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    notice: Notice,
    occasion: &str,
) -> Result<bool> {
    let first = sqlx::query!(
        "insert into billing_notices (tenant_id, kind, occasion, sent_at) values ($1, $2, $3, $4) on conflict do nothing",
        tenant.0,
        notice.key(),
        occasion,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    if first.rows_affected() == 0 {
        return Ok(false);
    }
    // A guest has no say in bills, whatever their role.
    let people = sqlx::query_scalar!(
        "select m.user_id from tenant_members m \
         join iam_role_permissions r on r.tenant_id = m.tenant_id and r.role_id = m.role_id and r.permission = $2 \
         where m.tenant_id = $1 and m.status = 'active' and m.member_type = 'member' order by m.user_id",
        tenant.0,
        Permission::BillingManage.key(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    for user in people {
        let mail = Mail::Bill(Bill {
            user: UserId(user),
            tenant,
            notice,
        });
        mail::enqueue(transaction, &mail).await?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        billing::effective::{Subscribed, SubscriptionStatus, effective},
        testing::{TestDatabase, clock_and_deps, organization, person},
    };

    const GRACE: TimeDelta = TimeDelta::days(7);

    #[test]
    fn a_trial_is_reminded_of_three_days_and_one_day_before_its_end() {
        let end = DateTime::UNIX_EPOCH + TimeDelta::days(14);
        let facts = Facts {
            trial_ends_at: Some(end),
            ..Facts::default()
        };
        let at = |before: TimeDelta| {
            let now = end - before;
            reminder(&facts, &effective(&facts, now, GRACE), now).map(|(notice, _)| notice)
        };
        let (day, second) = (TimeDelta::days(1), TimeDelta::seconds(1));
        assert_eq!(at(day * 3 + second), None);
        assert_eq!(at(day * 3), Some(Notice::TrialEnding3));
        assert_eq!(at(day + second), Some(Notice::TrialEnding3));
        assert_eq!(at(day), Some(Notice::TrialEnding1));
        assert_eq!(at(second), Some(Notice::TrialEnding1));
        assert_eq!(at(TimeDelta::zero()), None, "it is over");
    }

    #[test]
    fn a_failed_payment_is_said_again_after_two_days_and_after_a_week() {
        let since = DateTime::UNIX_EPOCH;
        let facts = Facts {
            subscription: Some(Subscribed {
                status: SubscriptionStatus::PastDue,
                current_period_end: None,
                trial_ends_at: None,
                cancel_at_period_end: false,
                ends_at: None,
                past_due_at: Some(since),
                resumes_at: None,
            }),
            ..Facts::default()
        };
        let at = |after: TimeDelta| {
            let now = since + after;
            reminder(&facts, &effective(&facts, now, TimeDelta::days(3)), now).map(|(notice, _)| notice)
        };
        let (day, second) = (TimeDelta::days(1), TimeDelta::seconds(1));
        assert_eq!(at(day * 2 - second), None);
        assert_eq!(at(day * 2), Some(Notice::PaymentFailed2));
        assert_eq!(at(day * 7 - second), Some(Notice::PaymentFailed2), "restricted by now");
        assert_eq!(at(day * 7), Some(Notice::PaymentFailed7));
    }

    #[tokio::test]
    async fn each_thing_is_told_once_however_often_it_comes_about() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let platform = database.platform();
        let tell = async |occasion: &str| {
            let mut transaction = platform.begin().await.unwrap();
            let told = tell(&mut transaction, &deps, acme.tenant().id, Notice::Canceled, occasion).await;
            transaction.commit().await.unwrap();
            told.unwrap()
        };
        assert!(tell("the end of June").await);
        assert!(!tell("the end of June").await, "canceled, kept, and canceled again");
        assert!(tell("the end of July").await);
        assert_eq!(database.count("billing_notices").await, 2);
    }

    #[test]
    fn every_notice_is_true_in_some_state_and_none_in_what_was_given() {
        for &notice in Notice::ALL {
            assert!(
                BillingState::ALL.iter().any(|&state| notice.holds_in(state)),
                "{notice:?}"
            );
            assert!(!notice.holds_in(BillingState::Complimentary));
        }
    }
}
