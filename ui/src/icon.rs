//! The icons of the sprite `public/icons.svg`, by name. Drawn on a 24 px grid with one stroke, coloured by the text
//! around them.

use crate::{MaybeText, assets};
use leptos::prelude::*;

/// How large an icon is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 16 px, inside small text.
    Small,
    /// 20 px, beside body text and in buttons.
    #[default]
    Medium,
    /// 24 px, on its own.
    Large,
}

impl IconSize {
    const fn pixels(self) -> &'static str {
        match self {
            Self::Small => "16",
            Self::Medium => "20",
            Self::Large => "24",
        }
    }
}

/// An icon. Decoration by default; with a `label` it is an image with that name.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
    /// How large.
    #[prop(optional)]
    size: IconSize,
    /// What it says, when no text beside it says so.
    #[prop(optional, into)]
    label: MaybeText,
) -> impl IntoView {
    let href = format!("{}#{}", assets::icon_sprite(), name.id());
    let label = label.0;
    let role = label.is_some().then_some("img");
    let hidden = label.is_none().then_some("true");
    view! {
        <svg class="icon" width=size.pixels() height=size.pixels() role=role aria-label=label aria-hidden=hidden>
            <use href=href />
        </svg>
    }
}

/// The icons there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Brand,
    Home,
    Folder,
    Chart,
    Settings,
    Search,
    Plus,
    Minus,
    Check,
    Close,
    ChevronDown,
    ChevronUp,
    ChevronLeft,
    ChevronRight,
    ChevronsUpDown,
    ArrowRight,
    ArrowLeft,
    ArrowUp,
    ArrowDown,
    External,
    MenuBars,
    More,
    User,
    Users,
    Bell,
    Help,
    Mail,
    Lock,
    Key,
    Eye,
    EyeOff,
    Copy,
    Trash,
    Archive,
    Restore,
    Edit,
    Calendar,
    Clock,
    Info,
    Warning,
    Danger,
    Success,
    Sun,
    Moon,
    Monitor,
    Phone,
    Globe,
    Download,
    Upload,
    File,
    Filter,
    Sort,
    SignOut,
    SignIn,
    Shield,
    CreditCard,
    Building,
    Code,
    Terminal,
    Database,
    Layers,
    Bolt,
    Flag,
    Link,
    Inbox,
    Refresh,
    Star,
    Sparkle,
    Activity,
    List,
    CheckSquare,
    Circle,
    HalfCircle,
    Laptop,
    Book,
    Server,
    Grip,
}

impl IconName {
    /// Every icon, for the gallery.
    pub const ALL: &'static [Self] = &[
        Self::Brand,
        Self::Home,
        Self::Folder,
        Self::Chart,
        Self::Settings,
        Self::Search,
        Self::Plus,
        Self::Minus,
        Self::Check,
        Self::Close,
        Self::ChevronDown,
        Self::ChevronUp,
        Self::ChevronLeft,
        Self::ChevronRight,
        Self::ChevronsUpDown,
        Self::ArrowRight,
        Self::ArrowLeft,
        Self::ArrowUp,
        Self::ArrowDown,
        Self::External,
        Self::MenuBars,
        Self::More,
        Self::User,
        Self::Users,
        Self::Bell,
        Self::Help,
        Self::Mail,
        Self::Lock,
        Self::Key,
        Self::Eye,
        Self::EyeOff,
        Self::Copy,
        Self::Trash,
        Self::Archive,
        Self::Restore,
        Self::Edit,
        Self::Calendar,
        Self::Clock,
        Self::Info,
        Self::Warning,
        Self::Danger,
        Self::Success,
        Self::Sun,
        Self::Moon,
        Self::Monitor,
        Self::Phone,
        Self::Globe,
        Self::Download,
        Self::Upload,
        Self::File,
        Self::Filter,
        Self::Sort,
        Self::SignOut,
        Self::SignIn,
        Self::Shield,
        Self::CreditCard,
        Self::Building,
        Self::Code,
        Self::Terminal,
        Self::Database,
        Self::Layers,
        Self::Bolt,
        Self::Flag,
        Self::Link,
        Self::Inbox,
        Self::Refresh,
        Self::Star,
        Self::Sparkle,
        Self::Activity,
        Self::List,
        Self::CheckSquare,
        Self::Circle,
        Self::HalfCircle,
        Self::Laptop,
        Self::Book,
        Self::Server,
        Self::Grip,
    ];

    /// The id of its symbol in the sprite.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Brand => "brand",
            Self::Home => "home",
            Self::Folder => "folder",
            Self::Chart => "chart",
            Self::Settings => "settings",
            Self::Search => "search",
            Self::Plus => "plus",
            Self::Minus => "minus",
            Self::Check => "check",
            Self::Close => "close",
            Self::ChevronDown => "chevron-down",
            Self::ChevronUp => "chevron-up",
            Self::ChevronLeft => "chevron-left",
            Self::ChevronRight => "chevron-right",
            Self::ChevronsUpDown => "chevrons-up-down",
            Self::ArrowRight => "arrow-right",
            Self::ArrowLeft => "arrow-left",
            Self::ArrowUp => "arrow-up",
            Self::ArrowDown => "arrow-down",
            Self::External => "external",
            Self::MenuBars => "menu-bars",
            Self::More => "more",
            Self::User => "user",
            Self::Users => "users",
            Self::Bell => "bell",
            Self::Help => "help",
            Self::Mail => "mail",
            Self::Lock => "lock",
            Self::Key => "key",
            Self::Eye => "eye",
            Self::EyeOff => "eye-off",
            Self::Copy => "copy",
            Self::Trash => "trash",
            Self::Archive => "archive",
            Self::Restore => "restore",
            Self::Edit => "edit",
            Self::Calendar => "calendar",
            Self::Clock => "clock",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Danger => "danger",
            Self::Success => "success",
            Self::Sun => "sun",
            Self::Moon => "moon",
            Self::Monitor => "monitor",
            Self::Phone => "phone",
            Self::Globe => "globe",
            Self::Download => "download",
            Self::Upload => "upload",
            Self::File => "file",
            Self::Filter => "filter",
            Self::Sort => "sort",
            Self::SignOut => "sign-out",
            Self::SignIn => "sign-in",
            Self::Shield => "shield",
            Self::CreditCard => "credit-card",
            Self::Building => "building",
            Self::Code => "code",
            Self::Terminal => "terminal",
            Self::Database => "database",
            Self::Layers => "layers",
            Self::Bolt => "bolt",
            Self::Flag => "flag",
            Self::Link => "link",
            Self::Inbox => "inbox",
            Self::Refresh => "refresh",
            Self::Star => "star",
            Self::Sparkle => "sparkle",
            Self::Activity => "activity",
            Self::List => "list",
            Self::CheckSquare => "check-square",
            Self::Circle => "circle",
            Self::HalfCircle => "half-circle",
            Self::Laptop => "laptop",
            Self::Book => "book",
            Self::Server => "server",
            Self::Grip => "grip",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_in_the_sprite() {
        let sprite = include_str!("../../public/icons.svg");
        for name in IconName::ALL {
            assert!(
                sprite.contains(&format!("<symbol id=\"{}\"", name.id())),
                "{name:?} is not in public/icons.svg"
            );
        }
    }
}
