//! The configuration: read from the environment, checked as a whole before anything starts.
//!
//! Every value is declared once, in [`table::SETTINGS`], with what it is for. All that is wrong is told in one message.

mod payments;
mod reader;
mod table;

use std::{fmt, net::SocketAddr, path::PathBuf, time::Duration};

use contract::email::EmailAddress;
use domain::staff::StaffDomains;

use self::reader::Reader;
pub use self::{
    payments::{PaymentSettings, PolarAccount, PolarServer},
    table::reference,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    Development,
    Production,
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseSetting {
    /// A private one in the data folder.
    Private,
    /// A server of the user's: through a pooler, and past it.
    Server { pooled: String, direct: String },
}

#[derive(Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own that is on or off"
)]
pub struct Config {
    pub environment: Environment,
    pub address: SocketAddr,
    /// Without a slash at the end.
    pub base_url: String,
    pub database: DatabaseSetting,
    pub database_connections: u32,
    pub secret: String,
    pub data_dir: PathBuf,
    pub site_dir: PathBuf,
    pub demo: bool,
    pub dev_reload: bool,
    pub insecure_cookies: bool,
    pub smtp_url: Option<String>,
    pub mail_from: String,
    pub payments: PaymentSettings,
    pub self_serve: bool,
    pub invite_code_required: bool,
    pub allowed_emails: Vec<EmailAddress>,
    pub staff_domains: StaffDomains,
    pub trusted_proxies: u8,
    /// How long requests are taken after the signal to stop.
    pub drain: Duration,
    /// Where it is told how this process is.
    pub metrics_address: Option<SocketAddr>,
    pub worker_concurrency: u32,
    pub log: String,
    pub terms_url: Option<String>,
    pub privacy_url: Option<String>,
    /// With `{request}` where the id goes.
    pub trace_url: Option<String>,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Addresses of databases and mail servers carry passwords.
        f.debug_struct("Config")
            .field("environment", &self.environment)
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// The secret of a laptop. Production refuses it.
const DEMO_SECRET: &str = "a-secret-for-development-that-everybody-knows";

/// How long requests are taken after the signal to stop where people are served.
const DRAIN: Duration = Duration::from_secs(5);

impl Config {
    pub fn from_environment() -> anyhow::Result<Self> {
        Self::read(&|name| std::env::var(name).ok())
    }

    /// From any source of values, for tests.
    pub fn read(lookup: &dyn Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let mut reader = Reader::new(lookup);
        let environment = reader.value("PLINTH_ENV", |text| match text {
            "development" => Ok(Environment::Development),
            "production" => Ok(Environment::Production),
            _ => Err("is neither development nor production".to_owned()),
        });
        let production = environment == Some(Environment::Production);
        let address: Option<SocketAddr> = reader.parsed("PLINTH_ADDRESS", "is not an address and a port");
        let base_url = reader.value("PLINTH_BASE_URL", reader::origin);
        let pooled = reader.optional("DATABASE_URL", reader::postgres_url);
        let direct = reader.optional("DATABASE_DIRECT_URL", reader::postgres_url);
        let database = match pooled {
            None => DatabaseSetting::Private,
            Some(pooled) => DatabaseSetting::Server {
                direct: direct.unwrap_or_else(|| pooled.clone()),
                pooled,
            },
        };
        let secret = reader.optional("PLINTH_SECRET", |text| {
            if text.len() >= 32 {
                Ok(text.to_owned())
            } else {
                Err("is shorter than 32 characters".to_owned())
            }
        });
        let demo = reader.optional("PLINTH_DEMO", reader::switch).unwrap_or(!production);
        let insecure_cookies = reader.switch("PLINTH_INSECURE_COOKIES");
        let smtp_url = reader.optional("SMTP_URL", reader::smtp_url);
        let allowed_emails = reader.value("PLINTH_ALLOWED_EMAILS", reader::addresses);
        let staff_domains = reader.optional("PLINTH_STAFF_DOMAINS", reader::staff_domains);
        if production {
            let secret = secret.as_deref();
            let base_url = base_url.as_deref();
            let private = database == DatabaseSetting::Private;
            require_for_production(
                &mut reader,
                demo,
                insecure_cookies,
                secret,
                base_url,
                private,
                smtp_url.is_some(),
            );
        }
        // Everything is read before anything is given up, so that one message tells all of it.
        let database_connections = reader.value("PLINTH_DATABASE_CONNECTIONS", reader::at_least_one);
        let data_dir = reader.parsed("PLINTH_DATA_DIR", "is not a folder");
        let site_dir = reader.parsed("PLINTH_SITE_DIR", "is not a folder");
        let dev_reload = reader.switch("PLINTH_DEV_RELOAD") && !production;
        let mail_from = reader.value("MAIL_FROM", reader::mailbox);
        let payments = payments::read(&mut reader, production);
        let self_serve = reader.value("PLINTH_SELF_SERVE", reader::switch);
        let invite_code_required = reader.switch("PLINTH_INVITE_CODE_REQUIRED");
        let trusted_proxies = reader.parsed("PLINTH_TRUSTED_PROXIES", "is not a number of hops");
        let worker_concurrency = reader.value("PLINTH_WORKER_CONCURRENCY", reader::at_least_one);
        let drain = reader.optional("PLINTH_DRAIN_SECONDS", reader::up_to_a_minute);
        let drain = drain.unwrap_or(if production { DRAIN } else { Duration::ZERO });
        let metrics_address = reader.optional("PLINTH_METRICS_ADDRESS", reader::socket);
        let log = reader.value("PLINTH_LOG", reader::log_filter);
        let terms_url = reader.optional("PLINTH_TERMS_URL", reader::web_address);
        let privacy_url = reader.optional("PLINTH_PRIVACY_URL", reader::web_address);
        let trace_url = reader.optional("PLINTH_TRACE_URL", reader::trace_address);
        let config = (|| {
            Some(Self {
                environment: environment?,
                address: address?,
                base_url: base_url?,
                database,
                database_connections: database_connections?,
                secret: secret.unwrap_or_else(|| DEMO_SECRET.to_owned()),
                data_dir: data_dir?,
                site_dir: site_dir?,
                demo,
                dev_reload,
                insecure_cookies,
                smtp_url,
                mail_from: mail_from?,
                payments: payments?,
                self_serve: self_serve?,
                invite_code_required,
                allowed_emails: allowed_emails?,
                staff_domains: staff_domains.unwrap_or_else(|| home(production)),
                trusted_proxies: trusted_proxies?,
                drain,
                metrics_address,
                worker_concurrency: worker_concurrency?,
                log: log?,
                terms_url,
                privacy_url,
                trace_url,
            })
        })();
        reader.finish(config)
    }

    /// Mailbox, clock and gallery.
    pub fn dev_tools(&self) -> bool {
        self.environment == Environment::Development
    }
}

/// Where staff come from as long as nobody has said it: on a laptop whence the demo's people come, and otherwise nowhere.
fn home(production: bool) -> StaffDomains {
    let laptop = (!production).then(|| StaffDomains::parse("demo.plinth.test").ok());
    laptop.flatten().unwrap_or_default()
}

/// What a laptop may do without and people may not.
#[expect(
    clippy::fn_params_excessive_bools,
    reason = "each is a setting of its own that is on or off"
)]
fn require_for_production(
    reader: &mut Reader<'_>,
    demo: bool,
    insecure_cookies: bool,
    secret: Option<&str>,
    base_url: Option<&str>,
    private_database: bool,
    smtp: bool,
) {
    let known = "must be off in production: the demo's people have a known password";
    reader.require(!demo, "PLINTH_DEMO", known);
    reader.require(
        !insecure_cookies,
        "PLINTH_INSECURE_COOKIES",
        "must be off in production",
    );
    let own_secret = secret.is_some_and(|secret| secret != DEMO_SECRET);
    reader.require(
        own_secret,
        "PLINTH_SECRET",
        "must be set in production, and be nobody else's",
    );
    let https = base_url.is_some_and(|url| url.starts_with("https://"));
    reader.require(https, "PLINTH_BASE_URL", "must be an https address in production");
    reader.require(!private_database, "DATABASE_URL", "must be set in production");
    reader.require(
        smtp,
        "SMTP_URL",
        "must be set in production: nobody reads a mailbox there",
    );
}

#[cfg(test)]
mod tests {
    use domain::testing::documented;

    use super::*;

    fn read(values: &[(&str, &str)]) -> anyhow::Result<Config> {
        Config::read(&|name| {
            values
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn nothing_is_needed_for_a_laptop() {
        let config = read(&[]).unwrap();
        assert_eq!(config.environment, Environment::Development);
        assert_eq!(config.database, DatabaseSetting::Private);
        assert!(config.demo && config.dev_tools());
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_with_an_example() {
        let message = read(&[
            ("PLINTH_ADDRESS", "everywhere"),
            ("DATABASE_URL", "mysql://x"),
            ("PLINTH_SECRET", "short"),
            ("PLINTH_ALLOWED_EMAILS", "a@b.example, nobody"),
            ("PLINTH_WORKER_CONCURRENCY", "many"),
        ])
        .unwrap_err()
        .to_string();
        for part in [
            "PLINTH_ADDRESS",
            "DATABASE_URL",
            "PLINTH_SECRET",
            "`nobody`",
            "PLINTH_WORKER_CONCURRENCY",
            "127.0.0.1:3000",
        ] {
            assert!(message.contains(part), "{part} in {message}");
        }
    }

    #[test]
    fn what_would_only_fail_later_is_told_at_the_start_with_an_example() {
        for (name, value, example) in [
            ("PLINTH_DATABASE_CONNECTIONS", "0", "32"),
            ("PLINTH_WORKER_CONCURRENCY", "0", "8"),
            ("PLINTH_BASE_URL", "https://app.example/plinth", "https://app.example"),
            (
                "PLINTH_BASE_URL",
                "https://app.example/?from=mail",
                "https://app.example",
            ),
            ("PLINTH_BASE_URL", "https://app.example#top", "https://app.example"),
            ("PLINTH_BASE_URL", "https://ann@app.example", "https://app.example"),
            ("PLINTH_LOG", "info,sqlx=loud", "debug"),
            (
                "PLINTH_TRACE_URL",
                "https://traces.example/",
                "https://traces.example/search?id={request}",
            ),
            (
                "PLINTH_TRACE_URL",
                "javascript:{request}",
                "https://traces.example/search?id={request}",
            ),
        ] {
            let message = read(&[(name, value)]).unwrap_err().to_string();
            assert!(message.contains(&format!("  {name} is ")), "{value}: {message}");
            assert!(message.contains(&format!("{name}={example}\n")), "{value}: {message}");
        }
        let config = read(&[
            ("PLINTH_DATABASE_CONNECTIONS", "1"),
            ("PLINTH_WORKER_CONCURRENCY", "1"),
            ("PLINTH_BASE_URL", "http://127.0.0.1:3000/"),
            ("PLINTH_LOG", "warn,server=debug"),
        ])
        .unwrap();
        assert_eq!(config.base_url, "http://127.0.0.1:3000");
    }

    #[test]
    fn production_refuses_what_a_laptop_may_have() {
        let message = read(&[
            ("PLINTH_ENV", "production"),
            ("PLINTH_DEMO", "true"),
            ("PLINTH_INSECURE_COOKIES", "true"),
        ])
        .unwrap_err()
        .to_string();
        for name in [
            "PLINTH_DEMO",
            "PLINTH_INSECURE_COOKIES",
            "PLINTH_SECRET",
            "PLINTH_BASE_URL",
            "DATABASE_URL",
            "SMTP_URL",
        ] {
            assert!(message.contains(name), "{name} in {message}");
        }
        let good = [
            ("PLINTH_ENV", "production"),
            ("PLINTH_SECRET", "0123456789abcdef0123456789abcdef"),
            ("PLINTH_BASE_URL", "https://app.example/"),
            ("DATABASE_URL", "postgres://plinth@db.example/plinth"),
            ("SMTP_URL", "smtps://user:pass@mail.example"),
        ];
        let config = read(&good).unwrap();
        assert!(!config.demo && !config.dev_tools());
        assert_eq!(config.base_url, "https://app.example");
    }

    #[test]
    fn the_documentation_is_this_table() {
        documented("configuration.md", &reference(), "-p server config");
    }
}
