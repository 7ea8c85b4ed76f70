//! Whether what somebody has typed proves their second factor. What was right once is not right again.

use contract::{FieldCode, ids::UserId};

use super::{recovery_codes, totp};
use crate::{Deps, Result, audit::Entry, database::Transaction, identity::reuse, metrics};

/// What was typed: the digits that an app shows, or a code that was kept for when there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    Shown(String),
    Kept(String),
}

impl Typed {
    /// As it is counted.
    const fn key(&self) -> &'static str {
        match self {
            Self::Shown(_) => "app",
            Self::Kept(_) => "recovery_code",
        }
    }

    /// Spaces, hyphens and case are for reading.
    pub(super) fn parse(text: &str) -> Result<Self, FieldCode> {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if plain.is_empty() {
            Err(FieldCode::Required)
        } else if plain.len() == 6 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self::Shown(plain))
        } else if recovery_codes::is_one(&plain) {
            Ok(Self::Kept(plain))
        } else {
            Err(FieldCode::Malformed)
        }
    }
}

/// By what it was proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    App,
    /// One of the codes that were kept.
    RecoveryCode,
}

/// Uses it up, when it is right. Of two at once, one waits for the other and is told that it is used. That it was used before
/// is put on record by `reused`, an entry of `user.token_reused` by whoever came with it.
pub(super) async fn check(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    typed: &Typed,
    reused: Entry<'_>,
) -> Result<Option<Proof>> {
    let proof = match typed {
        Typed::Shown(code) => app(transaction, deps, user, code, reused).await?,
        Typed::Kept(code) => recovery_codes::take(transaction, deps, user, code, reused)
            .await?
            .then_some(Proof::RecoveryCode),
    };
    metrics::second_factor(typed.key(), proof.is_some());
    Ok(proof)
}

async fn app(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    code: &str,
    reused: Entry<'_>,
) -> Result<Option<Proof>> {
    let factor = sqlx::query!(
        "select id, secret from user_second_factors where user_id = $1 and kind = 'totp' and confirmed_at is not null",
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(factor) = factor else { return Ok(None) };
    let secret = deps.vault.open(user.0.as_bytes(), &factor.secret)?;
    let Some(step) = totp::step(&secret, code, deps.now())? else {
        return Ok(None);
    };
    let accepted = sqlx::query!(
        "update user_second_factors set last_step = $2, last_used_at = $3, last_used_from = $4 where id = $1 and last_step < $2",
        factor.id,
        step,
        deps.now(),
        reused.request.address,
    )
    .execute(&mut **transaction)
    .await?;
    if accepted.rows_affected() == 1 {
        return Ok(Some(Proof::App));
    }
    // Of a step before the last one nobody knows whether its code was used, or passed over.
    let before = sqlx::query!(
        r#"select last_used_at as "used_at!", last_used_from from user_second_factors where id = $1 and last_step = $2"#,
        factor.id,
        step,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    if let Some(before) = before
        && !reuse::is_second_press(
            deps.now(),
            reused.request,
            before.used_at,
            before.last_used_from.as_deref(),
        )
    {
        reuse::record(transaction, deps, reused, user, "app_code").await?;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_of_the_app_and_the_rest_was_kept() {
        assert_eq!(Typed::parse(" 123 456 "), Ok(Typed::Shown("123456".to_owned())));
        let kept = Typed::parse("abcd-efgh-2345-zzzz");
        assert_eq!(kept, Ok(Typed::Kept("ABCDEFGH2345ZZZZ".to_owned())));
        assert_eq!(Typed::parse(" - "), Err(FieldCode::Required));
        for wrong in ["12345", "1234567", "abcd-efgh-2345-zzz1", "abcdefgh", "１２３４５６"] {
            assert_eq!(Typed::parse(wrong), Err(FieldCode::Malformed), "{wrong}");
        }
    }
}
