//! What the program says of itself while it runs.

use tracing_subscriber::EnvFilter;

use crate::config::{Config, Environment};

/// Lines for people in development, JSON for machines in production.
pub fn start(config: &Config) {
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&config.log))
        .with_writer(std::io::stderr);
    // A second start in one process, as in tests, keeps the first.
    let _ = match config.environment {
        Environment::Production => subscriber.json().try_init(),
        Environment::Development => subscriber.compact().try_init(),
    };
}
