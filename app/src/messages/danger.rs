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
    pub sign_in_again: &'static str,
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
    sign_in_again: "Sign in again",
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
};

fn english_count(count: u32, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {many}")
    }
}
