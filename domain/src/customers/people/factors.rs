//! What guards somebody's account besides its password, counted.

use contract::{customers::Factors, ids::UserId};

use crate::{Error, Result, database::Transaction};

pub(super) async fn factors(transaction: &mut Transaction, user: UserId) -> Result<Factors> {
    let row = sqlx::query!(
        r#"select exists (select from user_second_factors where user_id = $1 and confirmed_at is not null) as "app!",
            (select count(*) from user_passkeys where user_id = $1) as "passkeys!",
            (select count(*) from user_recovery_codes where user_id = $1 and used_at is null) as "codes!""#,
        user.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(Factors {
        app: row.app,
        passkeys: u32::try_from(row.passkeys).map_err(Error::fault)?,
        codes: u32::try_from(row.codes).map_err(Error::fault)?,
    })
}
