//! Every setting there is.

use std::fmt::Write;

pub(super) struct Setting {
    pub name: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// What holds when it is not set; `None` when nothing does.
    pub default: Option<&'static str>,
    pub example: &'static str,
}

const fn setting(
    name: &'static str,
    purpose: &'static str,
    default: Option<&'static str>,
    example: &'static str,
) -> Setting {
    Setting {
        name,
        purpose,
        default,
        example,
    }
}

pub(super) const SETTINGS: &[Setting] = &[
    setting(
        "PLINTH_ENV",
        "Whether this is a developer's machine or serves people",
        Some("development"),
        "production",
    ),
    setting(
        "PLINTH_ADDRESS",
        "Where the server listens",
        Some("127.0.0.1:3000"),
        "127.0.0.1:3000",
    ),
    setting(
        "PLINTH_BASE_URL",
        "Where people reach it; links in mails begin with it",
        Some("http://localhost:3000"),
        "https://app.example",
    ),
    setting(
        "DATABASE_URL",
        "The database, as the owner of its tables. It may lead through a transaction pooler that knows named prepared statements \
         (PgBouncer 1.21 or newer with `max_prepared_statements` above 0). The roles it makes belong to the whole Postgres server and \
         have one password each: installations that share a server, such as staging and production, need the same \
         PLINTH_SECRET, or better a server each. Without it a private one is started",
        None,
        "postgres://plinth:secret@db.example/plinth",
    ),
    setting(
        "DATABASE_DIRECT_URL",
        "The same database past the pooler, for migrations and for the worker, which listens; needed behind a pooler. Without it \
         `DATABASE_URL`",
        None,
        "postgres://plinth:secret@db.example:5433/plinth",
    ),
    setting(
        "PLINTH_DATABASE_CONNECTIONS",
        "How many connections requests may hold. About four for each core of the database answer soonest",
        Some("8"),
        "32",
    ),
    setting(
        "PLINTH_SECRET",
        "At least 32 characters that only this installation knows; the passwords of the database roles and the keys that second factors are sealed with are derived from it",
        None,
        "the output of `openssl rand -hex 32`",
    ),
    setting(
        "PLINTH_DATA_DIR",
        "Where the private database and the developer's mailbox are kept",
        Some(".plinth"),
        "/var/lib/plinth",
    ),
    setting(
        "PLINTH_SITE_DIR",
        "The built files that browsers load",
        Some("target/site"),
        "/srv/plinth/site",
    ),
    setting(
        "PLINTH_DEMO",
        "Whether the demo's people and organizations are there (on in development, refused in production)",
        None,
        "false",
    ),
    setting(
        "PLINTH_DEV_RELOAD",
        "Whether open pages reload after a rebuild; set by `make dev`",
        Some("false"),
        "true",
    ),
    setting(
        "PLINTH_INSECURE_COOKIES",
        "Cookies without Secure, for browsers that refuse them on http://localhost (refused in production)",
        Some("false"),
        "true",
    ),
    setting(
        "SMTP_URL",
        "The server that sends mail. Without it mail goes to the mailbox at /dev/mailbox",
        None,
        "smtps://user:secret@smtp.example:465",
    ),
    setting(
        "MAIL_FROM",
        "Whom mail comes from",
        Some("Plinth <no-reply@plinth.test>"),
        "Plinth <no-reply@app.example>",
    ),
    setting(
        "POLAR_ACCESS_TOKEN",
        "An organization access token of Polar, which takes the money. Without it nothing can be bought in production, and on a \
         developer's machine an offline sandbox stands in for Polar",
        None,
        "polar_oat_…",
    ),
    setting(
        "POLAR_WEBHOOK_SECRET",
        "The secret of the webhook endpoint `/webhooks/polar` at Polar; needed beside the token. While one replaces another, both, \
         separated by a comma",
        None,
        "whsec_…",
    ),
    setting(
        "POLAR_SERVER",
        "Which Polar: `production`, its `sandbox` for trying things out, or the address of another that speaks as Polar does",
        Some("production"),
        "sandbox",
    ),
    setting(
        "PLINTH_GRACE_DAYS",
        "For how many days everything goes on working after a renewal could not be charged, and after a plan became too small: \
         3 to 7",
        Some("7"),
        "5",
    ),
    setting(
        "PLINTH_SANDBOX_ADDRESS",
        "Where the offline sandbox listens that stands in for Polar on a developer's machine. Port 0 is any that is free",
        Some("127.0.0.1:3003"),
        "127.0.0.1:0",
    ),
    setting(
        "PLINTH_SELF_SERVE",
        "Whether anybody may make an account",
        Some("true"),
        "false",
    ),
    setting(
        "PLINTH_INVITE_CODE_REQUIRED",
        "Whether an invitation is needed to make an account",
        Some("false"),
        "true",
    ),
    setting(
        "PLINTH_ALLOWED_EMAILS",
        "Addresses that may make an account even so, separated by commas",
        Some(""),
        "tester@app.example",
    ),
    setting(
        "PLINTH_STAFF_DOMAINS",
        "The domains of whose addresses superadmins may invite somebody to the staff, separated by commas. Without any nobody can be \
         invited, but for the demo's `demo.plinth.test` on a developer's machine",
        None,
        "company.example",
    ),
    setting(
        "PLINTH_TERMS_URL",
        "Your terms of service; who signs up agrees to them and finds them linked",
        None,
        "https://www.example/terms",
    ),
    setting(
        "PLINTH_PRIVACY_URL",
        "Your privacy notice; who signs up has read it and finds it linked",
        None,
        "https://www.example/privacy",
    ),
    setting(
        "PLINTH_TRACE_URL",
        "Where your traces or logs of one request are found, with `{request}` where its id goes: reports of problems link there. \
         Without it they show the id alone",
        None,
        "https://traces.example/search?id={request}",
    ),
    setting(
        "PLINTH_TRUSTED_PROXIES",
        "How many proxies of your own stand in front; each adds one address to X-Forwarded-For",
        Some("0"),
        "1",
    ),
    setting(
        "PLINTH_DRAIN_SECONDS",
        "For how long, after the signal to stop, requests are still taken while `/readyz` says no: as long as your load balancer \
         needs to notice (5 in production, none in development), at most 60",
        None,
        "10",
    ),
    setting(
        "PLINTH_METRICS_ADDRESS",
        "Where this process tells Prometheus how it is, at `/metrics`. Not where people are served: what stands there is not for \
         everybody. Without it nothing is measured",
        None,
        "127.0.0.1:9464",
    ),
    setting(
        "PLINTH_WORKER_CONCURRENCY",
        "How many jobs are done at once",
        Some("4"),
        "8",
    ),
    setting(
        "PLINTH_LOG",
        "What is logged, in the words of tracing's EnvFilter",
        Some("info,sqlx=warn,graphile_worker=warn"),
        "debug",
    ),
];

pub(super) fn find(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

/// The table as a page of the documentation.
pub fn reference() -> String {
    let mut page = String::from(
        "# Configuration\n\n\
         Values come from the environment, or from a file `.env` in the folder the program is started in. Nothing is needed\n\
         to run it on a laptop. `plinth doctor` checks what is set; a start with wrong values lists all of them.\n\n\
         | name | what it is for | default | example |\n| --- | --- | --- | --- |\n",
    );
    for Setting {
        name,
        purpose,
        default,
        example,
    } in SETTINGS
    {
        let default = default
            .filter(|default| !default.is_empty())
            .map_or_else(String::new, |text| format!("`{text}`"));
        let example = if example.contains('`') {
            (*example).to_owned()
        } else {
            format!("`{example}`")
        };
        let _ = writeln!(page, "| `{name}` | {purpose} | {default} | {example} |");
    }
    page
}
