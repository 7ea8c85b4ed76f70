//! A request, and somebody who has not signed in.

use crate::audit::{Action, Entry, Origin};

/// What is known of a request, for the audit log and the list of devices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestInfo {
    /// The client's address as the outermost trusted hop saw it.
    pub address: String,
    pub user_agent: String,
    pub request_id: String,
}

/// Somebody who has not signed in: may sign up, sign in, and follow a mailed link.
#[derive(Debug, Clone)]
pub struct Visitor {
    request: RequestInfo,
}

impl Visitor {
    pub fn new(request: RequestInfo) -> Self {
        Self { request }
    }

    pub fn request(&self) -> &RequestInfo {
        &self.request
    }

    pub fn audit(&self, action: Action) -> Entry<'_> {
        Entry::new(action, Origin::Anonymous, &self.request)
    }
}
