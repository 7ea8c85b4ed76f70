//! Members, guests, invitations, and whose it is.

use contract::iam::Permission as P;

use crate::functions::{
    Function,
    Guard::{Member, Own, Right},
    Source::{Batch, EmptyRole, Invitation, Offer, Org, Person, SuspendedPerson, Text},
    function,
};

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/org/people/invite_choices/invite_choices",
        Right(P::MembersInvite),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/people/invite_report/invite_report",
        Right(P::MembersInvite),
        &[("org", Org), ("batch", Batch)],
    ),
    function(
        "/api/app/org/people/invite_people/invite_people",
        Right(P::MembersInvite),
        &[
            ("org", Org),
            ("addresses", Text("planted@example.test")),
            ("role", EmptyRole),
        ],
    ),
    function(
        "/api/app/org/people/resend_invitation/resend_invitation",
        Right(P::MembersInvite),
        &[("org", Org), ("invitation", Invitation)],
    ),
    function(
        "/api/app/org/people/revoke_invitation/revoke_invitation",
        Right(P::MembersInvite),
        &[("org", Org), ("invitation", Invitation)],
    ),
    function(
        "/api/app/org/people/copy_invitation_link/copy_invitation_link",
        Right(P::MembersInvite),
        &[("org", Org), ("invitation", Invitation)],
    ),
    function(
        "/api/app/org/people/list_people/list_people",
        Right(P::MembersRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/people/get_person/get_person",
        Right(P::MembersRead),
        &[("org", Org), ("person", Person)],
    ),
    function(
        "/api/app/org/people/preview_role/preview_role",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", Person), ("role", EmptyRole)],
    ),
    function(
        "/api/app/org/people/preview_type/preview_type",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", Person), ("member_type", Text("guest"))],
    ),
    function(
        "/api/app/org/people/change_role/change_role",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", Person), ("role", EmptyRole)],
    ),
    function(
        "/api/app/org/people/change_type/change_type",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", Person), ("member_type", Text("guest"))],
    ),
    function(
        "/api/app/org/people/suspend_person/suspend_person",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", Person)],
    ),
    function(
        "/api/app/org/people/restore_person/restore_person",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", SuspendedPerson)],
    ),
    function(
        "/api/app/org/people/remove_person/remove_person",
        Right(P::MembersRemove),
        &[("org", Org), ("person", Person)],
    ),
    function(
        "/api/app/org/people/leave_organization/leave_organization",
        Own,
        &[("org", Org)],
    ),
    function(
        "/api/app/org/people/offer_ownership/offer_ownership",
        Right(P::TenantDelete),
        &[("org", Org), ("person", Person), ("confirm", Text("acme"))],
    ),
    function(
        "/api/app/org/people/ownership_offer/ownership_offer",
        Member,
        &[("org", Org)],
    ),
    function(
        "/api/app/org/people/accept_ownership/accept_ownership",
        Own,
        &[("org", Org), ("offer", Offer)],
    ),
    function(
        "/api/app/org/people/decline_ownership/decline_ownership",
        Own,
        &[("org", Org), ("offer", Offer)],
    ),
    function(
        "/api/app/org/people/withdraw_ownership/withdraw_ownership",
        Right(P::TenantDelete),
        &[("org", Org), ("offer", Offer)],
    ),
];
