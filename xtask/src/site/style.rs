//! One style sheet from many, for the browsers that are supported.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
    targets::{Browsers, Targets},
};

pub fn bundle(entry: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).map_err(|error| anyhow!("{error}"))?;
    // Older ones would have `light-dark()` and nesting rewritten for them, at everybody's cost.
    let browsers = Browsers {
        chrome: Some(123 << 16),
        firefox: Some(121 << 16),
        safari: Some((17 << 16) | (5 << 8)),
        ..Browsers::default()
    };
    let targets = Targets::from(browsers);
    sheet
        .minify(MinifyOptions {
            targets,
            ..MinifyOptions::default()
        })
        .map_err(|error| anyhow!("{error}"))?;
    let printed = sheet
        .to_css(PrinterOptions {
            minify: true,
            targets,
            ..PrinterOptions::default()
        })
        .map_err(|error| anyhow!("{error}"))?;
    Ok(printed.code)
}
