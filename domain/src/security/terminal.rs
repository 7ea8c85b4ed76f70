//! Letting people come in from a blocked address again at the terminal: the way back when everybody who could lift the block comes
//! from there and nobody of them is signed in.

use super::lift_block::lift;
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::PlatformDatabase,
    throttle,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unblocked {
    /// The address as it was blocked: IPv6 by its /64.
    Done {
        address: String,
    },
    NotBlocked,
}

/// An address of the client, or what stands in the list of blocked ones.
pub async fn unblock(platform: &PlatformDatabase, deps: &Deps, address: &str) -> Result<Unblocked> {
    let address = address.trim();
    let client = throttle::client(address.strip_suffix("/64").unwrap_or(address));
    let mut transaction = platform.begin().await?;
    let Some(lifted) = lift(&mut transaction, deps, &client).await? else {
        transaction.rollback().await?;
        return Ok(Unblocked::NotBlocked);
    };
    let request = RequestInfo::default();
    Entry::new(Action::SecurityAddressUnblocked, Origin::System, &request)
        .before(lifted.recorded())
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Unblocked::Done {
        address: lifted.address,
    })
}

#[cfg(test)]
mod tests {
    use contract::{security::BlockPeriod, staff::StaffRole, text::BlockReason};

    use super::*;
    use crate::{
        security::block_address::block_address,
        testing::{TestDatabase, deps, staff},
    };

    #[tokio::test]
    async fn whoever_has_the_terminal_lifts_a_block_in_nobodys_name() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let platform = database.platform();
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        for address in ["203.0.113.5", "2001:db8::1", "2001:db8:1::1"] {
            let reason = BlockReason::parse("Guesses passwords").unwrap();
            block_address(&sue, &deps, address, BlockPeriod::Day, reason)
                .await
                .unwrap();
        }
        let unblocked = async |address: &str| unblock(&platform, &deps, address).await.unwrap();
        assert_eq!(unblocked("203.0.113.6").await, Unblocked::NotBlocked);
        for (typed, address) in [
            ("::ffff:203.0.113.5", "203.0.113.5"),
            ("2001:db8::/64", "2001:db8::/64"),
            (" 2001:db8:1::9", "2001:db8:1::/64"),
        ] {
            let address = address.to_owned();
            assert_eq!(unblocked(typed).await, Unblocked::Done { address }, "{typed}");
        }
        assert_eq!(unblocked("203.0.113.5").await, Unblocked::NotBlocked);
        assert_eq!(database.count("blocked_addresses").await, 0);
        let recorded = "audit_log where action = 'security.address_unblocked' and origin = 'system' \
                        and actor_user_id is null and before ->> 'address' is not null";
        assert_eq!(database.count(recorded).await, 3);
    }
}
