//! Reports to try things with.

use contract::{reports::ReportedPage, text::ReportNote};

use super::{screenshot::Screenshot, send::NewReport};

/// One that only says this, of a page that nobody knows.
#[expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up has failed"
)]
pub fn saying(note: &str) -> NewReport {
    NewReport {
        page: ReportedPage::default(),
        failed: false,
        request_id: None,
        facts: String::new(),
        client_error: String::new(),
        note: ReportNote::parse(note).unwrap(),
        screenshot: None,
        release: "0.1.0",
    }
}

/// The beginning of a PNG of this size, which is all that is looked into.
pub fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut content = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    content.extend(width.to_be_bytes());
    content.extend(height.to_be_bytes());
    content.extend(b"\x08\x02\0\0\0");
    content
}

/// The same, as a picture that was looked into.
#[expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up has failed"
)]
pub fn picture() -> Screenshot {
    Screenshot::read(png_of(640, 400)).unwrap()
}
