//! Everything that is recorded.

macro_rules! actions {
    ($($name:ident = $key:literal: $meaning:literal),+ $(,)?) => {
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
        }
    };
}

impl Action {
    /// What it happened to: the first half of the key.
    pub fn subject(self) -> &'static str {
        self.key().split_once('.').map_or("", |(subject, _)| subject)
    }
}

actions! {
    UserSignedUp = "user.signed_up": "Somebody made an account.",
    UserSignedIn = "user.signed_in": "Somebody signed in.",
    UserSignInFailed = "user.sign_in_failed": "A sign-in was refused: wrong password or unknown address.",
    UserSignedOut = "user.signed_out": "Somebody signed out.",
    UserEmailVerified = "user.email_verified": "An address was proven.",
    UserPasswordChanged = "user.password_changed": "Somebody who knew the old password chose a new one.",
    UserPasswordReset = "user.password_reset": "A password was replaced by a mailed link.",
    UserSecondFactorAdded = "user.second_factor_added": "Somebody set a second factor up, or replaced it.",
    UserSecondFactorRemoved = "user.second_factor_removed": "Somebody removed their second factor.",
    UserSecondFactorProven = "user.second_factor_proven": "Somebody who was signed in proved their second factor once more.",
    UserSecondFactorFailed = "user.second_factor_failed": "A code of the second factor was wrong, or a passkey proved nothing.",
    UserPasskeyAdded = "user.passkey_added": "Somebody added a passkey.",
    UserPasskeyRenamed = "user.passkey_renamed": "Somebody gave a passkey another name.",
    UserPasskeyRemoved = "user.passkey_removed": "Somebody removed a passkey.",
    UserPasskeyCopied = "user.passkey_copied": "A passkey was refused because its counter went back: there may be a copy of it.",
    UserRecoveryCodesRenewed = "user.recovery_codes_renewed": "Somebody made new recovery codes.",
    UserProfileUpdated = "user.profile_updated": "Somebody changed their profile.",
    UserDeactivated = "user.deactivated": "Somebody paused their account.",
    UserReactivated = "user.reactivated": "Somebody took their paused account up again.",
    UserDeleted = "user.deleted": "Somebody deleted their account.",
    SessionRevoked = "session.revoked": "A device was signed out from another one.",
    TenantCreated = "tenant.created": "The organization was created.",
    TenantUpdated = "tenant.updated": "Name or address of the organization changed.",
    TenantSecondFactorRequired = "tenant.second_factor_required": "The organization lets in only who has proven a second factor.",
    TenantSecondFactorOptional = "tenant.second_factor_optional": "The organization lets in people without a second factor again.",
    TenantDeactivated = "tenant.deactivated": "The organization was paused.",
    TenantReactivated = "tenant.reactivated": "The organization was taken up again.",
    TenantDeletionScheduled = "tenant.deletion_scheduled": "The organization was deleted; it can be restored for 30 days.",
    TenantRestored = "tenant.restored": "The organization was restored before its end.",
    TenantSuspended = "tenant.suspended": "The operator closed the organization: it can be read and not changed.",
    TenantReinstated = "tenant.reinstated": "The operator opened the organization again.",
    TenantPurged = "tenant.purged": "The time of a deleted organization ran out, and everything of it is gone.",
    TenantOwnershipOffered = "tenant.ownership_offered": "An owner offered the organization to a member.",
    TenantOwnershipWithdrawn = "tenant.ownership_withdrawn": "The offer was taken back or declined.",
    TenantOwnershipTransferred = "tenant.ownership_transferred": "The member accepted and is owner now.",
    InvitationSent = "invitation.sent": "Somebody was invited.",
    InvitationResent = "invitation.resent": "An invitation was mailed again, with a new time to run.",
    InvitationUndeliverable = "invitation.undeliverable": "The mail of an invitation could not be delivered.",
    InvitationLinkCopied = "invitation.link_copied": "Somebody took a link to an invitation, to pass it on by themselves.",
    InvitationRevoked = "invitation.revoked": "An invitation was taken back.",
    InvitationDeclined = "invitation.declined": "The invited person declined.",
    MemberJoined = "member.joined": "An invitation was accepted.",
    MemberRoleChanged = "member.role_changed": "A member got another role.",
    MemberTypeChanged = "member.type_changed": "A guest became a member, or a member a guest.",
    MemberSuspended = "member.suspended": "A member was locked out for a while.",
    MemberRestored = "member.restored": "A suspended member was let in again.",
    MemberRemoved = "member.removed": "A member was removed.",
    MemberLeft = "member.left": "A member left.",
    RoleCreated = "role.created": "A role was made.",
    RoleUpdated = "role.updated": "Name or rights of a role changed.",
    RoleDeleted = "role.deleted": "A role was deleted, and its people moved to another.",
    WorkspaceCreated = "workspace.created": "A workspace was made.",
    WorkspaceUpdated = "workspace.updated": "A workspace was renamed.",
    WorkspaceDeleted = "workspace.deleted": "A workspace was deleted.",
    WorkspaceMemberAdded = "workspace.member_added": "Somebody was added to a workspace.",
    WorkspaceMemberRemoved = "workspace.member_removed": "Somebody was taken out of a workspace.",
    ProjectCreated = "project.created": "A project was made.",
    ProjectUpdated = "project.updated": "Name or description of a project changed.",
    ProjectArchived = "project.archived": "A project was archived.",
    ProjectUnarchived = "project.unarchived": "A project was taken up again.",
    ProjectShared = "project.shared": "Who can see a project changed.",
    ProjectDeleted = "project.deleted": "A project was put into the bin.",
    ProjectRestored = "project.restored": "A project was taken out of the bin.",
    BinEmptied = "bin.emptied": "What was in the bin for 30 days went for good.",
    TaskCreated = "task.created": "A task was written down.",
    TaskUpdated = "task.updated": "A task changed.",
    TaskDeleted = "task.deleted": "A task was put into the bin.",
    TaskRestored = "task.restored": "A task was taken out of the bin.",
    BillingCheckoutStarted = "billing.checkout_started": "Somebody went to pay for a plan.",
    BillingSubscribed = "billing.subscribed": "A plan was bought.",
    BillingPlanChanged = "billing.plan_changed": "The plan that is paid for changed, or will with the next period.",
    BillingSeatsChanged = "billing.seats_changed": "The number of seats that are paid for changed, or will with the next period.",
    BillingChangeDropped = "billing.change_dropped": "A change that waited for the next period was taken back.",
    BillingCanceled = "billing.canceled": "Somebody canceled; the plan ends with its period.",
    BillingCancelUndone = "billing.cancel_undone": "A cancellation was taken back before its time.",
    BillingPaymentFailed = "billing.payment_failed": "A renewal could not be charged.",
    BillingRecovered = "billing.recovered": "What was owed was paid.",
    BillingRestricted = "billing.restricted": "The days of grace ran out: the organization can be read and not changed.",
    BillingEnded = "billing.ended": "A subscription ended.",
    BillingTrialEnded = "billing.trial_ended": "The trial ran out, and nothing was bought.",
    BillingPortalOpened = "billing.portal_opened": "Somebody went to the provider's pages for cards and invoices.",
    BillingOverridden = "billing.overridden": "The operator gave the organization a plan.",
    BillingOverrideEnded = "billing.override_ended": "What the operator gave was taken back.",
    BillingSeatsReset = "billing.seats_reset": "Support set the seats that are paid for to those that are in use.",
    BillingRelinked = "billing.relinked": "Support corrected who the organization is at the payment provider.",
    BillingSynced = "billing.synced": "Support took over what the payment provider says of the organization.",
    BillingLimitsApplied = "billing.limits_applied": "What exceeds the plan was paused, or taken up again.",
    BillingKept = "billing.kept": "Somebody chose what stays in use of what exceeds the plan.",
    WebhookReplayed = "webhook.replayed": "Staff had a message of the payment provider taken in once more.",
    WebhooksReplayed = "webhook.all_replayed": "Staff had every message of the payment provider tried again that was given up.",
    PlanChanged = "plan.changed": "Staff changed what a plan is called, includes or costs.",
    JobRetried = "job.retried": "Staff had a job of the queue done now.",
    JobCanceled = "job.canceled": "Staff took a job out of the queue.",
    JobStarted = "job.started": "Staff had something done that the clock does.",
    UserSuspended = "user.suspended": "Staff locked an account.",
    UserReinstated = "user.reinstated": "Staff opened a locked account again.",
    UserResetForced = "user.reset_forced": "Staff made somebody choose a new password.",
    UserSessionsEnded = "user.sessions_ended": "Staff signed somebody out, of one device or of all.",
    UserLockoutLifted = "user.lockout_lifted": "Staff let somebody try again who had to wait.",
    NoteWritten = "note.written": "Staff wrote a note about an organization.",
    IncidentOpened = "incident.opened": "Everybody was told of an incident.",
    IncidentUpdated = "incident.updated": "More was said about an incident.",
    IncidentResolved = "incident.resolved": "An incident was declared over.",
    IncidentArchived = "incident.archived": "An incident was taken off the status page.",
    MaintenanceOrdered = "maintenance.ordered": "Maintenance was ordered, now or for later.",
    MaintenanceEnded = "maintenance.ended": "Maintenance was ended by hand, or called off.",
    ReportTaken = "report.taken": "Somebody of the staff took a report of a problem on.",
    ReportMoved = "report.moved": "Staff closed a report of a problem, opened it again or put it back into the inbox.",
    ReportNoted = "report.noted": "Staff wrote a note about a report of a problem.",
    StaffInvited = "staff.invited": "Somebody was invited to the staff.",
    StaffInvitationResent = "staff.invitation_resent": "An invitation to the staff was mailed again, with a new time to run.",
    StaffInvitationRevoked = "staff.invitation_revoked": "An invitation to the staff was taken back.",
    StaffJoined = "staff.joined": "Somebody became staff.",
    StaffRoleChanged = "staff.role_changed": "Somebody of the staff got another role.",
    StaffEnded = "staff.ended": "Somebody is no longer staff, and was signed out everywhere.",
    FlagChanged = "flag.changed": "A flag was switched off for everybody, let go again, or rolled out to another share.",
    FlagOverridden = "flag.overridden": "A flag was set for a person, an organization or a plan.",
    FlagOverrideRemoved = "flag.override_removed": "What was set for a person, an organization or a plan counts no longer.",
    FlagForgotten = "flag.forgotten": "What was kept of a flag that is no longer declared was removed.",
    SecurityLockoutLifted = "security.lockout_lifted": "Staff let somebody try again before their wait was over.",
    VisitBegun = "visit.begun": "Somebody of the staff began to look at an organization as one of its members.",
    VisitElevated = "visit.elevated": "Such a visit was given minutes in which it may change something.",
    VisitPageSeen = "visit.page_seen": "A page was looked at in a visit.",
    VisitActed = "visit.acted": "Something was done in a visit.",
    VisitRefused = "visit.refused": "Something was tried in a visit and refused.",
    VisitEnded = "visit.ended": "A visit ended: it was left or ran out, or staff or the organization put an end to it.",
    SupportPolicyChanged = "support.policy_changed": "The organization decided whom of support it lets in without being asked each time.",
    SupportOffered = "support.offered": "A member let support in without being asked.",
    SupportRequested = "support.requested": "Somebody of the staff asked to be let in.",
    SupportApproved = "support.approved": "A member let in who had asked.",
    SupportDenied = "support.denied": "A member did not let in who had asked, or support is never let in any more.",
    SupportLapsed = "support.lapsed": "Nobody answered in time who had asked to be let in.",
    SupportBegun = "support.begun": "Somebody of the staff who was let in came in.",
    SupportPageSeen = "support.page_seen": "A page was looked at in a support session.",
    SupportActed = "support.acted": "Something was done in a support session.",
    SupportRefused = "support.refused": "Something was tried in a support session and refused.",
    SupportEnded = "support.ended": "A support session ended: it was left or ran out, or staff or the organization put an end to it.",
    AuditExported = "audit.exported": "Somebody took the audit log away as a file.",
    AuditRedacted = "audit.redacted": "What the log told about a person was erased.",
}

#[cfg(test)]
mod tests {
    use super::Action;

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
}
