//! What the developer's pages know of the sandbox that runs beside them.

use std::time::Duration;

#[derive(Debug, Clone)]
pub struct SandboxPages {
    pub(super) url: String,
    #[cfg(feature = "sandbox")]
    pub(super) control: ::sandbox::Control,
}

impl SandboxPages {
    /// Its origin.
    pub fn origin(&self) -> &str {
        &self.url
    }

    /// The page on which its cards, faults and messages are.
    pub fn page(&self) -> String {
        format!("{}/sandbox", self.url)
    }

    /// For who arranges what has happened there: the demo, and tests.
    #[cfg(feature = "sandbox")]
    pub fn control(&self) -> &::sandbox::Control {
        &self.control
    }

    /// After the clock was moved: what fell due is done, and was told to us. Not told in time, it is told later.
    pub async fn catch_up(&self, patience: Duration) {
        #[cfg(feature = "sandbox")]
        {
            self.control.settle();
            if tokio::time::timeout(patience, self.control.wait_idle()).await.is_err() {
                tracing::warn!("the sandbox has messages left that were not taken in time");
            }
        }
        #[cfg(not(feature = "sandbox"))]
        let _ = patience;
    }
}
