//! What people report as a problem, and how far the house has come with it.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ReportId, TenantId, UserId},
    notes::NoteRow,
    time::Moment,
};

/// How far the house has come with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Nobody is on it.
    Open,
    /// Somebody of the staff is.
    InProgress,
    /// What was wrong is no more.
    Resolved,
    /// Nothing is done about it.
    Dismissed,
}

impl ReportState {
    pub const ALL: &[Self] = &[Self::Open, Self::InProgress, Self::Resolved, Self::Dismissed];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in_progress",
            Self::Resolved => "resolved",
            Self::Dismissed => "dismissed",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.key() == key)
    }

    /// Whether nothing more is to be done.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Resolved | Self::Dismissed)
    }

    /// Whether it may be put into this state. What is closed is opened again first, so that somebody takes it on anew.
    pub const fn may_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::Open, Self::InProgress | Self::Resolved | Self::Dismissed)
            | (Self::InProgress, Self::Open | Self::Resolved | Self::Dismissed)
            | (Self::Resolved | Self::Dismissed, Self::Open) => true,
            (Self::Open, Self::Open)
            | (Self::InProgress, Self::InProgress)
            | (Self::Resolved | Self::Dismissed, Self::InProgress | Self::Resolved | Self::Dismissed) => false,
        }
    }
}

/// Which of them the inbox shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportFilter {
    /// All that are not closed.
    #[default]
    Waiting,
    Open,
    InProgress,
    Resolved,
    Dismissed,
    All,
}

impl ReportFilter {
    pub const ALL: &[Self] = &[
        Self::Waiting,
        Self::Open,
        Self::InProgress,
        Self::Resolved,
        Self::Dismissed,
        Self::All,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::All => "all",
            Self::Open => ReportState::Open.key(),
            Self::InProgress => ReportState::InProgress.key(),
            Self::Resolved => ReportState::Resolved.key(),
            Self::Dismissed => ReportState::Dismissed.key(),
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|filter| filter.key() == key)
    }
}

/// The path of a page of ours, as a report names it: without query and fragment, which may hold what lets somebody in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportedPage(String);

impl ReportedPage {
    pub const MAX: usize = 300;

    /// Nothing for what is no path on this host, or longer than any of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let local = path.starts_with('/') && !path.starts_with("//");
        let harmless = path.len() <= Self::MAX && path.chars().all(|c| !c.is_control() && c != '\\');
        (local && harmless).then(|| Self(path.to_owned()))
    }

    /// Empty when nobody knows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of the organization that it is a page of.
    pub fn slug(&self) -> Option<&str> {
        let slug = self.0.strip_prefix("/o/")?.split('/').next()?;
        (!slug.is_empty()).then_some(slug)
    }
}

/// The id of a request, as answers carry it; `None` for what is none.
pub fn request_id(text: &str) -> Option<&str> {
    let well_formed = (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    well_formed.then_some(text)
}

/// What the inbox shows, as it stands in the URL.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportQuery {
    /// A part of the note, the error or the page, the id of a request, or somebody's whole address.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub filter: ReportFilter,
    /// Only those that the reader is on.
    #[serde(default)]
    pub mine: bool,
    #[serde(default)]
    pub before: Option<ReportId>,
}

/// A report as the inbox lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    pub id: ReportId,
    pub state: ReportState,
    /// Empty when nothing was said.
    pub note: String,
    /// Empty when nobody knows it.
    pub page: String,
    /// The page could not be shown.
    pub failed: bool,
    pub has_screenshot: bool,
    /// Who reported it; `None` for who was not signed in.
    pub reporter: Option<String>,
    pub assignee: Option<String>,
    pub received: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportList {
    pub rows: Vec<ReportRow>,
    /// Where the next page begins, when there is one.
    pub older: Option<ReportId>,
}

/// Somebody or something that a report names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named<I> {
    pub id: I,
    pub name: String,
}

/// Everything about one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDetail {
    pub id: ReportId,
    pub state: ReportState,
    pub note: String,
    pub page: String,
    pub failed: bool,
    pub reporter: Option<Named<UserId>>,
    pub organization: Option<Named<TenantId>>,
    /// Somebody of the staff reported it while they were on a visit.
    pub in_visit: bool,
    /// How the browser calls itself.
    pub browser: String,
    /// What the browser's scripts know of it; empty without them.
    pub facts: String,
    pub client_error: String,
    pub release: String,
    /// Empty when nobody knows it.
    pub request_id: String,
    /// Where its trace is found, when the configuration says where traces are.
    pub trace: Option<String>,
    pub screenshot: Option<Picture>,
    pub assignee: Option<Named<UserId>>,
    pub received: Moment,
    pub closed: Option<Moment>,
    /// The newest first.
    pub notes: Vec<NoteRow>,
}

/// How large a screenshot is, in pixels and kilobytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub kilobytes: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closed_is_only_opened_again_and_nothing_becomes_what_it_is() {
        for from in ReportState::ALL {
            for to in ReportState::ALL {
                let allowed = match (from.is_closed(), from == to) {
                    (_, true) => false,
                    (true, false) => *to == ReportState::Open,
                    (false, false) => true,
                };
                assert_eq!(from.may_become(*to), allowed, "{from:?} to {to:?}");
            }
        }
    }

    #[test]
    fn keys_go_both_ways() {
        for state in ReportState::ALL {
            assert_eq!(ReportState::from_key(state.key()), Some(*state));
        }
        for filter in ReportFilter::ALL {
            assert_eq!(ReportFilter::from_key(filter.key()), Some(*filter));
        }
    }

    #[test]
    fn a_page_is_a_path_of_ours_and_keeps_no_secret() {
        for (told, kept) in [
            ("/o/acme/projects", Some("/o/acme/projects")),
            ("/reset-password?token=secret", Some("/reset-password")),
            ("/account/profile#name", Some("/account/profile")),
            ("https://evil.example/", None),
            ("//evil.example", None),
            ("/a\\b", None),
            ("/a\nb", None),
            ("", None),
        ] {
            let page = ReportedPage::parse(told);
            assert_eq!(page.as_ref().map(ReportedPage::as_str), kept, "{told:?}");
        }
        assert_eq!(ReportedPage::parse(&format!("/{}", "a".repeat(300))), None);
        let slug = |path: &str| ReportedPage::parse(path).unwrap().slug().map(str::to_owned);
        assert_eq!(slug("/o/acme/projects").as_deref(), Some("acme"));
        assert_eq!(slug("/o/acme").as_deref(), Some("acme"));
        assert_eq!(slug("/o/"), None);
        assert_eq!(slug("/account/profile"), None);
    }

    #[test]
    fn a_requests_id_is_one_word() {
        assert_eq!(request_id("0196a2-Ab_c.7"), Some("0196a2-Ab_c.7"));
        for id in ["", "a b", "a\"b", "<a>", &"a".repeat(65)] {
            assert_eq!(request_id(id), None, "{id:?}");
        }
    }
}
