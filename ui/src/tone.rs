//! What a colour means. Components take a tone, never a colour.

/// The meaning a badge, banner, dot or toast carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to notice.
    #[default]
    Neutral,
    /// Belongs to the brand: new, chosen, current.
    Accent,
    /// It worked, it is healthy.
    Success,
    /// Works still, wants attention.
    Warning,
    /// Failed, blocked, destructive.
    Danger,
    /// Worth knowing.
    Info,
}

impl Tone {
    /// The class suffix of this tone, as in `badge-success`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
            Self::Info => "info",
        }
    }

    /// The icon that says the same as the colour, for readers who do not see it.
    pub const fn icon(self) -> crate::IconName {
        match self {
            Self::Neutral | Self::Info => crate::IconName::Info,
            Self::Accent => crate::IconName::Sparkle,
            Self::Success => crate::IconName::Success,
            Self::Warning => crate::IconName::Warning,
            Self::Danger => crate::IconName::Danger,
        }
    }
}
