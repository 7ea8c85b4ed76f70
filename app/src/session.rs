//! Who asks. The way from a request to an actor, for pages and server functions alike.
//!
//! The server puts one [`SessionHandle`] into every request. It looks the session up once, however many server functions a
//! page calls, and keeps the organization that was entered.

use std::sync::{Arc, OnceLock};

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use contract::{
    Error,
    error::Result,
    ids::{TenantId, UserId},
    slug::Slug,
    tenant::Membership,
};
use domain::{
    Deps,
    actor::{OrgActor, RequestInfo, StaffActor, UserActor, Visit, VisitStanding, Visitor},
    identity::{NewSession, second_factor::passkeys::Question},
    random::Secret,
    visits::{
        record::{self, Request},
        way_back::{WayBack, way_back},
    },
};
use http::{HeaderValue, header::SET_COOKIE, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use tokio::sync::{Mutex, OnceCell};

use crate::Settings;

#[derive(Debug, Clone)]
pub struct SessionHandle(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    deps: Deps,
    token: Option<String>,
    visit_token: Option<String>,
    request: RequestInfo,
    user: OnceCell<Option<UserActor>>,
    visit: OnceCell<Option<VisitStanding>>,
    /// The visit that goes on, and where it is one of, as it was before anything was drawn.
    live: OnceLock<(Arc<Visit>, Option<WayBack>)>,
    /// The browser may be on a visit, and it could not be asked on which.
    in_doubt: OnceLock<()>,
    /// As whom somebody of the staff was in an organization in this request.
    visited: OnceLock<OrgActor>,
    /// The visit in which somebody of the staff was refused at an organization's door in this request, and its address.
    strayed: OnceLock<(Arc<Visit>, Slug)>,
    org: Mutex<Option<(String, OrgActor)>>,
    /// The first organization that was entered in this request, by whichever door.
    entered: OnceLock<TenantId>,
}

impl SessionHandle {
    /// The values of the session's and the visit's cookie, as the browser sent them.
    pub fn new(deps: Deps, token: Option<String>, visit_token: Option<String>, request: RequestInfo) -> Self {
        Self(Arc::new(Inner {
            deps,
            token,
            visit_token,
            request,
            user: OnceCell::new(),
            visit: OnceCell::new(),
            live: OnceLock::new(),
            in_doubt: OnceLock::new(),
            visited: OnceLock::new(),
            strayed: OnceLock::new(),
            org: Mutex::new(None),
            entered: OnceLock::new(),
        }))
    }

    pub(crate) fn deps(&self) -> &Deps {
        &self.0.deps
    }

    /// Whoever asks, for what is done without a session.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(self.0.request.clone())
    }

    /// Whether the browser sent a session cookie, alive or not.
    pub fn has_token(&self) -> bool {
        self.0.token.is_some()
    }

    pub async fn maybe_user(&self) -> Result<Option<UserActor>> {
        let Some(token) = &self.0.token else { return Ok(None) };
        let user = self
            .0
            .user
            .get_or_try_init(|| UserActor::authenticate(&self.0.deps, token, self.0.request.clone()))
            .await?;
        Ok(user.clone())
    }

    /// Who asks and in which organization they are, as far as this request has found out. It asks nobody for it.
    pub fn found_out(&self) -> (Option<UserId>, Option<TenantId>) {
        let user = self.0.user.get().and_then(Option::as_ref);
        (user.map(UserActor::id), self.0.entered.get().copied())
    }

    /// Keeps where somebody was let in.
    fn entered(&self, actor: OrgActor) -> OrgActor {
        self.0.entered.get_or_init(|| actor.tenant().id);
        actor
    }

    /// What the browser's visit has come to, when somebody of the staff has one.
    pub(crate) async fn visit(&self) -> Result<Option<VisitStanding>> {
        let Some(token) = &self.0.visit_token else {
            return Ok(None);
        };
        let Some(user) = self.maybe_user().await? else {
            return Ok(None);
        };
        let standing = self
            .0
            .visit
            .get_or_try_init(|| Visit::standing(&user, &self.0.deps, token))
            .await?;
        Ok(standing.clone())
    }

    /// Looks up what the bar of a visit says, before anything is drawn: it stands on whatever page there will be. Who carries no
    /// visit's cookie is asked nothing for it.
    pub async fn look_up_visit(&self) {
        let found = async {
            if let Some(VisitStanding::Live(visit)) = self.visit().await? {
                let place = way_back(&visit, &self.0.deps).await?;
                _ = self.0.live.set((visit, place));
            }
            Ok::<_, Error>(())
        };
        if let Err(error) = found.await {
            tracing::warn!(%error, "the visit that a browser is on could not be looked up");
            _ = self.0.in_doubt.set(());
        }
    }

    /// As whom somebody of the staff was in an organization in this request.
    pub(crate) fn visited(&self) -> Option<&OrgActor> {
        self.0.visited.get()
    }

    /// Puts on record what was asked for in a visit. Nothing to do in a request of anybody else.
    pub async fn record(&self, request: Request<'_>) -> Result<()> {
        if let Some(actor) = self.visited() {
            record::record(actor, &self.0.deps, request).await?;
        } else if let Some((visit, slug)) = self.0.strayed.get() {
            let (info, deps) = (&self.0.request, &self.0.deps);
            record::record_stray(visit, info, deps, slug.as_str(), request.name()).await?;
        }
        Ok(())
    }

    /// Whether this is a request of a visit, wherever it led.
    pub fn is_visit(&self) -> bool {
        self.visited().is_some() || self.0.strayed.get().is_some()
    }

    /// Somebody of the staff belongs to no organization. In a visit they are in it as its member, and nowhere else.
    async fn as_visitor(&self, user: &UserActor, slug: &str) -> Result<Option<OrgActor>> {
        if user.staff().is_none() {
            return Ok(None);
        }
        match self.visit().await? {
            Some(VisitStanding::Live(visit)) => {
                let entered = OrgActor::enter_as(user, &visit, &self.0.deps, slug).await;
                match entered {
                    Ok(actor) => {
                        let actor = self.entered(actor);
                        Ok(Some(self.0.visited.get_or_init(|| actor).clone()))
                    }
                    Err(error) => {
                        let error = Error::from(error);
                        // What is no address names nothing that could be told. What refuses them otherwise does so where they
                        // belong, or is a fault.
                        if error == Error::NotFound
                            && let Ok(slug) = Slug::parse(slug)
                        {
                            self.0.strayed.get_or_init(|| (visit, slug));
                        }
                        Err(error)
                    }
                }
            }
            Some(VisitStanding::Over { .. }) | None => Err(Error::NotFound),
        }
    }

    /// The member in the organization of this address; 401 without a session, 404 for who does not belong to it.
    pub(crate) async fn org(&self, slug: &str) -> Result<OrgActor> {
        let user = self.maybe_user().await?.ok_or(Error::Unauthenticated)?;
        let mut entered = self.0.org.lock().await;
        if let Some((known, actor)) = &*entered
            && known == slug
        {
            return Ok(actor.clone());
        }
        let actor = match self.as_visitor(&user, slug).await? {
            Some(actor) => actor,
            None => self.entered(OrgActor::enter(&user, &self.0.deps, slug).await?),
        };
        *entered = Some((slug.to_owned(), actor.clone()));
        Ok(actor)
    }

    /// The same for the bills, which are also paid by who has not proven their address in time.
    async fn org_for_billing(&self, slug: &str) -> Result<OrgActor> {
        let user = self.maybe_user().await?.ok_or(Error::Unauthenticated)?;
        match self.as_visitor(&user, slug).await? {
            Some(actor) => Ok(actor),
            None => Ok(self.entered(OrgActor::enter_for_billing(&user, &self.0.deps, slug).await?)),
        }
    }

    async fn org_for_billing_with_memberships(&self, slug: &str) -> Result<(OrgActor, Vec<Membership>)> {
        let user = self.maybe_user().await?.ok_or(Error::Unauthenticated)?;
        if let Some(actor) = self.as_visitor(&user, slug).await? {
            let memberships = vec![actor.own_membership()];
            return Ok((actor, memberships));
        }
        let entering = OrgActor::enter_for_billing_with_memberships(&user, &self.0.deps, slug);
        let (actor, memberships) = entering.await?;
        Ok((self.entered(actor), memberships))
    }

    async fn org_with_memberships(&self, slug: &str) -> Result<(OrgActor, Vec<Membership>)> {
        let user = self.maybe_user().await?.ok_or(Error::Unauthenticated)?;
        let (actor, memberships) = if let Some(actor) = self.as_visitor(&user, slug).await? {
            let memberships = vec![actor.own_membership()];
            (actor, memberships)
        } else {
            let (actor, memberships) = OrgActor::enter_with_memberships(&user, &self.0.deps, slug).await?;
            (self.entered(actor), memberships)
        };
        *self.0.org.lock().await = Some((slug.to_owned(), actor.clone()));
        Ok((actor, memberships))
    }
}

fn handle() -> Result<SessionHandle> {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<SessionHandle>().cloned())
        .ok_or_else(|| {
            tracing::error!("no session handle in the request's context");
            Error::Internal
        })
}

/// What operations need from outside.
pub fn deps() -> Result<Deps> {
    Ok(handle()?.0.deps.clone())
}

/// Whoever asks, signed in or not: for what can be done without a session.
pub fn visitor() -> Result<Visitor> {
    Ok(handle()?.visitor())
}

/// The name of this request in the log; empty where there is none.
pub fn request_id() -> String {
    let parts = use_context::<Parts>();
    let handle = parts.as_ref().and_then(|parts| parts.extensions.get::<SessionHandle>());
    handle
        .map(|handle| handle.0.request.request_id.clone())
        .unwrap_or_default()
}

/// The person who is signed in, if anybody is.
pub async fn maybe_user() -> Result<Option<UserActor>> {
    handle()?.maybe_user().await
}

/// The person who is signed in; 401 otherwise.
pub async fn user() -> Result<UserActor> {
    maybe_user().await?.ok_or(Error::Unauthenticated)
}

/// Somebody of the staff; 401 without a session, 404 for everybody else, 403 until a second factor is proven.
pub async fn staff() -> Result<StaffActor> {
    Ok(StaffActor::enter(&user().await?)?)
}

/// What the browser's visit has come to, when somebody of the staff has one.
pub async fn visit() -> Result<Option<VisitStanding>> {
    handle()?.visit().await
}

/// The visit that this browser is on, wherever it is, and where its organization is found; no place when that is gone.
pub fn live_visit() -> Option<(Arc<Visit>, Option<WayBack>)> {
    let parts = use_context::<Parts>()?;
    parts.extensions.get::<SessionHandle>()?.0.live.get().cloned()
}

/// Whether this browser may be on a visit, and it could not be asked on which.
pub fn visit_in_doubt() -> bool {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<SessionHandle>().cloned())
        .is_some_and(|handle| handle.0.in_doubt.get().is_some())
}

/// As whom somebody of the staff was in an organization in this request, as far as it has come.
pub fn visited() -> Option<OrgActor> {
    let parts = use_context::<Parts>()?;
    parts.extensions.get::<SessionHandle>()?.visited().cloned()
}

/// The member in the organization the URL names; 401 without a session, 404 for who does not belong to it.
pub async fn org(slug: &str) -> Result<OrgActor> {
    handle()?.org(slug).await
}

/// The same for the bills, which are also paid by who has not proven their address in time.
pub async fn org_for_billing(slug: &str) -> Result<OrgActor> {
    handle()?.org_for_billing(slug).await
}

/// The same, with everything the person belongs to, for the frame around the pages of the bills.
pub async fn org_for_billing_with_memberships(slug: &str) -> Result<(OrgActor, Vec<Membership>)> {
    handle()?.org_for_billing_with_memberships(slug).await
}

/// The same, with everything the person belongs to, for the frame around a page.
pub async fn org_with_memberships(slug: &str) -> Result<(OrgActor, Vec<Membership>)> {
    handle()?.org_with_memberships(slug).await
}

/// `__Host-` binds the cookie to this host and to https; it is left out only where `Secure` cannot be set.
pub const fn cookie_name(insecure: bool) -> &'static str {
    if insecure {
        "plinth_session"
    } else {
        "__Host-plinth_session"
    }
}

/// The cookie of a visit or a support session, beside that of the operator's own session. It is one for both: a browser is in one
/// organization at a time.
pub const fn visit_cookie_name(insecure: bool) -> &'static str {
    if insecure {
        "plinth_visit"
    } else {
        "__Host-plinth_visit"
    }
}

/// Lets the browser visit for so long. The cookie outlives the visit for a while, so that its end can be told.
pub(crate) fn set_visit(token: &Secret, length: chrono::TimeDelta) {
    let max_age = (length + domain::actor::VISIT_ABSOLUTE).to_std().unwrap_or_default();
    let name = visit_cookie_name(settings().insecure_cookies);
    append_cookie(&cookie(name, token.expose().to_owned(), max_age));
}

/// Lets the browser forget its visit.
pub(crate) fn clear_visit() {
    let name = visit_cookie_name(settings().insecure_cookies);
    append_cookie(&cookie(name, String::new(), std::time::Duration::ZERO));
}

pub const THEME_COOKIE: &str = "plinth_theme";

/// Signs the browser in.
pub fn set_session(session: &NewSession) {
    let secure = !settings().insecure_cookies;
    let max_age = std::time::Duration::from_secs(session.max_age.num_seconds().unsigned_abs());
    append_cookie(&cookie(
        cookie_name(!secure),
        session.token.expose().to_owned(),
        max_age,
    ));
}

/// The cookie of a sign-in whose first half is done.
const fn challenge_name(insecure: bool) -> &'static str {
    if insecure {
        "plinth_second_factor"
    } else {
        "__Host-plinth_second_factor"
    }
}

/// Lets the browser go on to the second half of a sign-in.
pub fn set_challenge(session: &NewSession) {
    let max_age = std::time::Duration::from_secs(session.max_age.num_seconds().unsigned_abs());
    let name = challenge_name(settings().insecure_cookies);
    append_cookie(&cookie(name, session.token.expose().to_owned(), max_age));
}

/// The token of a sign-in whose first half is done in this browser, if there is one.
pub fn challenge() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let jar = CookieJar::from_headers(&parts.headers);
    Some(jar.get(challenge_name(settings().insecure_cookies))?.value().to_owned())
}

/// Once it is done.
pub fn clear_challenge() {
    let name = challenge_name(settings().insecure_cookies);
    append_cookie(&cookie(name, String::new(), std::time::Duration::ZERO));
}

/// The cookie of what the browser was asked to sign with a passkey.
const fn passkey_name(insecure: bool) -> &'static str {
    if insecure {
        "plinth_passkey"
    } else {
        "__Host-plinth_passkey"
    }
}

/// Asks the browser for a passkey: what it signs is the answer of the function, what it answers with is a cookie.
pub(crate) fn ask_for_passkey(question: Question) -> String {
    let max_age = std::time::Duration::from_secs(question.max_age.num_seconds().unsigned_abs());
    let name = passkey_name(settings().insecure_cookies);
    append_cookie(&cookie(name, question.token.expose().to_owned(), max_age));
    question.options
}

/// The token of what the browser was asked to sign. Empty when it was asked nothing: that is nobody's.
pub(crate) fn passkey_token() -> String {
    let find = || {
        let parts = use_context::<Parts>()?;
        let jar = CookieJar::from_headers(&parts.headers);
        Some(jar.get(passkey_name(settings().insecure_cookies))?.value().to_owned())
    };
    find().unwrap_or_default()
}

/// Signs the browser out.
pub fn clear_session() {
    append_cookie(&cookie(
        cookie_name(settings().insecure_cookies),
        String::new(),
        std::time::Duration::ZERO,
    ));
}

pub(crate) fn cookie(name: &'static str, value: String, max_age: std::time::Duration) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(!settings().insecure_cookies)
        .same_site(SameSite::Lax)
        .max_age(max_age.try_into().unwrap_or_default())
        .build()
}

/// Adds a cookie to the response and leaves the others there.
pub(crate) fn append_cookie(cookie: &Cookie<'_>) {
    if let (Some(response), Ok(value)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(&cookie.encoded().to_string()),
    ) {
        response.append_header(SET_COOKIE, value);
    }
}

pub(crate) fn settings() -> Arc<Settings> {
    use_context().unwrap_or_else(|| {
        Arc::new(Settings {
            demo: false,
            demo_bills: false,
            dev_tools: false,
            sandbox: false,
            dev_reload: false,
            insecure_cookies: false,
            base_url: String::new(),
            payment_origins: Vec::new(),
            terms_url: None,
            privacy_url: None,
            trace_url: None,
        })
    })
}
