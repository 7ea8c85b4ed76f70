//! What pages need to know of the configuration.

/// Provided by the server as `Arc<Settings>` in every request's context.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the configuration, independent of the others"
)]
pub struct Settings {
    /// Demo data is there, and the landing page offers to enter as one of its people.
    pub demo: bool,
    /// The demo has an organization for each way to stand with bills.
    pub demo_bills: bool,
    /// The developer's pages under `/dev` are there.
    pub dev_tools: bool,
    /// The offline sandbox takes the money: its page is among the developer's.
    pub sandbox: bool,
    /// Pages reload themselves when the server was rebuilt.
    pub dev_reload: bool,
    /// Cookies without `Secure`, for a browser that refuses them on `http://localhost`.
    pub insecure_cookies: bool,
    /// Where the product is reached, without a slash at the end.
    pub base_url: String,
    /// Where the pages are on which people pay, as sources of a content security policy: our forms lead there.
    pub payment_origins: Vec<String>,
    /// Where the operator's terms of service and privacy notice stand.
    pub terms_url: Option<String>,
    pub privacy_url: Option<String>,
    /// Where the trace of a request is found, with `{request}` where its id goes.
    pub trace_url: Option<String>,
}
