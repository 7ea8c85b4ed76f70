//! What a question to the provider can fail with.

use std::time::Duration;

/// Why the provider did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// Not reached, too slow, or out of order. Of a change it is not known whether it happened: read it again before
    /// asking again.
    #[error("the provider does not answer: {0}")]
    Unavailable(String),
    /// Too many questions.
    #[error("the provider asks for fewer questions")]
    Throttled {
        /// How long to wait, if it said so.
        retry_after: Option<Duration>,
    },
    /// The token is not known, has run out, or may not do this. Nobody but the operator can help.
    #[error("the provider does not accept the token: {0}")]
    Unauthorized(String),
    /// The question was understood and answered with no.
    #[error("the provider refused ({code}): {message}")]
    Refused {
        /// The provider's name for it, such as `AlreadyCanceledSubscription`.
        code: String,
        /// What of the question was wrong: the path of a field, parts joined by a full stop.
        field: Option<String>,
        /// In the provider's words, for the log. Not for people.
        message: String,
    },
    #[error("the provider does not know it")]
    NotFound,
    /// The customer of something new was deleted there. Another one can be made for the same organization.
    #[error("the provider does not know the customer any more")]
    CustomerGone,
    /// The payment method was declined, or wants its owner's confirmation. Nothing has changed.
    #[error("the payment was declined: {0}")]
    Declined(String),
    /// Another change of the same thing is under way.
    #[error("the provider is changing it already")]
    Locked,
    /// An answer of a shape that is not understood.
    #[error("the provider's answer is not understood: {0}")]
    Malformed(String),
}

impl ProviderError {
    /// Whether the same question may be answered another time, without anybody doing anything.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Throttled { .. } | Self::Locked)
    }

    /// Whether it was refused under this name.
    pub fn is_refusal(&self, name: &str) -> bool {
        matches!(self, Self::Refused { code, .. } if code == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_change_by_itself_is_passing() {
        for (error, passing) in [
            (ProviderError::Unavailable("timeout".into()), true),
            (ProviderError::Throttled { retry_after: None }, true),
            (ProviderError::Locked, true),
            (ProviderError::Unauthorized("expired".into()), false),
            (ProviderError::NotFound, false),
            (ProviderError::CustomerGone, false),
            (ProviderError::Declined("card_error".into()), false),
            (ProviderError::Malformed("no id".into()), false),
        ] {
            assert_eq!(error.is_passing(), passing, "{error}");
        }
    }
}
