//! Who may make an account.

use serde::{Deserialize, Serialize};

/// What `GET /api/v1/config/public` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicConfig {
    /// Anybody may sign up. When false, only addresses on the allow-list and invited people can.
    pub self_serve_enabled: bool,
    /// An invitation's code is needed to sign up.
    pub invite_code_required: bool,
    /// Identity providers that are configured, by key.
    pub oauth_providers: Vec<String>,
}
