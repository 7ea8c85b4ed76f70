//! `plinth billing publish`

use std::process::ExitCode;

use anyhow::Result;
use domain::billing::{
    catalogue::publish::{self, Publication, Published},
    provider::ProviderError,
};

use crate::commands::{Workplace, say};

pub async fn publish(workplace: &Workplace) -> Result<ExitCode> {
    let publication = publish::publish(&workplace.platform, &workplace.deps).await?;
    say(in_words(&publication));
    Ok(match publication {
        Publication::Done(_) => ExitCode::SUCCESS,
        Publication::Refused(_) | Publication::PriceDiffers { .. } => ExitCode::FAILURE,
    })
}

pub fn in_words(publication: &Publication) -> String {
    match publication {
        Publication::Done(Published { kept, assigned }) => {
            format!(
                "{} prices are for sale: {kept} were before, {assigned} are new",
                kept + assigned
            )
        }
        Publication::Refused(error) => format!("not all prices are for sale: {error}: {}", fix(error)),
        Publication::PriceDiffers {
            plan,
            interval,
            product,
        } => format!(
            "{plan} by the {} is for sale at another price, as product {product}: archive that at the provider, then publish \
             again",
            interval.key()
        ),
    }
}

/// What the operator can do about it.
pub fn fix(error: &ProviderError) -> &'static str {
    match error {
        ProviderError::Unauthorized(_) => {
            "set POLAR_ACCESS_TOKEN to an organization access token of the Polar that POLAR_SERVER names, with its rights to \
             products, customers, checkouts, subscriptions and orders"
        }
        ProviderError::Unavailable(_) | ProviderError::Throttled { .. } | ProviderError::Locked => {
            "check POLAR_ACCESS_TOKEN and POLAR_SERVER, and try again in a minute"
        }
        _ => "look it up at the provider, and check POLAR_SERVER",
    }
}

#[cfg(test)]
mod tests {
    use contract::billing::BillingInterval;

    use super::*;

    #[test]
    fn what_came_of_it_is_told_with_what_to_do() {
        let done = Publication::Done(Published { kept: 4, assigned: 2 });
        assert_eq!(in_words(&done), "6 prices are for sale: 4 were before, 2 are new");
        let differs = Publication::PriceDiffers {
            plan: "team".to_owned(),
            interval: BillingInterval::Year,
            product: "p-1".into(),
        };
        for part in ["team by the year", "p-1", "archive"] {
            assert!(in_words(&differs).contains(part), "{part}");
        }
        let refused = Publication::Refused(ProviderError::Unauthorized("expired".to_owned()));
        assert!(in_words(&refused).contains("POLAR_ACCESS_TOKEN"));
    }
}
