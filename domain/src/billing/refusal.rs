//! What a provider's error means for who asked.

use super::provider::ProviderError;
use crate::{Deps, Error, Result, actor::OrgActor, billing::provider::PaymentProvider};

/// What is not for people goes to the log, once, here.
#[expect(clippy::needless_pass_by_value, reason = "as it is handed over by map_err")]
pub(crate) fn refusal(error: ProviderError) -> Error {
    let refused = match &error {
        ProviderError::Declined(_) => contract::Error::PaymentDeclined,
        ProviderError::Refused { .. } | ProviderError::CustomerGone => contract::Error::Conflict,
        ProviderError::Unavailable(_)
        | ProviderError::Throttled { .. }
        | ProviderError::Locked
        | ProviderError::Unauthorized(_)
        | ProviderError::NotFound
        | ProviderError::Malformed(_) => contract::Error::PaymentProviderUnavailable,
    };
    if error.is_passing() || refused == contract::Error::PaymentDeclined {
        tracing::warn!(%error, "payment provider");
    } else {
        tracing::error!(%error, "payment provider");
    }
    refused.into()
}

/// Whether the operator has set up a provider at all.
pub(crate) fn is_set_up(deps: &Deps) -> bool {
    deps.payments.name() != super::provider::Absent.name()
}

/// Before the provider is asked for anything on somebody's behalf. It cannot be told to leave its own rows alone: while
/// maintenance lets nobody change anything here, it is not asked at all.
pub(crate) fn require_provider(org: &OrgActor, deps: &Deps) -> Result<()> {
    org.require_open()?;
    if is_set_up(deps) {
        Ok(())
    } else {
        Err(contract::Error::PaymentProviderUnavailable.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_card_or_the_state_refuses_is_told_apart() {
        let means = |error| contract::Error::from(refusal(error));
        assert_eq!(
            means(ProviderError::Declined("card_error".into())),
            contract::Error::PaymentDeclined
        );
        let refused = ProviderError::Refused {
            code: "AlreadyCanceledSubscription".into(),
            field: None,
            message: String::new(),
        };
        assert_eq!(means(refused), contract::Error::Conflict);
        for error in [
            ProviderError::Unavailable("timeout".into()),
            ProviderError::Throttled { retry_after: None },
            ProviderError::Locked,
            ProviderError::Unauthorized("expired".into()),
            ProviderError::NotFound,
            ProviderError::Malformed("no id".into()),
        ] {
            assert_eq!(means(error), contract::Error::PaymentProviderUnavailable);
        }
    }
}
