//! Whom passkeys are made for: this installation, by the domain of its address.

use std::sync::Arc;

use url::{Host, Url};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::Result;

/// As a device shows whose passkey it is.
const NAME: &str = "Plinth";

/// Why browsers make no passkeys for an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// It has a number in the place of a domain, to which a passkey would be bound.
    NoDomain,
    /// It is not https, nor on this machine.
    NotSecure,
}

/// Who asks for passkeys. Cheap to clone.
#[derive(Debug, Clone)]
pub struct RelyingParty(std::result::Result<Arc<Webauthn>, Unavailable>);

impl RelyingParty {
    /// By the address at which people reach the product. Passkeys belong to its domain: under another one they are worth nothing.
    pub fn of(base_url: &str) -> Self {
        Self(webauthn(base_url).map(Arc::new))
    }

    /// Why there are none, if there are none.
    pub fn unavailable(&self) -> Option<Unavailable> {
        self.0.as_ref().err().copied()
    }

    /// Where there are none, there is nothing to do with them either.
    pub(super) fn webauthn(&self) -> Result<&Webauthn> {
        match &self.0 {
            Ok(webauthn) => Ok(webauthn),
            Err(_) => Err(contract::Error::NotFound.into()),
        }
    }
}

fn webauthn(base_url: &str) -> std::result::Result<Webauthn, Unavailable> {
    let url = Url::parse(base_url).map_err(|_| Unavailable::NoDomain)?;
    let Some(Host::Domain(domain)) = url.host() else {
        return Err(Unavailable::NoDomain);
    };
    let on_this_machine = domain == "localhost" || domain.ends_with(".localhost");
    if url.scheme() != "https" && !on_this_machine {
        return Err(Unavailable::NotSecure);
    }
    WebauthnBuilder::new(domain, &url)
        .and_then(|builder| builder.rp_name(NAME).build())
        .map_err(|_| Unavailable::NoDomain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_domain_and_a_secure_page() {
        for (address, expected) in [
            ("https://app.plinth.example", None),
            ("https://app.plinth.example:8443", None),
            ("http://localhost:3000", None),
            ("http://plinth.localhost:3000", None),
            ("http://127.0.0.1:3000", Some(Unavailable::NoDomain)),
            ("https://192.0.2.7", Some(Unavailable::NoDomain)),
            ("http://[::1]:3000", Some(Unavailable::NoDomain)),
            ("http://plinth.example", Some(Unavailable::NotSecure)),
            ("", Some(Unavailable::NoDomain)),
        ] {
            assert_eq!(RelyingParty::of(address).unavailable(), expected, "{address}");
        }
    }
}
