//! What has been done, by the code that the server function left.

pub(super) fn english(code: &str) -> Option<&'static str> {
    [account, factor, organization, work, billing, access, customers, house]
        .into_iter()
        .find_map(|notice| notice(code))
}

/// Of one's own account.
fn account(code: &str) -> Option<&'static str> {
    Some(match code {
        "signed_out" => "You are signed out.",
        "email_verified" => "Your e-mail address is verified.",
        "verification_sent" => "We sent you a new link. It may take a minute to arrive.",
        "password_changed" => "Your password is changed. Other devices are signed out.",
        "password_removed" => {
            "Your address is verified. The password from before and all devices are removed, since nobody had proven the \
             address: choose a new one with “Forgot your password?”."
        }
        "profile_saved" => "Your profile is saved.",
        "session_revoked" | "user_session_ended" => "That device is signed out.",
        "sessions_revoked" => "All other devices are signed out.",
        "account_taken_up" => "Welcome back. Your account is active again.",
        _ => return None,
    })
}

/// Of what guards an account beside its password.
fn factor(code: &str) -> Option<&'static str> {
    Some(match code {
        "second_factor_added" => "Two-step sign-in is on.",
        "second_factor_removed" => "The authenticator app is turned off.",
        "user_second_factor_cleared" => {
            "Their second factor and their password are gone. A mail leads them to a new password."
        }
        "passkey_added" => "The passkey is added.",
        "passkey_renamed" => "The passkey has another name.",
        "passkey_removed" => "The passkey is removed.",
        "recovery_codes_renewed" => "You have new recovery codes. Those of before are void.",
        _ => return None,
    })
}

/// Of an organization and its people.
fn organization(code: &str) -> Option<&'static str> {
    Some(match code {
        "organization_created" => "Your organization is ready.",
        "organization_saved" => "The settings are saved.",
        "organization_paused" => "The organization is paused.",
        "organization_taken_up" => "The organization is active again. Its people have access as before.",
        "organization_deleted" => "The organization is deleted. You can restore it from here.",
        "organization_restored" => "The organization is back, with everything in it.",
        "role_created" => "The role is made. Give it to people or invite somebody with it.",
        "role_saved" => "The role is saved.",
        "role_deleted" => "The role is deleted.",
        "role_changed" => "The role is changed.",
        "type_changed" => "The type is changed.",
        "person_suspended" => "This person is suspended, and out at their next click.",
        "person_restored" => "This person can enter again.",
        "person_removed" => "This person is removed.",
        "organization_left" => "You have left the organization.",
        "ownership_offered" => "The organization is offered. Nothing changes until they accept.",
        "ownership_accepted" => "The organization is yours.",
        "ownership_declined" => "You have declined the organization.",
        "ownership_withdrawn" => "The offer is withdrawn.",
        "invitation_accepted" => "Welcome. You are in.",
        "invitation_declined" => "You have declined the invitation.",
        "invitation_resent" => "The invitation is on its way again, for another seven days.",
        "invitation_revoked" => "The invitation is taken back. Its links lead nowhere now.",
        "workspace_created" => "The workspace is ready. Add its people next.",
        "workspace_renamed" => "The workspace has its new name.",
        "workspace_deleted" => "The workspace is deleted.",
        "workspace_member_added" => "They are in the workspace now.",
        "workspace_member_removed" => "They are no longer in the workspace.",
        _ => return None,
    })
}

/// Of projects and tasks.
fn work(code: &str) -> Option<&'static str> {
    Some(match code {
        "project_created" => "The project is created.",
        "project_saved" => "The project is saved.",
        "project_archived" => "The project is archived.",
        "project_unarchived" => "The project is active again.",
        "project_deleted" => "The project is in the bin. You can restore it from there.",
        "project_restored" => "The project is back.",
        "project_shared" => "Who can see the project is saved.",
        "project_given" => "The guest can see the project now.",
        "project_taken_back" => "The guest no longer sees the project.",
        "task_created" => "The task is added.",
        "task_saved" => "The task is saved.",
        "task_deleted" => "The task is in the bin. You can restore it from there.",
        "task_restored" => "The task is back.",
        _ => return None,
    })
}

/// Of plans and bills.
fn billing(code: &str) -> Option<&'static str> {
    Some(match code {
        "billing_changed" => "The change holds from now on.",
        "billing_change_scheduled" => "The change is noted. It holds from the next renewal on.",
        "billing_unchanged" => "This is what you have already. Nothing was changed.",
        "billing_change_dropped" => "Everything stays as it is.",
        "billing_ended" => "The subscription has ended.",
        "billing_canceled" => "The subscription is canceled. It runs until the end of what is paid for.",
        "billing_cancel_undone" => "The subscription goes on.",
        "billing_invoice_being_written" => "The document is being written. Open it again in a minute.",
        "billing_kept_ahead" => "Your choice is noted. It counts once the change holds.",
        "billing_kept" => "What you chose stays in use.",
        _ => return None,
    })
}

/// Of visits and support sessions, on either side.
fn access(code: &str) -> Option<&'static str> {
    Some(match code {
        "visit_left" => "You have left the organization. It can read what you looked at.",
        "visit_elevated" => "You can change something for some minutes now.",
        "visit_ended" => "The visit is over, and whoever was on it out at their next click.",
        "support_requested" => "They are asked. You get in as soon as somebody says so.",
        "support_let_in" => "The organization lets you in. Ask for the way when you are ready.",
        "support_left" => "You are out. The organization can read what you looked at.",
        "support_offered" => "Support is let in. You see here who takes it up.",
        "support_approved" => "They are let in, until the time you chose.",
        "support_denied" => "They are not let in.",
        "support_ended" => "It is over, and whoever was in is out at their next click.",
        _ => return None,
    })
}

/// Of what staff do for a customer.
fn customers(code: &str) -> Option<&'static str> {
    Some(match code {
        "bills_repaired" => "It is repaired, and nothing differs any more.",
        "bills_repaired_in_part" => "It is done. Something else still differs.",
        "webhook_replayed" => "It is taken in as soon as a worker is free.",
        "webhook_waiting" => "It waits to be taken in already.",
        "webhooks_replayed" => "They are taken in one after the other, the oldest first.",
        "lockout_lifted" => "The lockout is lifted. They can try again at once.",
        "storm_lifted" => "All of these lockouts are lifted. They can try again at once.",
        "address_blocked" => "The address is blocked. Nobody comes in from there until the time is over.",
        "address_unblocked" => "The block is lifted. People can come in from there again.",
        "tenant_suspended" => "The organization is suspended. Its owners get a mail.",
        "tenant_reinstated" => "The organization is what it was before. Its owners get a mail.",
        "note_written" => "The note is kept.",
        "user_sessions_ended" => "They are signed out everywhere.",
        "user_lockouts_lifted" => "They can try again at once.",
        "user_suspended" => "They are locked out, and signed out everywhere.",
        "user_reinstated" => "They can sign in again.",
        "user_reset_forced" => "Their password is gone. A mail leads them to a new one.",
        _ => return None,
    })
}

/// Of what staff do in the house.
fn house(code: &str) -> Option<&'static str> {
    Some(match code {
        "job_retried" => "The job is done as soon as a worker is free.",
        "job_canceled" => "The job is out of the queue.",
        "task_started" => "The task is in the queue.",
        "flag_saved" => "It is said. Every node knows of it within seconds.",
        "plan_saved" => "The plan is saved. What it includes holds from now on.",
        "flag_forgotten" => "What was kept of the flag is gone.",
        "report_taken" => "You are on it.",
        "report_opened" => "The report is back in the inbox, where anybody can take it.",
        "report_resolved" => "The report is resolved.",
        "report_dismissed" => "The report is dismissed.",
        "staff_invited" => "The invitation is on its way.",
        "staff_ended" => "They are no longer staff, and signed out everywhere.",
        "incident_created" => "Everybody is told, from the moment it begins.",
        "incident_updated" => "What you said is kept and shown.",
        "incident_corrected" => "The correction is shown from now on.",
        "incident_unchanged" => "It reads like that already. Nothing was changed.",
        "incident_archived" => "The incident is off the status page. It is kept here.",
        "maintenance_ordered" => "The maintenance is ordered. It begins and ends by the clock.",
        "maintenance_ended" => "It is over. Everybody can go on within a second.",
        _ => return None,
    })
}
