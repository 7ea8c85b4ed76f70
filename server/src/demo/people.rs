//! People of the demo, and organizations of theirs.

use anyhow::Result;
use contract::{email::EmailAddress, password::Password, slug::Slug, text::OrganizationName, text::PersonName};
use domain::{
    Deps,
    actor::{OrgActor, RequestInfo, UserActor, Visitor},
    demo::PASSWORD,
    identity::sign_up::{SignUp, sign_up},
    tenants::create::{NewTenant, create},
};

pub fn address(key: &str) -> String {
    format!("{key}@demo.plinth.test")
}

/// Who has an account already comes in with it.
pub async fn person(deps: &Deps, key: &str, name: &str) -> Result<UserActor> {
    let request = RequestInfo {
        // Throttles count by it, and the people of a demo do not sit at one desk.
        address: format!("demo:{key}"),
        user_agent: "demo".to_owned(),
        ..RequestInfo::default()
    };
    let parsed = (
        PersonName::parse(name),
        EmailAddress::parse(&address(key)),
        Password::parse(PASSWORD),
    );
    let (Ok(name), Ok(email), Ok(password)) = parsed else {
        anyhow::bail!("the demo's people are not well-formed")
    };
    // The gates are for strangers.
    let open = Deps {
        registration: std::sync::Arc::new(domain::RegistrationGates {
            allowed_emails: vec![email.clone()],
            ..domain::RegistrationGates::default()
        }),
        ..deps.clone()
    };
    let session = sign_up(&Visitor::new(request.clone()), &open, SignUp { name, email, password }).await?;
    let actor = UserActor::authenticate(deps, session.token.expose(), request).await?;
    actor.ok_or_else(|| anyhow::anyhow!("{} is taken by somebody with another password", address(key)))
}

pub async fn organization(deps: &Deps, owner: &UserActor, name: &str, slug: &str) -> Result<OrgActor> {
    let (Ok(name), Ok(slug)) = (OrganizationName::parse(name), Slug::parse(slug)) else {
        anyhow::bail!("the demo's organizations are not well-formed")
    };
    let created = create(owner, deps, NewTenant { name, slug }).await?;
    Ok(OrgActor::enter(owner, deps, created.slug.as_str()).await?)
}
