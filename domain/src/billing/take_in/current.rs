//! Which of an organization's subscriptions is the one that counts.

use chrono::{DateTime, Utc};

use crate::billing::effective::SubscriptionStatus;

/// What the choice goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub id: String,
    pub status: SubscriptionStatus,
    pub started_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// One that lives before one that has ended, and what never came to be last; then the one that started last; then by id, so
/// that there is one answer whatever order they are told in.
pub(super) fn choose(candidates: &[Candidate]) -> Option<&Candidate> {
    candidates.iter().max_by(|one, other| rank(one).cmp(&rank(other)))
}

fn rank(candidate: &Candidate) -> (u8, DateTime<Utc>, &str) {
    let life = match candidate.status {
        status if status.is_live() => 2,
        SubscriptionStatus::Canceled | SubscriptionStatus::Unpaid => 1,
        _ => 0,
    };
    (
        life,
        candidate.started_at.unwrap_or(candidate.created_at),
        candidate.id.as_str(),
    )
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::{prelude::*, sample::Index};

    use super::*;

    fn candidate(id: &str, status: SubscriptionStatus, started: i64) -> Candidate {
        let at = DateTime::UNIX_EPOCH + TimeDelta::days(started);
        Candidate {
            id: id.to_owned(),
            status,
            started_at: Some(at),
            created_at: at,
        }
    }

    #[test]
    fn what_lives_goes_before_what_has_ended_and_that_before_what_never_began() {
        use SubscriptionStatus::{Active, Canceled, Incomplete, PastDue};
        let chosen = |candidates: &[Candidate]| choose(candidates).map(|chosen| chosen.id.clone());
        assert_eq!(chosen(&[]), None);
        let live = candidate("live", PastDue, 1);
        let ended = candidate("ended", Canceled, 2);
        let unpaid = candidate("never", Incomplete, 3);
        assert_eq!(chosen(&[ended.clone(), live, unpaid.clone()]).as_deref(), Some("live"));
        assert_eq!(chosen(&[unpaid, ended]).as_deref(), Some("ended"));
        let older = candidate("z", Active, 1);
        let newer = candidate("a", Active, 2);
        assert_eq!(chosen(&[newer, older.clone()]).as_deref(), Some("a"));
        let unstarted = Candidate {
            started_at: None,
            ..candidate("b", Active, 1)
        };
        assert_eq!(chosen(&[unstarted, older]).as_deref(), Some("z"));
    }

    proptest! {
        #[test]
        fn the_order_of_telling_makes_no_difference(
            rows in prop::collection::vec((0..4_u8, any::<Index>(), 0..3_i64), 1..6),
            turn in any::<Index>(),
        ) {
            let mut candidates: Vec<Candidate> = rows
                .iter()
                .enumerate()
                .map(|(number, (_, status, started))| {
                    candidate(&number.to_string(), *status.get(SubscriptionStatus::ALL), *started)
                })
                .collect();
            let chosen = choose(&candidates).cloned();
            let middle = turn.index(candidates.len());
            candidates.rotate_left(middle);
            prop_assert_eq!(choose(&candidates).cloned(), chosen.clone());
            candidates.reverse();
            prop_assert_eq!(choose(&candidates).cloned(), chosen);
        }
    }
}
