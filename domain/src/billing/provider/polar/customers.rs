//! Customers. One for every organization, with the organization's id as its external id.
//!
//! A customer's address is unique among all customers, and somebody may own several organizations: so ours have none. They
//! are of the type `team`, and people are their members, who may be members of as many as they like.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use contract::ids::TenantId;
use serde::{Deserialize, Serialize};

use super::{Polar, client::part, metadata};
use crate::billing::provider::{
    Customer, CustomerId, NewCustomer, NewPortalSession, Person, PortalSession, ProviderError,
};

/// As Polar tells it.
#[derive(Debug, Deserialize)]
pub struct CustomerObject {
    id: String,
    external_id: Option<String>,
    name: Option<String>,
    email: Option<String>,
    deleted_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    modified_at: Option<DateTime<Utc>>,
}

impl From<CustomerObject> for Customer {
    fn from(object: CustomerObject) -> Self {
        Self {
            id: object.id.into(),
            tenant: object.external_id.as_deref().and_then(metadata::tenant),
            name: object.name,
            email: object.email,
            deleted: object.deleted_at.is_some(),
            created_at: object.created_at,
            modified_at: object.modified_at.unwrap_or(object.created_at),
        }
    }
}

/// The customer inside of another object: only whose it is.
#[derive(Debug, Deserialize)]
pub struct CustomerOf {
    external_id: Option<String>,
}

impl CustomerOf {
    pub fn tenant(&self) -> Option<TenantId> {
        self.external_id.as_deref().and_then(metadata::tenant)
    }
}

#[derive(Debug, Serialize)]
struct CreateCustomer<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    external_id: String,
    name: &'a str,
    owner: MemberFields<'a>,
    metadata: BTreeMap<String, String>,
}

#[derive(Debug, Serialize)]
struct MemberFields<'a> {
    email: &'a str,
    name: &'a str,
    /// The person's id.
    external_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
}

#[derive(Debug, Deserialize)]
struct MemberObject {
    id: String,
    email: String,
}

#[derive(Debug, Serialize)]
struct CreateSession<'a> {
    customer_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_member_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_url: Option<&'a str>,
}

#[derive(Deserialize)]
struct SessionObject {
    customer_portal_url: String,
    expires_at: DateTime<Utc>,
}

impl Polar {
    pub(super) async fn find_customer(&self, tenant: TenantId) -> Result<Option<Customer>, ProviderError> {
        let path = ["customers", "external", &tenant.to_string()];
        known(self.client.get(&path).await)
    }

    pub(super) async fn read_customer(&self, id: CustomerId) -> Result<Option<Customer>, ProviderError> {
        // What cannot be an id there names nobody.
        match part(id.as_str()) {
            Ok(id) => known(self.client.get(&["customers", id]).await),
            Err(_) => Ok(None),
        }
    }

    pub(super) async fn find_or_create_customer(&self, new: NewCustomer) -> Result<CustomerId, ProviderError> {
        if let Some(customer) = self.find_customer(new.tenant).await? {
            return Ok(customer.id);
        }
        let created = self
            .client
            .post::<CustomerObject>(
                &["customers", ""],
                &CreateCustomer {
                    kind: "team",
                    external_id: new.tenant.to_string(),
                    name: &new.name,
                    owner: MemberFields {
                        email: &new.owner.email,
                        name: &new.owner.name,
                        external_id: new.owner.user.to_string(),
                        role: None,
                    },
                    metadata: metadata::of_tenant(new.tenant, BTreeMap::new()),
                },
            )
            .await;
        match created {
            Ok(object) => Ok(object.id.into()),
            // Somebody was faster, or our own question of before was heard after all.
            Err(refused @ ProviderError::Refused { .. }) => self
                .find_customer(new.tenant)
                .await?
                .map(|customer| customer.id)
                .ok_or(refused),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn open_portal(&self, new: NewPortalSession) -> Result<PortalSession, ProviderError> {
        let mut session = CreateSession {
            customer_id: new.customer.as_str(),
            external_member_id: Some(new.person.user.to_string()),
            member_id: None,
            return_url: new.return_url.as_deref(),
        };
        let opened = match self.client.post(&["customer-sessions", ""], &session).await {
            Err(error) if is_about(&error, "external_member_id") => {
                session.external_member_id = None;
                session.member_id = Some(self.become_member(&new.customer, &new.person).await?);
                self.client.post(&["customer-sessions", ""], &session).await
            }
            opened => opened,
        };
        let SessionObject {
            customer_portal_url,
            expires_at,
        } = opened?;
        Ok(PortalSession {
            url: customer_portal_url,
            expires_at,
        })
    }

    /// The member's id. Addresses are unique within a customer: who was put there by hand, without our id, is the same person.
    async fn become_member(&self, customer: &CustomerId, person: &Person) -> Result<String, ProviderError> {
        let path = ["customers", part(customer.as_str())?, "members"];
        let created = self
            .client
            .post::<MemberObject>(
                &path,
                &MemberFields {
                    email: &person.email,
                    name: &person.name,
                    external_id: person.user.to_string(),
                    role: Some("billing_manager"),
                },
            )
            .await;
        match created {
            Ok(member) => Ok(member.id),
            Err(refused) if is_about(&refused, "email") => {
                let members: Vec<MemberObject> = self.client.list(&path, &[]).await?;
                members
                    .into_iter()
                    .find(|member| member.email.eq_ignore_ascii_case(&person.email))
                    .map(|member| member.id)
                    .ok_or(refused)
            }
            Err(error) => Err(error),
        }
    }
}

fn known(answer: Result<CustomerObject, ProviderError>) -> Result<Option<Customer>, ProviderError> {
    match answer {
        Ok(object) => Ok(Some(object.into())),
        Err(ProviderError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_about(error: &ProviderError, wrong: &str) -> bool {
    matches!(error, ProviderError::Refused { field, .. } if field.as_deref() == Some(wrong))
}
