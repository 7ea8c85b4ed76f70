//! Every route that is written by hand: by which method, at which path, and for whom.
//!
//! Pages and server functions are listed where they are, and the developer's pages are not there in production. All else is
//! served by [`Route::by`], so that there is no other place to make one; the tests ask each of these as everybody.

use axum::{
    Router,
    handler::Handler,
    routing::{MethodFilter, on},
};
use contract::{iam::Permission, staff::StaffRight};

use super::State;

/// For whom it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// Anybody, signed in or not.
    Anybody,
    /// The members of the organization in the path whose role has this right.
    Members(Permission),
    /// Staff whose role has this right. For everybody else there is no such place.
    Staff(StaffRight),
    /// A program that proves itself with a signature of what it sends.
    Signed,
}

#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// As it is written in a request.
    pub method: &'static str,
    pub path: &'static str,
    pub whom: Whom,
    filter: MethodFilter,
}

impl Route {
    /// A router with this route alone.
    pub(super) fn by<H: Handler<T, State>, T: 'static>(self, handler: H) -> Router<State> {
        Router::new().route(self.path, on(self.filter, handler))
    }
}

macro_rules! routes {
    ($($name:ident: $method:ident $path:expr, $whom:expr;)+) => {
        $(pub(super) const $name: Route = Route {
            method: stringify!($method),
            path: $path,
            whom: $whom,
            filter: MethodFilter::$method,
        };)+

        /// All of them.
        pub const ROUTES: &[Route] = &[$($name),+];
    };
}

routes! {
    ALIVE: GET "/healthz", Whom::Anybody;
    READY: GET "/readyz", Whom::Anybody;
    PUBLIC_CONFIG: GET "/api/v1/config/public", Whom::Anybody;
    PUBLIC_PLANS: GET "/api/v1/plans/public", Whom::Anybody;
    PLAN_LIMITS: GET "/api/v1/admin/plan-limits", Whom::Staff(StaffRight::BillingRead);
    SAVE_PLAN_LIMITS: PUT "/api/v1/admin/plan-limits", Whom::Staff(StaffRight::PlansManage);
    REPORT: POST app::report::SEND, Whom::Anybody;
    REPORT_PICTURE: GET "/platform/reports/{report}/screenshot", Whom::Staff(StaffRight::ReportsRead);
    AUDIT_EXPORT: GET "/o/{org}/settings/audit.csv", Whom::Members(Permission::AuditRead);
    POLAR: POST "/webhooks/polar", Whom::Signed;
}
