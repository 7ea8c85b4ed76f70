//! How strong a password is, while it is typed.

use contract::error::Result;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// As `ui::PasswordStrength` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// 0 to 4. Above 2 only what will be accepted.
    pub score: u8,
    pub label: String,
    /// What would make it better; empty when it is good.
    pub hint: String,
}

/// Nothing of it is kept. The estimate takes a moment of a core, so how often one may ask is limited.
#[server]
pub async fn password_strength(password: String) -> Result<Judgement> {
    use contract::password::{Password, Strength};
    use domain::{
        identity::password,
        throttle::{self, Policy},
    };

    async {
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let client = throttle::client(&visitor.request().address);
        throttle::attempt(&deps, Policy::PasswordStrengthByAddress, &client).await?;
        let known = match crate::session::maybe_user().await? {
            Some(user) => vec![user.person().name.clone(), user.person().email.clone()],
            None => Vec::new(),
        };
        let long_enough = Password::parse(&password).is_ok();
        let Strength { score, accepted } = tokio::task::spawn_blocking(move || {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            password::strength(&password, &known)
        })
        .await
        .map_err(|_| contract::Error::Internal)?;
        let score = if accepted { score } else { score.min(2) };
        let texts = &crate::messages::current().auth.strength;
        let hint = match (accepted, long_enough) {
            (true, _) => "",
            (false, true) => texts.guessable,
            (false, false) => texts.length,
        };
        let label = texts.labels[usize::from(score.min(4))];
        Ok(Judgement {
            score,
            label: label.to_owned(),
            hint: hint.to_owned(),
        })
    }
    .await
    .map_err(crate::response::note)
}
