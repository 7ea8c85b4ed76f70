//! Pausing, deleting and restoring, of organizations and of accounts.

#[derive(Debug)]
pub struct Danger {
    pub title: &'static str,
    pub description: &'static str,
    pub cancel: &'static str,
    pub pause_title: &'static str,
    pub pause_text: &'static str,
    pub pause_question: fn(&str) -> String,
    pub pause_button: &'static str,
    pub paused_title: &'static str,
    pub paused_text: &'static str,
    pub take_up: &'static str,
    pub delete_title: &'static str,
    pub loses: fn(u32, u32, u32) -> String,
    pub delete_until: fn(&str) -> String,
    pub type_name: fn(&str) -> String,
    pub delete_button: &'static str,
    pub sign_in_first: &'static str,
    pub deleted_title: &'static str,
    pub deleted_text: fn(&str) -> String,
    pub restore: &'static str,
    pub suspended_title: &'static str,
    pub suspended_text: &'static str,
    pub paused_banner: &'static str,
    pub deleted_banner: fn(&str) -> String,
    pub banner_action: &'static str,
    pub paused_word: &'static str,
    pub deleted_word: &'static str,
    pub suspended_word: &'static str,
    pub out_paused_title: fn(&str) -> String,
    pub out_paused_text: &'static str,
    pub out_deleted_title: fn(&str) -> String,
    pub out_deleted_text: &'static str,
    pub ask: fn(&str) -> String,
    pub to_account: &'static str,
    pub account: AccountEnding,
    pub bin: Bin,
}

/// The bin of an organization.
#[derive(Debug)]
pub struct Bin {
    pub title: &'static str,
    pub description: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub projects: &'static str,
    pub tasks: &'static str,
    pub in_project: &'static str,
    pub facts: fn(&str, &str, &str) -> String,
    pub restore_named: fn(&str) -> String,
    pub archived: &'static str,
    pub name_taken: &'static str,
    pub cut: fn(u32) -> String,
}

/// Of one's own account.
#[derive(Debug)]
pub struct AccountEnding {
    pub title: &'static str,
    pub description: &'static str,
    pub pause_title: &'static str,
    pub pause_text: &'static str,
    pub pause_question: &'static str,
    pub pause_button: &'static str,
    pub delete_title: &'static str,
    pub delete_text: &'static str,
    pub ending: &'static str,
    pub leaving: &'static str,
    pub blocked_title: &'static str,
    pub blocked_text: &'static str,
    pub hand_over: &'static str,
    pub delete_it: &'static str,
    pub password_hint: &'static str,
    pub link_hint: &'static str,
    pub sign_in_instead: &'static str,
    pub delete_button: &'static str,
    pub resume_title: &'static str,
    pub resume_text: &'static str,
    pub resume_button: &'static str,
    pub stay_paused: &'static str,
    pub late_title: &'static str,
    pub late_text: &'static str,
    pub late_action: &'static str,
    pub paused_title: &'static str,
    pub paused_text: &'static str,
    pub sign_in: &'static str,
    pub deleted_title: &'static str,
    pub deleted_text: &'static str,
}

pub const ENGLISH: Danger = Danger {
    title: "Danger zone",
    description: "Pause the organization, or delete it. Only owners see this page.",
    cancel: "Cancel",
    pause_title: "Pause the organization",
    pause_text: "Everything stays as it is, and nobody can change it. Only owners get in until one of them takes it up again.",
    pause_question: |name| format!("Pause {name}?"),
    pause_button: "Pause organization",
    paused_title: "The organization is paused",
    paused_text: "Nobody but owners gets in, and nothing can be changed. Taking it up again gives everybody back what they had.",
    take_up: "Take up again",
    delete_title: "Delete the organization",
    loses: |people, projects, tasks| {
        let who = match people {
            1 => "You lose access at once.".to_owned(),
            people => format!("{people} people lose access at once."),
        };
        let (projects, tasks) = (
            english_count(projects, "project", "projects"),
            english_count(tasks, "task", "tasks"),
        );
        format!("{who} {projects} and {tasks} go with it.")
    },
    delete_until: |until| {
        format!("Owners can restore it until {until}. After that nobody can, and its address is free for others.")
    },
    type_name: |name| format!("Type {name} to confirm"),
    delete_button: "Delete organization",
    sign_in_first: "You signed in a while ago. Before something is deleted, sign in once more; you come back here.",
    deleted_title: "The organization was deleted",
    deleted_text: |until| {
        format!(
            "Its people have lost access. Until {until} you can restore it with everything in it; after that nobody can."
        )
    },
    restore: "Restore organization",
    suspended_title: "The organization is suspended",
    suspended_text: "It can be read, and neither changed nor deleted. Write to us to have it opened again.",
    paused_banner: "This organization is paused. You can read everything, and change nothing.",
    deleted_banner: |until| format!("This organization was deleted. It can be restored until {until}."),
    banner_action: "Undo this",
    paused_word: "Paused",
    deleted_word: "Deleted",
    suspended_word: "Suspended",
    out_paused_title: |name| format!("{name} is paused"),
    out_paused_text: "Everything in it is as it was. Nobody can work in it until an owner takes it up again.",
    out_deleted_title: |name| format!("{name} was deleted"),
    out_deleted_text: "For a while an owner can still restore it, with everything in it.",
    ask: |owners| format!("If this is a surprise, ask an owner: {owners}."),
    to_account: "Go to your account",
    account: ENGLISH_ACCOUNT,
    bin: ENGLISH_BIN,
};

const ENGLISH_BIN: Bin = Bin {
    title: "Bin",
    description: "Deleted projects and tasks stay here for 30 days. Then they go for good.",
    empty_title: "The bin is empty",
    empty_text: "Projects and tasks that somebody deletes are found here for 30 days.",
    projects: "Projects",
    tasks: "Tasks",
    in_project: "in",
    facts: |by, deleted, gone| format!("Deleted by {by} on {deleted}. Goes for good on {gone}."),
    restore_named: |name| format!("Restore {name}"),
    archived: "In an archived project",
    name_taken: "Another project has this name by now. Rename that one, then restore this one.",
    cut: |shown| format!("The last {shown} of each kind are shown."),
};

const ENGLISH_ACCOUNT: AccountEnding = AccountEnding {
    title: "Close your account",
    description: "Pause it and come back when you like, or delete it for good.",
    pause_title: "Pause your account",
    pause_text: "You are signed out everywhere. We write to you only when you ask for it, when somebody invites you, and when an organization that you own is paused, deleted or brought back. Your organizations and your work stay as they are. To come back, sign in.",
    pause_question: "Pause your account?",
    pause_button: "Pause account",
    delete_title: "Delete your account",
    delete_text: "Your name, address, password and devices are removed at once, and nobody can bring them back. What you made in organizations of others stays there, without your name.",
    ending: "Nobody but you is in these organizations, and they are deleted with your account:",
    leaving: "You leave these organizations:",
    blocked_title: "You are the only owner of organizations that others work in",
    blocked_text: "Hand each of them over to somebody, or delete it. Then you can pause or delete your account.",
    hand_over: "Hand over",
    delete_it: "Delete",
    link_hint: "You signed in a while ago. Sign in once more to show that it is you; you come back here.",
    password_hint: "You signed in a while ago: this proves that it is you.",
    sign_in_instead: "Sign in another way instead",
    delete_button: "Delete account",
    resume_title: "Your account is paused",
    resume_text: "Take it up again, and everything is as you left it.",
    resume_button: "Take up again",
    stay_paused: "Leave it paused",
    late_title: "This took too long",
    late_text: "Sign in once more to take your account up again.",
    late_action: "Sign in",
    paused_title: "Your account is paused",
    paused_text: "You are signed out everywhere. To come back, sign in: you will be asked whether to take it up again.",
    sign_in: "Sign in",
    deleted_title: "Your account is deleted",
    deleted_text: "You are signed out everywhere, and a last mail is on its way to you. Thank you for having been here.",
};

fn english_count(count: u32, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {many}")
    }
}
