//! Word to somebody of what guards their account besides the password: if it was not them, they hear of it at once.

use serde::{Deserialize, Serialize};

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactorNews {
    Added,
    Removed,
    /// The app, with passkeys left.
    AppRemoved,
    PasskeyAdded,
    /// With another second factor left.
    PasskeyRemoved,
    /// One was refused, since there may be a copy of it.
    PasskeyCopied,
    CodesRenewed,
    /// In the place of the other factor. So many are left.
    CodeUsed {
        left: u32,
    },
}

impl FactorNews {
    pub(super) const ALL: &[Self] = &[
        Self::Added,
        Self::Removed,
        Self::AppRemoved,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::PasskeyCopied,
        Self::CodesRenewed,
        Self::CodeUsed { left: 9 },
    ];

    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Added => "second_factor_added",
            Self::Removed => "second_factor_removed",
            Self::AppRemoved => "authenticator_app_removed",
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
            Self::PasskeyCopied => "passkey_copied",
            Self::CodesRenewed => "recovery_codes_renewed",
            Self::CodeUsed { .. } => "recovery_code_used",
        }
    }
}
