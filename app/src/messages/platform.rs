//! Where the platform's staff work: what is around its pages, and what stands on them.

use contract::staff::StaffRole;

#[derive(Debug)]
pub struct Platform {
    pub mark: &'static str,
    pub organizations: &'static str,
    pub money: &'static str,
    pub operation: &'static str,
    pub house: &'static str,
    pub staff: Staff,
}

#[derive(Debug)]
pub struct Staff {
    pub title: &'static str,
    pub description: &'static str,
    pub column_name: &'static str,
    pub column_role: &'static str,
    pub column_since: &'static str,
    pub column_seen: &'static str,
    pub not_signed_in: &'static str,
    pub role: fn(StaffRole) -> &'static str,
}

pub const ENGLISH: Platform = Platform {
    mark: "Staff",
    organizations: "Customers",
    money: "Money",
    operation: "Operation",
    house: "House",
    staff: Staff {
        title: "Staff",
        description: "Who works here, and what each may do.",
        column_name: "Name",
        column_role: "Role",
        column_since: "Since",
        column_seen: "Last seen",
        not_signed_in: "Not signed in",
        role: english_role,
    },
};

fn english_role(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Superadmin => "Superadmin",
        StaffRole::Support => "Support",
        StaffRole::Billing => "Billing",
        StaffRole::Auditor => "Auditor",
    }
}
