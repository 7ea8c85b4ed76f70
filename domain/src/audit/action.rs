//! Everything that is recorded.

macro_rules! actions {
    ($($name:ident = $key:literal in $chain:ident: $meaning:literal),+ $(,)?) => {
        /// What happened. The key is `subject.what_happened`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Action { $(#[doc = $meaning] $name),+ }

        impl Action {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$name),)+ _ => None }
            }

            /// In words, for the catalogue in the documentation.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning),+ }
            }

            pub const fn chain(self) -> Chain {
                match self { $(Self::$name => Chain::$chain),+ }
            }
        }
    };
}

/// In whose chain an action is recorded, and so who reads of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// In that of whoever did it, with their own account.
    Person,
    /// The same of somebody of the staff, or of the house itself.
    House,
    /// In the organization's, where its people read it.
    Organization,
    /// In the organization's, and in that of somebody of the staff; or in one of them, as what it is about belongs to one.
    Both,
}

impl Chain {
    /// Whether there can be such an entry in the chain of an organization.
    pub const fn is_in_organizations(self) -> bool {
        matches!(self, Self::Organization | Self::Both)
    }

    /// Whether there can be one in no organization's.
    pub const fn is_in_none(self) -> bool {
        matches!(self, Self::Person | Self::House | Self::Both)
    }

    /// In words, for the catalogue in the documentation.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Person => "the person",
            Self::House => "the house",
            Self::Organization => "the organization",
            Self::Both => "the organization and the house",
        }
    }
}

impl Action {
    /// What it happened to: the first half of the key.
    pub fn subject(self) -> &'static str {
        self.key().split_once('.').map_or("", |(subject, _)| subject)
    }
}

actions! {
    UserSignedUp = "user.signed_up" in Person: "Somebody made an account.",
    UserSignedIn = "user.signed_in" in Person: "Somebody signed in.",
    UserSignInFailed = "user.sign_in_failed" in Person: "A sign-in was refused: wrong password or unknown address.",
    UserSignedOut = "user.signed_out" in Person: "Somebody signed out.",
    UserEmailVerified = "user.email_verified" in Person: "An address was proven.",
    UserPasswordChanged = "user.password_changed" in Person: "Somebody who knew the old password chose a new one.",
    UserPasswordReset = "user.password_reset" in Person: "A password was replaced by a mailed link.",
    UserSecondFactorAdded = "user.second_factor_added" in Person: "Somebody set a second factor up, or replaced it.",
    UserSecondFactorRemoved = "user.second_factor_removed" in Person: "Somebody removed their second factor.",
    UserSecondFactorProven = "user.second_factor_proven" in Person: "Somebody who was signed in proved their second factor once more.",
    UserSecondFactorFailed = "user.second_factor_failed" in Person: "A code of the second factor was wrong, or a passkey proved nothing.",
    UserPasskeyAdded = "user.passkey_added" in Person: "Somebody added a passkey.",
    UserPasskeyRenamed = "user.passkey_renamed" in Person: "Somebody gave a passkey another name.",
    UserPasskeyRemoved = "user.passkey_removed" in Person: "Somebody removed a passkey.",
    UserPasskeyCopied = "user.passkey_copied" in Person: "A passkey was refused because its counter went back: there may be a copy of it.",
    UserTokenReused = "user.token_reused" in Person: "A mailed link, code or ticket that had been used was brought again: somebody else may have it.",
    UserRecoveryCodesRenewed = "user.recovery_codes_renewed" in Person: "Somebody made new recovery codes.",
    UserProfileUpdated = "user.profile_updated" in Person: "Somebody changed their profile.",
    UserDeactivated = "user.deactivated" in Person: "Somebody paused their account.",
    UserReactivated = "user.reactivated" in Person: "Somebody took their paused account up again.",
    UserDeleted = "user.deleted" in Person: "Somebody deleted their account.",
    SessionMoved = "session.moved" in Person: "A session was used from two places within minutes, by another browser or back and forth.",
    SessionRevoked = "session.revoked" in Person: "A device was signed out from another one.",
    TenantCreated = "tenant.created" in Organization: "The organization was created.",
    TenantUpdated = "tenant.updated" in Organization: "Name or address of the organization changed.",
    TenantSecondFactorRequired = "tenant.second_factor_required" in Organization: "The organization lets in only who has proven a second factor.",
    TenantSecondFactorOptional = "tenant.second_factor_optional" in Organization: "The organization lets in people without a second factor again.",
    TenantDeactivated = "tenant.deactivated" in Organization: "The organization was paused.",
    TenantReactivated = "tenant.reactivated" in Organization: "The organization was taken up again.",
    TenantDeletionScheduled = "tenant.deletion_scheduled" in Organization: "The organization was deleted; it can be restored for 30 days.",
    TenantRestored = "tenant.restored" in Organization: "The organization was restored before its end.",
    TenantSuspended = "tenant.suspended" in Organization: "The operator closed the organization: it can be read and not changed.",
    TenantReinstated = "tenant.reinstated" in Organization: "The operator opened the organization again.",
    TenantPurged = "tenant.purged" in Organization: "The time of a deleted organization ran out, and everything of it is gone.",
    TenantOwnershipOffered = "tenant.ownership_offered" in Organization: "An owner offered the organization to a member.",
    TenantOwnershipWithdrawn = "tenant.ownership_withdrawn" in Organization: "The offer was taken back or declined.",
    TenantOwnershipTransferred = "tenant.ownership_transferred" in Organization: "The member accepted and is owner now.",
    InvitationSent = "invitation.sent" in Organization: "Somebody was invited.",
    InvitationResent = "invitation.resent" in Organization: "An invitation was mailed again, with a new time to run.",
    InvitationUndeliverable = "invitation.undeliverable" in Organization: "The mail of an invitation could not be delivered.",
    InvitationLinkCopied = "invitation.link_copied" in Organization: "Somebody took a link to an invitation, to pass it on by themselves.",
    InvitationRevoked = "invitation.revoked" in Organization: "An invitation was taken back.",
    InvitationDeclined = "invitation.declined" in Organization: "The invited person declined.",
    MemberJoined = "member.joined" in Organization: "An invitation was accepted.",
    MemberRoleChanged = "member.role_changed" in Organization: "A member got another role.",
    MemberTypeChanged = "member.type_changed" in Organization: "A guest became a member, or a member a guest.",
    MemberSuspended = "member.suspended" in Organization: "A member was locked out for a while.",
    MemberRestored = "member.restored" in Organization: "A suspended member was let in again.",
    MemberRemoved = "member.removed" in Organization: "A member was removed.",
    MemberLeft = "member.left" in Organization: "A member left.",
    RoleCreated = "role.created" in Organization: "A role was made.",
    RoleUpdated = "role.updated" in Organization: "Name or rights of a role changed.",
    RoleDeleted = "role.deleted" in Organization: "A role was deleted, and its people moved to another.",
    WorkspaceCreated = "workspace.created" in Organization: "A workspace was made.",
    WorkspaceUpdated = "workspace.updated" in Organization: "A workspace was renamed.",
    WorkspaceDeleted = "workspace.deleted" in Organization: "A workspace was deleted.",
    WorkspaceMemberAdded = "workspace.member_added" in Organization: "Somebody was added to a workspace.",
    WorkspaceMemberRemoved = "workspace.member_removed" in Organization: "Somebody was taken out of a workspace.",
    ProjectCreated = "project.created" in Organization: "A project was made.",
    ProjectUpdated = "project.updated" in Organization: "Name or description of a project changed.",
    ProjectArchived = "project.archived" in Organization: "A project was archived.",
    ProjectUnarchived = "project.unarchived" in Organization: "A project was taken up again.",
    ProjectShared = "project.shared" in Organization: "Who can see a project changed.",
    ProjectDeleted = "project.deleted" in Organization: "A project was put into the bin.",
    ProjectRestored = "project.restored" in Organization: "A project was taken out of the bin.",
    BinEmptied = "bin.emptied" in Organization: "What was in the bin for 30 days went for good.",
    TaskCreated = "task.created" in Organization: "A task was written down.",
    TaskUpdated = "task.updated" in Organization: "A task changed.",
    TaskDeleted = "task.deleted" in Organization: "A task was put into the bin.",
    TaskRestored = "task.restored" in Organization: "A task was taken out of the bin.",
    BillingCheckoutStarted = "billing.checkout_started" in Organization: "Somebody went to pay for a plan.",
    BillingSubscribed = "billing.subscribed" in Organization: "A plan was bought.",
    BillingPlanChanged = "billing.plan_changed" in Organization: "The plan that is paid for changed, or will with the next period.",
    BillingSeatsChanged = "billing.seats_changed" in Organization: "The number of seats that are paid for changed, or will with the next period.",
    BillingChangeDropped = "billing.change_dropped" in Organization: "A change that waited for the next period was taken back.",
    BillingCanceled = "billing.canceled" in Organization: "Somebody canceled; the plan ends with its period.",
    BillingCancelUndone = "billing.cancel_undone" in Organization: "A cancellation was taken back before its time.",
    BillingPaymentFailed = "billing.payment_failed" in Organization: "A renewal could not be charged.",
    BillingRecovered = "billing.recovered" in Organization: "What was owed was paid.",
    BillingRestricted = "billing.restricted" in Organization: "The days of grace ran out: the organization can be read and not changed.",
    BillingEnded = "billing.ended" in Organization: "A subscription ended.",
    BillingTrialEnded = "billing.trial_ended" in Organization: "The trial ran out, and nothing was bought.",
    BillingPortalOpened = "billing.portal_opened" in Organization: "Somebody went to the provider's pages for cards and invoices.",
    PlanChanged = "plan.changed" in House: "Staff changed what a plan is called, includes or costs.",
    BillingOverridden = "billing.overridden" in Both: "The operator gave the organization a plan.",
    BillingOverrideEnded = "billing.override_ended" in Both: "What the operator gave was taken back.",
    BillingSeatsReset = "billing.seats_reset" in Both: "Support set the seats that are paid for to those that are in use.",
    BillingRelinked = "billing.relinked" in Both: "Support corrected who the organization is at the payment provider.",
    BillingSynced = "billing.synced" in Both: "Support took over what the payment provider says of the organization.",
    BillingLimitsApplied = "billing.limits_applied" in Organization: "What exceeds the plan was paused, or taken up again.",
    BillingKept = "billing.kept" in Organization: "Somebody chose what stays in use of what exceeds the plan.",
    WebhookReplayed = "webhook.replayed" in House: "Staff had a message of the payment provider taken in once more.",
    WebhooksReplayed = "webhook.all_replayed" in House: "Staff had every message of the payment provider tried again that was given up.",
    JobRetried = "job.retried" in House: "Staff had a job of the queue done now.",
    JobCanceled = "job.canceled" in House: "Staff took a job out of the queue.",
    JobStarted = "job.started" in House: "Staff had something done that the clock does.",
    UserSuspended = "user.suspended" in House: "Staff locked an account.",
    UserReinstated = "user.reinstated" in House: "Staff opened a locked account again.",
    UserResetForced = "user.reset_forced" in House: "Staff made somebody choose a new password.",
    UserSecondFactorCleared = "user.second_factor_cleared" in Both: "Staff took away the second factor of somebody who had lost it, and the password with it.",
    UserSessionsEnded = "user.sessions_ended" in House: "Staff signed somebody out, of one device or of all.",
    UserLockoutLifted = "user.lockout_lifted" in House: "Staff let somebody try again who had to wait.",
    NoteWritten = "note.written" in House: "Staff wrote a note about an organization.",
    IncidentOpened = "incident.opened" in House: "Everybody was told of an incident.",
    IncidentUpdated = "incident.updated" in House: "More was said about an incident.",
    IncidentCorrected = "incident.corrected" in House: "The title of an incident, its beginning or its end was corrected.",
    IncidentResolved = "incident.resolved" in House: "An incident was declared over.",
    IncidentArchived = "incident.archived" in House: "An incident was taken off the status page.",
    MaintenanceOrdered = "maintenance.ordered" in Both: "Maintenance was ordered, now or for later.",
    MaintenanceEnded = "maintenance.ended" in Both: "Maintenance was ended by hand, or called off.",
    ReportTaken = "report.taken" in House: "Somebody of the staff took a report of a problem on.",
    ReportMoved = "report.moved" in House: "Staff closed a report of a problem, opened it again or put it back into the inbox.",
    ReportNoted = "report.noted" in House: "Staff wrote a note about a report of a problem.",
    StaffInvited = "staff.invited" in House: "Somebody was invited to the staff.",
    StaffInvitationResent = "staff.invitation_resent" in House: "An invitation to the staff was mailed again, with a new time to run.",
    StaffInvitationRevoked = "staff.invitation_revoked" in House: "An invitation to the staff was taken back.",
    StaffJoined = "staff.joined" in House: "Somebody became staff.",
    StaffRoleChanged = "staff.role_changed" in House: "Somebody of the staff got another role.",
    StaffEnded = "staff.ended" in House: "Somebody is no longer staff, and was signed out everywhere.",
    FlagChanged = "flag.changed" in House: "A flag was switched off for everybody, let go again, or rolled out to another share.",
    FlagOverridden = "flag.overridden" in Both: "A flag was set for a person, an organization or a plan.",
    FlagOverrideRemoved = "flag.override_removed" in Both: "What was set for a person, an organization or a plan counts no longer.",
    FlagForgotten = "flag.forgotten" in House: "What was kept of a flag that is no longer declared was removed.",
    SecurityLockoutLifted = "security.lockout_lifted" in House: "Staff let somebody try again before their wait was over.",
    SecurityStormLifted = "security.storm_lifted" in House: "Staff let everybody try something again who had to wait.",
    SecurityAddressBlocked = "security.address_blocked" in House: "Staff let nobody come in from an address for a while.",
    SecurityAddressUnblocked = "security.address_unblocked" in House: "Staff let people come in from an address again before the time was over.",
    VisitBegun = "visit.begun" in Both: "Somebody of the staff began to look at an organization as one of its members.",
    VisitElevated = "visit.elevated" in Both: "Such a visit was given minutes in which it may change something.",
    VisitPageSeen = "visit.page_seen" in Both: "A page was looked at in a visit.",
    VisitActed = "visit.acted" in Both: "Something was done in a visit.",
    VisitRefused = "visit.refused" in Both: "Something was tried in a visit and refused.",
    VisitEnded = "visit.ended" in Both: "A visit ended: it was left or ran out, or staff or the organization put an end to it.",
    SupportPolicyChanged = "support.policy_changed" in Organization: "The organization decided whom of support it lets in without being asked each time.",
    SupportOffered = "support.offered" in Organization: "A member let support in without being asked.",
    SupportRequested = "support.requested" in Both: "Somebody of the staff asked to be let in.",
    SupportApproved = "support.approved" in Organization: "A member let in who had asked.",
    SupportDenied = "support.denied" in Both: "A member did not let in who had asked, or support is never let in any more.",
    SupportLapsed = "support.lapsed" in Both: "Nobody answered in time who had asked to be let in.",
    SupportBegun = "support.begun" in Both: "Somebody of the staff who was let in came in.",
    SupportPageSeen = "support.page_seen" in Both: "A page was looked at in a support session.",
    SupportActed = "support.acted" in Both: "Something was done in a support session.",
    SupportRefused = "support.refused" in Both: "Something was tried in a support session and refused.",
    SupportEnded = "support.ended" in Both: "A support session ended: it was left or ran out, or staff or the organization put an end to it.",
    AuditExported = "audit.exported" in Organization: "Somebody took the audit log away as a file.",
    AuditRedacted = "audit.redacted" in House: "What the log told about a person was erased.",
}

#[cfg(test)]
mod tests {
    use super::{Action, Chain};

    #[test]
    fn keys_are_subject_and_deed_in_the_form_the_database_asks_for_and_go_both_ways() {
        let mut keys = Vec::new();
        for &action in Action::ALL {
            let (subject, deed) = action.key().split_once('.').unwrap();
            let plain = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            assert!(plain(subject) && plain(deed), "{}", action.key());
            assert_eq!(action.subject(), subject);
            assert_eq!(Action::from_key(action.key()), Some(action));
            assert!(!keys.contains(&action.key()), "{} is there twice", action.key());
            keys.push(action.key());
        }
    }

    /// [`super::super::Entry::write`] holds every entry that a test writes against it.
    #[test]
    fn what_staff_do_to_the_house_is_in_no_organization_and_what_is_done_inside_is_in_its_own() {
        for &action in Action::ALL {
            let chain = action.chain();
            assert!(chain.is_in_organizations() || chain.is_in_none(), "{}", action.key());
            let expected = match action.subject() {
                "job" | "webhook" | "incident" | "plan" | "report" | "staff" | "note" | "security" => {
                    Some(Chain::House)
                }
                "tenant" | "invitation" | "member" | "role" | "workspace" | "project" | "bin" | "task" => {
                    Some(Chain::Organization)
                }
                "visit" | "maintenance" => Some(Chain::Both),
                "session" => Some(Chain::Person),
                // These are partly one and partly the other.
                "user" | "billing" | "flag" | "support" | "audit" => None,
                other => panic!("in whose chain is {other}?"),
            };
            assert!(expected.is_none_or(|expected| expected == chain), "{}", action.key());
        }
        let of_organizations = Action::ALL.iter().filter(|action| action.chain().is_in_organizations());
        let users: Vec<_> = of_organizations.filter(|action| action.subject() == "user").collect();
        assert_eq!(users, [&Action::UserSecondFactorCleared]);
    }
}
