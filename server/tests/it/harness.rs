//! A product of one's own to ask, and browsers that remember their cookies.

use std::{collections::BTreeMap, fs, net::SocketAddr, sync::Arc};

use app::{Settings, assets::Assets};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use domain::{
    Deps,
    actor::{OrgActor, UserActor},
    billing::provider::PaymentProvider,
    identity::sign_up::sign_up,
    jobs::{JobContext, Worker, WorkerSettings},
    testing::{TestClock, TestDatabase, clock_and_deps, new_person, organization, request, visitor},
};
use server::{
    http::{Faults, State},
    mail::mailbox::Mailbox,
};
use sqlx::AssertSqlSafe;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use url::form_urlencoded;

pub const BASE_URL: &str = "https://plinth.test";
/// Where one pays.
pub const PAY_PAGES: &str = "https://pay.plinth.test";
pub const TERMS_URL: &str = "https://www.plinth.test/terms";

/// What a page's stylesheet is called after a build.
pub const STYLE: &str = "/pkg/main.0123456789ab.css";

pub struct Product {
    pub database: TestDatabase,
    pub clock: Arc<TestClock>,
    pub deps: Deps,
    /// Where mail stays, for developers.
    pub mailbox: Option<Arc<Mailbox>>,
    state: State,
    router: Router,
    _site: TempDir,
}

/// What differs from production.
#[derive(Default)]
pub struct Setup {
    pub dev_tools: bool,
    pub demo: bool,
    pub trusted_proxies: u8,
    pub registration: domain::RegistrationGates,
    /// Whom passkeys are made for, when it is not [`BASE_URL`].
    pub passkeys: Option<domain::RelyingParty>,
    pub sandbox: Option<server::payments::SandboxPages>,
    /// Who takes the money; nobody without.
    pub payments: Option<Arc<dyn PaymentProvider>>,
    /// One that moves the product, in the place of the tests' own.
    pub clock: Option<Arc<server::clock::MovableClock>>,
}

impl Product {
    pub async fn new() -> Self {
        Self::with(Setup::default()).await
    }

    pub async fn with(setup: Setup) -> Self {
        let database = TestDatabase::new().await;
        let (clock, mut deps) = clock_and_deps(&database);
        deps.registration = Arc::new(setup.registration);
        if let Some(payments) = setup.payments {
            deps.payments = payments;
        }
        if let Some(passkeys) = setup.passkeys {
            deps.passkeys = passkeys;
        }
        if let Some(clock) = &setup.clock {
            deps.clock = clock.clone();
        }
        let site = site();
        let manifest = format!(r#"{{"main.css":"{STYLE}"}}"#);
        let folder = setup.dev_tools.then(|| site.path().to_owned());
        let mailbox = folder
            .as_ref()
            .map(|folder| Arc::new(Mailbox::open(folder, deps.clock.clone(), deps.random.clone()).unwrap()));
        let state = State {
            deps: deps.clone(),
            platform: database.platform(),
            settings: Arc::new(Settings {
                demo: setup.demo,
                demo_bills: setup.demo && setup.sandbox.is_some(),
                dev_tools: setup.dev_tools,
                sandbox: setup.sandbox.is_some(),
                dev_reload: false,
                insecure_cookies: false,
                base_url: BASE_URL.to_owned(),
                payment_origins: vec![PAY_PAGES.to_owned()],
                terms_url: Some(TERMS_URL.to_owned()),
                privacy_url: None,
                trace_url: Some("https://traces.test/search?id={request}".to_owned()),
            }),
            assets: Arc::new(Assets::from_manifest(&manifest).unwrap()),
            site_dir: site.path().to_owned(),
            mailbox: mailbox.clone(),
            clock: setup
                .clock
                .or_else(|| folder.map(|folder| Arc::new(server::clock::MovableClock::open(&folder)))),
            sandbox: setup.sandbox,
            trusted_proxies: setup.trusted_proxies,
            patience: server::http::TIMEOUT,
            stopping: CancellationToken::new(),
            faults: Faults::start(deps.clone()).0,
        };
        let router = server::http::router(state.clone());
        Self {
            database,
            clock,
            deps,
            mailbox,
            state,
            router,
            _site: site,
        }
    }

    /// Answers there as well, for what does not come from a browser.
    pub fn listen(&self, listener: tokio::net::TcpListener) {
        let service = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    }

    /// Has everything done that can be done now.
    pub async fn do_jobs(&self) {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::open(folder.path(), self.deps.clock.clone(), self.deps.random.clone());
        let context = JobContext {
            platform: self.database.platform(),
            deps: self.deps.clone(),
            mailer: Arc::new(mailbox.unwrap()),
            base_url: BASE_URL.into(),
        };
        let worker = Worker::start(context, WorkerSettings::default()).await.unwrap();
        let waiting = "graphile_worker._private_jobs where locked_at is not null or (attempts < max_attempts and run_at <= now())";
        while self.database.count(waiting).await > 0 {}
        worker.shutdown().await;
    }

    /// The signal to stop comes.
    pub fn stop(&self) {
        self.state.stopping.cancel();
    }

    /// A browser that another node over the same database answers. Nobody has signed in with it.
    pub fn at_another_node(&self) -> Browser {
        self.at_a_node(|_| {})
    }

    /// The same, where something about that node is different.
    pub fn at_a_node(&self, change: impl FnOnce(&mut State)) -> Browser {
        let mut state = self.state.clone();
        state.deps.board = domain::board::Board::default();
        change(&mut state);
        Browser {
            router: server::http::router(state),
            ..self.browser()
        }
    }

    /// What another program sends, and the status it is answered with.
    pub async fn deliver(&self, path: &str, headers: HeaderMap, body: String) -> u16 {
        let mut request = Request::post(path).body(Body::from(body)).unwrap();
        *request.headers_mut() = headers;
        let answer = self.router.clone().oneshot(request).await.unwrap();
        answer.status().as_u16()
    }

    /// A browser nobody has signed in with.
    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
            address: "192.0.2.1".to_owned(),
        }
    }

    /// Somebody who has signed up, and their browser.
    pub async fn person(&self, name: &str) -> (UserActor, Browser) {
        let session = sign_up(&visitor(), &self.deps, new_person(name)).await.unwrap();
        let token = session.token.expose();
        let user = UserActor::authenticate(&self.deps, token, request())
            .await
            .unwrap()
            .unwrap();
        let mut browser = self.browser();
        browser.cookies.insert(SESSION.to_owned(), token.to_owned());
        (user, browser)
    }

    /// The owner of a new organization, and their browser.
    pub async fn owner(&self, name: &str, slug: &str) -> (OrgActor, Browser) {
        let (user, browser) = self.person(name).await;
        (organization(&self.deps, &user, slug).await, browser)
    }

    /// Everything that is stored, as one text a table: each of the product's, and the queue. What is not looked at is named in
    /// [`NOT_LOOKED_AT`]; a table that is added later is looked at by itself.
    pub async fn snapshot(&self) -> BTreeMap<String, String> {
        let tables: Vec<String> = sqlx::query_scalar(
            "select oid::regclass::text from pg_class where relkind in ('r', 'p') and not relispartition \
             and relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)",
        )
        .fetch_all(self.database.owner())
        .await
        .unwrap();
        for (table, _) in NOT_LOOKED_AT {
            assert!(tables.iter().any(|there| there == table), "{table} is no table");
        }
        let looked_at = tables
            .iter()
            .filter(|table| NOT_LOOKED_AT.iter().all(|(not, _)| not != table));
        let texts: Vec<_> = looked_at
            .map(|table| {
                format!("select '{table}', coalesce(string_agg(t::text, e'\n' order by t::text), '') from {table} t")
            })
            .collect();
        // All at one moment.
        let snapshot: Vec<(String, String)> = sqlx::query_as(AssertSqlSafe(texts.join(" union all ")))
            .fetch_all(self.database.owner())
            .await
            .unwrap();
        snapshot.into_iter().collect()
    }
}

/// What [`Product::snapshot`] leaves out, and why.
const NOT_LOOKED_AT: [(&str, &str); 1] = [(
    "rate_limits",
    "who is refused has tried all the same, and that is counted",
)];

/// As the build leaves it.
fn site() -> TempDir {
    let site = tempfile::tempdir().unwrap();
    fs::create_dir(site.path().join("pkg")).unwrap();
    fs::write(site.path().join(&STYLE[1..]), "body{}").unwrap();
    fs::write(site.path().join(format!("{}.br", &STYLE[1..])), "brotli").unwrap();
    fs::write(site.path().join("pkg/plain.js"), "1").unwrap();
    fs::write(site.path().join("robots.txt"), "User-agent: *").unwrap();
    fs::write(site.path().join("manifest.json"), "{}").unwrap();
    site
}

pub const SESSION: &str = "__Host-plinth_session";

#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    pub address: String,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    /// Goes to a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(self.request(&Method::GET, path, "text/html"), Body::empty())
            .await
    }

    /// Asks as a script does.
    pub async fn get_json(&mut self, path: &str) -> Answer {
        self.send(self.request(&Method::GET, path, "application/json"), Body::empty())
            .await
    }

    /// Sends a form from a page of ours, without JavaScript.
    pub async fn post_form(&mut self, from: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(&Method::POST, to, "text/html,application/xhtml+xml")
            .header(header::REFERER, format!("{BASE_URL}{from}"));
        self.send(request, form(fields)).await
    }

    /// Sends the same form as a script does, to be told by status and JSON.
    pub async fn post(&mut self, to: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request(&Method::POST, to, "application/json");
        self.send(request, form(fields)).await
    }

    /// Goes on where an answer leads.
    pub async fn follow(&mut self, answer: &Answer) -> Answer {
        let location = answer.location().unwrap_or_else(|| panic!("leads nowhere: {answer:?}"));
        let path = location.strip_prefix(BASE_URL).unwrap_or(location).to_owned();
        self.get(&path).await
    }

    pub fn request(&self, method: &Method, path: &str, accept: &str) -> axum::http::request::Builder {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header(header::HOST, "plinth.test")
            .header(header::ACCEPT, accept)
            .header(header::USER_AGENT, "a browser")
            .header("sec-fetch-site", "same-origin");
        if method == Method::POST {
            request = request
                .header(header::ORIGIN, BASE_URL)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<_> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        request
    }

    pub async fn send(&mut self, request: axum::http::request::Builder, body: impl Into<Body>) -> Answer {
        let address = SocketAddr::new(self.address.parse().unwrap(), 50_000);
        let mut request = request.extension(ConnectInfo(address)).body(body.into()).unwrap();
        let length = axum::body::HttpBody::size_hint(request.body())
            .exact()
            .unwrap_or_default();
        request.headers_mut().insert(header::CONTENT_LENGTH, length.into());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 10_000_000).await.unwrap();
        self.keep(&parts.headers);
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.to_ascii_lowercase().contains("max-age=0;") || cookie.to_ascii_lowercase().ends_with("max-age=0")
            {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn location(&self) -> Option<&str> {
        self.header("location")
    }

    /// The cookie as it was set, with its flags.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let set = self
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|cookie| cookie.to_str().unwrap());
        set.into_iter().find(|cookie| cookie.starts_with(&format!("{name}=")))
    }

    /// Something went wrong; that there is nobody to pay, where no provider is set up, is none of it.
    pub fn is_fault(&self) -> bool {
        self.status.is_server_error() && self.error() != contract::Error::PaymentProviderUnavailable
    }

    pub fn error(&self) -> contract::Error {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not an error: {self:?}"))
    }
}

pub fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}
