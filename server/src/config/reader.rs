//! Reads values and keeps what is wrong with them, to tell it all at once.

use std::{net::SocketAddr, str::FromStr, time::Duration};

use contract::email::EmailAddress;
use domain::staff::StaffDomains;

use super::table;

pub(super) struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    problems: Vec<String>,
}

impl<'a> Reader<'a> {
    pub fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            lookup,
            problems: Vec::new(),
        }
    }

    /// The value that is set, or its default; `None` when it is wrong.
    pub fn value<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self
            .text(name)
            .or_else(|| table::find(name).and_then(|setting| setting.default).map(str::to_owned))?;
        self.parse(name, &text, parse)
    }

    /// The value if it is set and right.
    pub fn optional<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.text(name)?;
        self.parse(name, &text, parse)
    }

    pub fn parsed<T: FromStr>(&mut self, name: &str, problem: &str) -> Option<T> {
        self.value(name, |text| text.parse().map_err(|_| problem.to_owned()))
    }

    pub fn switch(&mut self, name: &str) -> bool {
        self.value(name, switch).unwrap_or_default()
    }

    pub fn is_set(&self, name: &str) -> bool {
        self.text(name).is_some()
    }

    pub fn require(&mut self, holds: bool, name: &str, problem: &str) {
        if !holds {
            self.note(name, problem);
        }
    }

    pub fn finish<T>(self, config: Option<T>) -> anyhow::Result<T> {
        match config {
            Some(config) if self.problems.is_empty() => Ok(config),
            _ => anyhow::bail!("the configuration is not right:\n\n{}", self.problems.join("\n")),
        }
    }

    /// Set to nothing is not set.
    fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name).filter(|text| !text.trim().is_empty())
    }

    fn parse<T>(&mut self, name: &str, text: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        parse(text.trim()).map_err(|problem| self.note(name, &problem)).ok()
    }

    fn note(&mut self, name: &str, problem: &str) {
        let (purpose, example) = table::find(name).map_or(("", ""), |setting| (setting.purpose, setting.example));
        self.problems.push(format!(
            "  {name} {problem}\n    what for: {purpose}\n    example:  {name}={example}\n"
        ));
    }
}

pub(super) fn smtp_url(text: &str) -> Result<String, String> {
    match url::Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "smtp" | "smtps") => Ok(text.to_owned()),
        _ => Err("is not an smtp or smtps address".to_owned()),
    }
}

/// E-mail addresses, separated by commas.
pub(super) fn addresses(text: &str) -> Result<Vec<EmailAddress>, String> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| EmailAddress::parse(part).map_err(|_| format!("has `{part}`, which is not an address")))
        .collect()
}

/// Domains, separated by commas.
pub(super) fn staff_domains(text: &str) -> Result<StaffDomains, String> {
    StaffDomains::parse(text).map_err(|part| format!("has `{part}`, which is not a domain"))
}

pub(super) fn up_to_a_minute(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(seconds @ 0..=60) => Ok(Duration::from_secs(seconds)),
        _ => Err("is not a number from 0 to 60".to_owned()),
    }
}

pub(super) fn socket(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "is not an address and a port".to_owned())
}

pub(super) fn web_address(text: &str) -> Result<String, String> {
    match url::Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.host().is_some() => Ok(text.to_owned()),
        _ => Err("is not an http or https address".to_owned()),
    }
}

/// A web address with a place for a request's id behind its host.
pub(super) fn trace_address(text: &str) -> Result<String, String> {
    let text = web_address(text)?;
    let at = text.match_indices('/').nth(2).map_or("", |(slash, _)| &text[slash..]);
    if at.contains("{request}") {
        Ok(text)
    } else {
        Err("is an address without {request} in its path or query, where the id goes".to_owned())
    }
}

/// What paths are appended to: scheme, host and port, without a slash at the end.
pub(super) fn origin(text: &str) -> Result<String, String> {
    let text = web_address(text)?;
    let bare = text.trim_end_matches('/');
    match url::Url::parse(bare) {
        Ok(url)
            if url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none() =>
        {
            Ok(bare.to_owned())
        }
        _ => Err("is more than scheme, host and port: it has to be served from the root of a host".to_owned()),
    }
}

pub(super) fn at_least_one(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(0) => Err("is zero, so that nothing would ever be done".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("is not a number".to_owned()),
    }
}

pub(super) fn log_filter(text: &str) -> Result<String, String> {
    tracing_subscriber::EnvFilter::try_new(text)
        .map(|_| text.to_owned())
        .map_err(|error| format!("is not what tracing's EnvFilter reads ({error})"))
}

pub(super) fn switch(text: &str) -> Result<bool, String> {
    match text {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err("is neither true nor false".to_owned()),
    }
}

pub(super) fn mailbox(text: &str) -> Result<String, String> {
    text.parse::<lettre::message::Mailbox>()
        .map(|_| text.to_owned())
        .map_err(|error| error.to_string())
}

pub(super) fn postgres_url(text: &str) -> Result<String, String> {
    text.parse::<sqlx::postgres::PgConnectOptions>()
        .map_err(|_| "is not a postgres address".to_owned())
        .and_then(|_| match text.split_once("://") {
            Some(("postgres" | "postgresql", _)) => Ok(text.to_owned()),
            _ => Err("is not a postgres address".to_owned()),
        })
}
