//! The design system: accessible components, the frames pages sit in, and the islands that make them quicker to use.
//!
//! Owns how things look, how they are labelled and how they answer to keyboard and pointer. It must not know any
//! business: no server function, no permission, no wording. Every text comes in as a prop, already in the reader's
//! language, already formatted.
//!
//! Nearly everything here is a plain server component. Where a browser can do better than HTML alone, a component wraps
//! its own markup in an island whose body is one element and the server's children: nothing is rendered twice, no props
//! are serialised, and the markup stays the same with and without JavaScript.
#![expect(
    clippy::needless_pass_by_value,
    clippy::fn_params_excessive_bools,
    clippy::similar_names,
    reason = "the arguments of a component are its props: owned, often yes-or-no, and named after the words they carry"
)]

pub mod assets;
mod browser;
mod fetch;
mod option_list;
#[cfg(test)]
mod testing;
mod text;

mod avatar;
mod avatar_preview;
mod badge;
mod banner;
mod banners;
mod breadcrumb;
mod button;
mod card;
mod chart;
mod checkbox;
mod code_block;
mod combobox;
mod command_palette;
mod confirm;
mod copy_button;
mod countdown;
mod date_time;
mod dialog;
mod drawer;
mod empty_state;
pub mod field;
mod file_input;
mod form_errors;
mod frame;
pub mod gallery;
mod heading;
mod icon;
mod icon_button;
mod inline_edit;
mod key_value;
mod link;
mod live_check;
mod menu;
mod meter;
mod page_header;
mod pagination;
mod palette_search;
mod passkey;
mod password_input;
mod password_strength;
mod pill;
mod prompt;
mod radio_group;
mod segments;
mod select;
mod skeleton;
mod stat;
mod status_dot;
mod steps;
mod switch;
mod switcher;
mod table;
mod tabs;
mod text_input;
mod textarea;
mod theme_toggle;
mod timeline;
mod toast;
mod tone;
mod tooltip;

pub use avatar::{Avatar, AvatarShape, AvatarSize};
pub use avatar_preview::AvatarPreview;
pub use badge::Badge;
pub use banner::Banner;
pub use banners::Banners;
pub use breadcrumb::{Breadcrumb, Crumb};
pub use button::{Button, ButtonKind, ButtonSize, ButtonVariant};
pub use card::Card;
pub use chart::{BarChart, ChartPoint, ChartSeries, LineChart, Sparkline};
pub use checkbox::Checkbox;
pub use code_block::CodeBlock;
pub use combobox::{Combobox, ComboboxOption};
pub use command_palette::{CommandPalette, PaletteItem};
pub use confirm::Confirm;
pub use copy_button::CopyButton;
pub use countdown::Countdown;
pub use date_time::DateTime;
pub use dialog::Dialog;
pub use drawer::Drawer;
pub use empty_state::EmptyState;
pub use field::Field;
pub use file_input::FileInput;
pub use form_errors::{FieldError, FormErrorSummary};
pub use frame::{AppFrame, AuthFrame, NavGroup, NavLink, SidebarTrigger, SiteFrame, SkipLink};
pub use gallery::Gallery;
pub use icon::{Icon, IconName, IconSize};
pub use icon_button::IconButton;
pub use inline_edit::InlineEdit;
pub use key_value::{KeyValue, KeyValueList};
pub use link::{Link, LinkTone};
pub use live_check::LiveCheck;
pub use menu::{Menu, MenuAlign, MenuItem, MenuLabel, MenuSeparator};
pub use meter::Meter;
pub use page_header::PageHeader;
pub use pagination::{PageLink, Pagination};
pub use palette_search::PaletteSearch;
pub use passkey::{PasskeyAct, PasskeyForm, PasskeyTexts};
pub use password_input::PasswordInput;
pub use password_strength::PasswordStrength;
pub use pill::Pill;
pub use prompt::Prompt;
pub use radio_group::{RadioGroup, RadioOption};
pub use segments::{Segment, Segments};
pub use select::{Select, SelectOption};
pub use skeleton::{Skeleton, SkeletonShape};
pub use stat::{Stat, Trend};
pub use status_dot::StatusDot;
pub use steps::{Step, StepState, Steps};
pub use switch::Switch;
pub use switcher::{Switcher, SwitcherEntry};
pub use table::{Align, Column, SortOrder, Table, TableCell, TableRow};
pub use tabs::{Tab, Tabs};
pub use text::{MaybeText, Text};
pub use text_input::{InputKind, TextInput};
pub use textarea::Textarea;
pub use theme_toggle::{Theme, ThemeToggle};
pub use timeline::{Timeline, TimelineItem};
pub use toast::{Toast, ToastRegion};
pub use tone::Tone;
pub use tooltip::Tooltip;
