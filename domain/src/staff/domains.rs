//! Where staff come from.

use contract::email::EmailAddress;

/// The domains of whose addresses somebody may be invited to the staff. Nobody from anywhere else, and nobody at all when there
/// are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StaffDomains(Vec<String>);

impl StaffDomains {
    /// From a list with commas between. Refused with the entry that is no domain.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| match EmailAddress::parse(&format!("somebody@{part}")) {
                Ok(address) if !part.contains('@') => Ok(domain(&address)),
                _ => Err(part.to_owned()),
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub fn all(&self) -> &[String] {
        &self.0
    }

    /// Exactly one of them: a subdomain may be let to somebody else.
    pub fn admit(&self, address: &EmailAddress) -> bool {
        self.0.contains(&domain(address))
    }
}

fn domain(address: &EmailAddress) -> String {
    let folded = address.folded();
    folded
        .rsplit_once('@')
        .map_or_else(String::new, |(_, domain)| domain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(domains: &str, address: &str) -> bool {
        let domains = StaffDomains::parse(domains).unwrap();
        domains.admit(&EmailAddress::parse(address).unwrap())
    }

    #[test]
    fn only_the_domain_itself_counts() {
        assert!(admits("house.test, other.test", "ann@House.test"));
        assert!(admits(" HOUSE.test ,", "ann@house.TEST"));
        for outside in ["ann@house.test.evil.test", "ann@sub.house.test", "ann@nothouse.test"] {
            assert!(!admits("house.test", outside), "{outside}");
        }
        assert!(!admits("", "ann@house.test"));
    }

    #[test]
    fn what_is_no_domain_is_named() {
        for wrong in ["house", "ann@house.test", "house..test", "house test"] {
            assert_eq!(
                StaffDomains::parse(&format!("fine.test,{wrong}")),
                Err(wrong.to_owned())
            );
        }
    }
}
