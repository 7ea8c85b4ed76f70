//! Where the icon sprite lies. The build hashes its name, so the server says it once at start; components read it
//! while rendering and carry no context around.

use std::sync::OnceLock;

static ICON_SPRITE: OnceLock<&'static str> = OnceLock::new();

/// Tells components the URL of the icon sprite, for the life of the process. The first call wins.
pub fn use_icon_sprite(url: impl Into<String>) {
    // The server does this once, before it serves: one small string that lives as long as the process anyway.
    _ = ICON_SPRITE.set(Box::leak(url.into().into_boxed_str()));
}

/// The URL of the icon sprite; `/icons.svg` until the server has said otherwise.
pub fn icon_sprite() -> &'static str {
    ICON_SPRITE.get().copied().unwrap_or("/icons.svg")
}
