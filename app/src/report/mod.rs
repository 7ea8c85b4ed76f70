//! Reporting a problem: the way there from every page, the page, and what its form sends.

pub(crate) mod link;
pub(crate) mod report_page;
pub mod send;

/// Where the form is sent. No server function: a picture comes with it.
pub const SEND: &str = "/report/send";

/// The page of the form.
pub const PAGE: &str = "/report";
