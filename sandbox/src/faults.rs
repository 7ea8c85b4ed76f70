//! What goes wrong on purpose.

use serde::{Deserialize, Serialize};

/// All off by default. A number of "next" things counts down as they happen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Faults {
    /// Before every answer of the API.
    pub latency_milliseconds: u64,
    /// The API answers with this status (500 to 599) and nothing is done.
    pub failing_status: Option<u16>,
    /// Only the next so many requests fail; all of them when absent.
    pub failing_requests: Option<u32>,
    /// The API answers 429 with an empty body and this `Retry-After`.
    pub retry_after_seconds: Option<u64>,
    /// Only the next so many requests are limited; all of them when absent.
    pub limited_requests: Option<u32>,
    /// The portal's pages answer 503, and no sessions are made.
    pub portal_is_down: bool,
    /// The next so many webhooks are sent twice.
    pub duplicate_webhooks: u32,
    /// The next so many webhooks are sent after the one that follows them.
    pub reorder_webhooks: u32,
    /// The next so many webhooks wait for `webhook_delay_milliseconds`.
    pub delay_webhooks: u32,
    pub webhook_delay_milliseconds: u64,
    /// The next so many webhooks are never sent.
    pub lose_webhooks: u32,
}

impl Faults {
    /// The status that the next request is refused with, and the `Retry-After` of a 429.
    pub fn refuse_request(&mut self) -> Option<(u16, Option<u64>)> {
        if let Some(seconds) = self.retry_after_seconds {
            if count_down(&mut self.limited_requests) {
                self.retry_after_seconds = None;
            }
            return Some((429, Some(seconds)));
        }
        let status = self.failing_status?;
        if count_down(&mut self.failing_requests) {
            self.failing_status = None;
        }
        Some((status, None))
    }
}

/// Whether that was the last.
fn count_down(left: &mut Option<u32>) -> bool {
    let Some(count) = left else { return false };
    *count = count.saturating_sub(1);
    let over = *count == 0;
    if over {
        *left = None;
    }
    over
}

/// Takes one of what is left.
pub fn take(left: &mut u32) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_faults_end() {
        let mut faults = Faults {
            failing_status: Some(503),
            failing_requests: Some(2),
            ..Faults::default()
        };
        assert_eq!(faults.refuse_request(), Some((503, None)));
        assert_eq!(faults.refuse_request(), Some((503, None)));
        assert_eq!(faults, Faults::default());
        assert_eq!(faults.refuse_request(), None);
    }

    #[test]
    fn a_limit_without_a_number_stays() {
        let mut faults = Faults {
            retry_after_seconds: Some(3),
            ..Faults::default()
        };
        assert_eq!(faults.refuse_request(), Some((429, Some(3))));
        assert_eq!(faults.refuse_request(), Some((429, Some(3))));
    }
}
