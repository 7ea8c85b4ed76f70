//! Staff at work.

use contract::staff::StaffRole;

use super::{
    database::TestDatabase,
    people::{new_person, request, visitor},
};
use crate::{
    Deps,
    actor::{StaffActor, UserActor},
    identity::sign_up::sign_up,
};

/// Somebody of the staff who has signed in and proven a second factor, as the token of their session.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn staff_session(database: &TestDatabase, deps: &Deps, name: &str, role: StaffRole) -> String {
    let session = sign_up(&visitor(), deps, new_person(name)).await.unwrap();
    let token = session.token.expose().to_owned();
    let user = UserActor::authenticate(deps, &token, request()).await.unwrap().unwrap();
    sqlx::query(
        "insert into platform_role_assignments (id, user_id, role, granted_at) values (gen_random_uuid(), $1, $2, $3)",
    )
    .bind(user.id().0)
    .bind(role.key())
    .bind(deps.now())
    .execute(database.owner())
    .await
    .unwrap();
    sqlx::query("update user_sessions set second_factor_at = $2 where user_id = $1")
        .bind(user.id().0)
        .bind(deps.now())
        .execute(database.owner())
        .await
        .unwrap();
    sqlx::query("update users set email_verified_at = created_at where id = $1")
        .bind(user.id().0)
        .execute(database.owner())
        .await
        .unwrap();
    token
}

/// The same person at work.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn staff(database: &TestDatabase, deps: &Deps, name: &str, role: StaffRole) -> StaffActor {
    let token = staff_session(database, deps, name, role).await;
    let user = UserActor::authenticate(deps, &token, request()).await.unwrap().unwrap();
    StaffActor::enter(&user).unwrap()
}
