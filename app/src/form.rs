//! Forms that come back. A refused form is shown again with what was typed and what is wrong, without JavaScript.
//!
//! The server keeps both in a short-lived cookie (see `server/src/http/flash.rs`) and hands them over as [`Flash`].

use contract::{Error, FieldCode, FieldError};
use leptos::{prelude::use_context, server_fn::ServerFn};
use server_fn::error::ServerFnUrlError;

use crate::{
    messages,
    session::{append_cookie, cookie},
};

/// A form that was refused: which one, why, and what was typed. Secrets are left out.
#[derive(Debug, Clone, Default)]
pub struct Flash {
    /// The server function's path.
    pub path: String,
    /// Its error, as Leptos encodes it for a URL.
    pub err: String,
    pub values: Vec<(String, String)>,
}

/// The success that the page before this one had, by code. Shown once.
#[derive(Debug, Clone)]
pub struct Notice(pub String);

/// Provided where what a plan stands in the way of is said around the page, with the way on: forms leave it out.
#[derive(Debug, Clone, Copy)]
pub struct PlanIsToldAround;

/// Why the form that was sent last was refused, whichever form it was.
pub fn refusal_of_any() -> Option<Error> {
    let flash = use_context::<Flash>()?;
    (!flash.err.is_empty()).then(|| ServerFnUrlError::<Error>::decode_err(&flash.err))
}

/// What a form shows of its last try. Empty at first sight.
#[derive(Debug, Clone, Default)]
pub struct FormState {
    error: Option<Error>,
    values: Vec<(String, String)>,
}

impl FormState {
    /// The state of the form that posts to `F`.
    pub fn of<F: ServerFn<Error = Error>>() -> Self {
        Self::of_path(F::PATH)
    }

    /// The same of a form that is no server function's.
    pub fn of_path(path: &str) -> Self {
        let Some(flash) = use_context::<Flash>().filter(|flash| flash.path == path) else {
            return Self::default();
        };
        Self {
            error: Some(ServerFnUrlError::<Error>::decode_err(&flash.err)),
            values: flash.values,
        }
    }

    /// What a page shows whose own question was refused.
    pub fn refused(error: Error) -> Self {
        Self {
            error: Some(error),
            values: Vec::new(),
        }
    }

    /// The same, when several forms on a page post to `F`: only the one that sent this value.
    pub fn of_where<F: ServerFn<Error = Error>>(field: &str, value: &str) -> Self {
        let state = Self::of::<F>();
        if state.value(field).as_deref() == Some(value) {
            state
        } else {
            Self::default()
        }
    }

    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    pub fn failed(&self) -> bool {
        self.error.is_some()
    }

    /// What was typed, if the form came back.
    pub fn value(&self, field: &str) -> Option<String> {
        self.values
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, value)| value.clone())
    }

    /// Everything that was sent under a name, such as the boxes that were ticked.
    pub fn values(&self, field: &str) -> impl Iterator<Item = &str> {
        self.values
            .iter()
            .filter(move |(name, _)| name == field)
            .map(|(_, value)| value.as_str())
    }

    /// What was typed, or what the field starts with.
    pub fn value_or(&self, field: &str, start: &str) -> String {
        self.value(field).unwrap_or_else(|| start.to_owned())
    }

    /// Whether a checkbox was on, or what it starts with.
    pub fn checked_or(&self, field: &str, start: bool) -> bool {
        if self.failed() {
            self.value(field).is_some()
        } else {
            start
        }
    }

    /// What is wrong with a field, in words.
    pub fn field_error(&self, field: &str) -> Option<String> {
        match &self.error {
            Some(Error::Invalid(fields)) => fields
                .iter()
                .find(|error| error.field == field)
                .map(|error| messages::current().errors.field(error.code)),
            _ => None,
        }
    }

    /// The summary above the form: each field's error by the field's id, and what concerns the form as a whole.
    pub fn summary(&self) -> Vec<ui::FieldError> {
        let texts = &messages::current().errors;
        match &self.error {
            None => Vec::new(),
            Some(Error::Invalid(fields)) => fields
                .iter()
                .map(|FieldError { field, code }| {
                    // What concerns the form as a whole leads to no field.
                    let id = if field == "form" { String::new() } else { field.clone() };
                    ui::FieldError::new(id, texts.field(*code))
                })
                .collect(),
            Some(error) if error.is_about_the_plan() && use_context::<PlanIsToldAround>().is_some() => Vec::new(),
            Some(error) => vec![ui::FieldError::new("", texts.whole(error))],
        }
    }

    pub fn has(&self, code: FieldCode) -> bool {
        matches!(&self.error, Some(Error::Invalid(fields)) if fields.iter().any(|field| field.code == code))
    }
}

/// Tells the next page what has been done.
pub fn notice(code: &str) {
    append_cookie(&cookie(
        NOTICE_COOKIE,
        code.to_owned(),
        std::time::Duration::from_mins(1),
    ));
}

pub const NOTICE_COOKIE: &str = "plinth_notice";
