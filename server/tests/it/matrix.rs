//! Every role before every function and every page. What a role lacks is refused, what it has is not, and no page offers
//! what the server would refuse.

use std::collections::{BTreeMap, BTreeSet};

use contract::{
    Error,
    iam::{DefaultRole, MemberType, NOT_FOR_GUESTS, Permission, PermissionSet},
    ids::UserId,
};
use domain::{actor::OrgActor, testing::join};

use crate::{
    functions,
    harness::{Browser, Product},
    work::Work,
};

/// What a page shows only when it is asked for. A function that no page offers below has its page added here.
const VIEWS: [&str; 7] = [
    "/o/{org}/projects?filter=archived",
    "/o/{org}/projects?filter=bin",
    "/o/{org}/projects/{project}?edit=1",
    "/o/{org}/projects/{project}?task={task}",
    "/o/{org}/people/{person}/role?role={empty_role}",
    "/o/{org}/ownership?person={person}",
    "/o/{org}/settings/danger?confirm=pause",
];

/// What an organization that was paused or deleted offers.
const ENDINGS: [&str; 2] = [
    "status = 'deactivated'",
    "status = 'deleting', purge_after = now() + interval '30 days'",
];

/// Somebody's place in the organization, and what it comes to.
struct Place {
    key: String,
    member_type: MemberType,
    rights: PermissionSet,
}

/// The default roles; for each right, a role with that one alone and one with all others; and a guest with all of them.
fn places() -> Vec<Place> {
    let everything: PermissionSet = Permission::ALL.iter().copied().collect();
    let place = |key: String, rights| Place {
        key,
        member_type: MemberType::Member,
        rights,
    };
    let mut places: Vec<Place> = DefaultRole::ALL
        .iter()
        .map(|role| place(role.key().to_owned(), role.permissions().iter().copied().collect()))
        .collect();
    for (number, &right) in Permission::ALL.iter().enumerate() {
        places.push(place(format!("only_{number}"), PermissionSet::default().with(right)));
        places.push(place(format!("all_but_{number}"), everything.without(right)));
    }
    places.push(Place {
        key: DefaultRole::Owner.key().to_owned(),
        member_type: MemberType::Guest,
        rights: NOT_FOR_GUESTS
            .iter()
            .fold(everything, |rights, right| rights.without(*right)),
    });
    places
}

/// An organization with all these roles, things to work on, and a member to put in each place.
struct Stage {
    product: Product,
    acme: OrgActor,
    work: Work,
    member: UserId,
    browser: Browser,
    places: Vec<Place>,
}

impl Stage {
    async fn new() -> Self {
        let product = Product::new().await;
        let (acme, _) = product.owner("ann", "acme").await;
        let work = Work::of(&product, &acme).await;
        let places = places();
        for place in &places {
            sqlx::query(
                "with made as ( \
                    insert into iam_roles (tenant_id, id, key, name, is_default, created_at) \
                    values ($1, gen_random_uuid(), $2, $2, false, now()) on conflict do nothing returning tenant_id, id \
                 ) insert into iam_role_permissions (tenant_id, role_id, permission) \
                 select tenant_id, id, permission from made, unnest($3::text[]) as permission",
            )
            .bind(acme.tenant().id.0)
            .bind(&place.key)
            .bind(place.rights.iter().map(|right| right.key().to_owned()).collect::<Vec<_>>())
            .execute(product.database.owner())
            .await
            .unwrap();
        }
        let (bob, browser) = product.person("bob").await;
        join(&product.database, &product.deps, &acme, &bob, "member").await;
        sqlx::query("update ownership_offers set offered_to = $1")
            .bind(bob.id().0)
            .execute(product.database.owner())
            .await
            .unwrap();
        Self {
            member: bob.id(),
            product,
            acme,
            work,
            browser,
            places,
        }
    }

    /// Puts the member there, in an organization that lives, whatever the last call did to either. It is found at the
    /// address that is returned.
    async fn put(&self, place: &Place) -> String {
        sqlx::query_scalar(
            "with placed as ( \
             insert into tenant_members (tenant_id, user_id, role_id, member_type, joined_at, updated_at) \
             select tenant_id, $2, id, $4, now(), now() from iam_roles where tenant_id = $1 and key = $3 \
             on conflict (tenant_id, user_id) do update \
             set role_id = excluded.role_id, member_type = excluded.member_type, status = 'active' \
             ) update tenants set status = 'active', purge_after = null, deleted_at = null where id = $1 returning slug::text",
        )
        .bind(self.acme.tenant().id.0)
        .bind(self.member.0)
        .bind(&place.key)
        .bind(place.member_type.key())
        .fetch_one(self.product.database.owner())
        .await
        .unwrap()
    }
}

#[tokio::test]
async fn what_a_role_lacks_is_refused_and_changes_nothing() {
    let mut stage = Stage::new().await;
    let without_places = |mut snapshot: BTreeMap<String, String>| {
        snapshot.remove("tenant_members");
        snapshot
    };
    let before = without_places(stage.product.snapshot().await);
    for place in &stage.places {
        stage.put(place).await;
        for function in functions::all().filter(|function| !function.guard.admits(place.rights)) {
            let answer = function.call(&mut stage.browser, &stage.work, &stage.work.slug).await;
            assert_eq!(answer.status, 403, "{} as {}", function.path, place.key);
            assert_eq!(answer.error(), Error::Forbidden, "{} as {}", function.path, place.key);
        }
    }
    assert_eq!(before, without_places(stage.product.snapshot().await));
}

#[tokio::test]
async fn what_a_role_includes_is_not_refused() {
    let mut stage = Stage::new().await;
    for function in functions::all().filter(|function| function.guard.is_inside()) {
        for place in stage.places.iter().filter(|place| function.guard.admits(place.rights)) {
            let slug = stage.put(place).await;
            let answer = function.call(&mut stage.browser, &stage.work, &slug).await;
            // The thing may be gone by the call of another, but nobody is told that it is not for them.
            let refused = answer.status == 403 && answer.error() == Error::Forbidden;
            assert!(
                !refused && !answer.is_fault() && answer.status != 401,
                "{} as {}: {answer:?}",
                function.path,
                place.key
            );
        }
    }
}

#[tokio::test]
async fn pages_offer_nothing_that_would_be_refused() {
    let mut stage = Stage::new().await;
    let routes = server::http::page_routes();
    let pages: Vec<String> = routes
        .iter()
        .map(leptos_axum::AxumRouteListing::path)
        .filter(|route| route.contains("{org}"))
        .chain(VIEWS)
        .map(|route| stage.work.page(route))
        .collect();
    let mut offered = BTreeSet::new();
    // What shows without its right shows to who has all the others: a role with one right alone would show nothing more.
    for place in stage.places.iter().filter(|place| !place.key.starts_with("only_")) {
        stage.put(place).await;
        for page in &pages {
            let answer = stage.browser.get(page).await;
            // What a guest was not given is not there.
            let hidden = answer.status == 404 && place.member_type == MemberType::Guest;
            assert!(
                hidden || matches!(answer.status.as_u16(), 200 | 302 | 403),
                "{page} as {}: {answer:?}",
                place.key
            );
            for path in functions_in(&answer.body) {
                let function = functions::all().find(|function| function.path == path);
                let function = function.unwrap_or_else(|| panic!("{page} leads to {path}, which is nowhere"));
                assert!(
                    function.guard.admits(place.rights),
                    "{page} offers {path} to {}",
                    place.key
                );
                offered.insert(path);
            }
        }
    }
    for ending in ENDINGS {
        offered.extend(offered_after(&stage, ending, &pages).await);
    }
    // What is offered to nobody was not tested. Nothing can be bought here, so that nothing of the bills is offered.
    let untested: Vec<&str> = functions::all()
        .filter(|function| function.guard.is_inside() && !function.reads() && !function.is_about_bills())
        .filter(|function| !offered.contains(function.path))
        .map(|function| function.path)
        .collect();
    assert!(untested.is_empty(), "no page leads to {untested:?}");
}

/// From where one comes in, every way leads to what one may see. One page of a kind is as good as another.
#[tokio::test]
async fn nobody_is_led_to_a_closed_door() {
    let mut stage = Stage::new().await;
    let own = format!("/o/{}/people/{}", stage.work.slug, stage.member);
    let mut closed = Vec::new();
    for place in &stage.places {
        let slug = stage.put(place).await;
        let inside = format!("/o/{slug}/");
        let mut ways = vec![
            (own.clone(), String::new()),
            (format!("{inside}projects"), String::new()),
        ];
        let mut seen = BTreeSet::new();
        while let Some((to, from)) = ways.pop() {
            if !seen.insert(kind_of(&to)) {
                continue;
            }
            let answer = stage.browser.get(&to).await;
            if answer.status == 403 {
                closed.push(format!("{from} leads {} to {to}", place.key));
            }
            let links = links_in(&answer.body).into_iter();
            let next = links.chain(answer.location().map(ToOwned::to_owned));
            ways.extend(
                next.filter(|link| link.starts_with(&inside))
                    .map(|link| (link, to.clone())),
            );
        }
        let invites = place.rights.contains(Permission::MembersInvite) && place.member_type == MemberType::Member;
        let found = seen.contains(&format!("{inside}people/invite"));
        assert_eq!(found, invites, "the way to invite as {}", place.key);
    }
    assert!(closed.is_empty(), "{closed:#?}");
}

#[tokio::test]
async fn nothing_that_one_may_do_ends_at_a_closed_door() {
    let mut stage = Stage::new().await;
    let mut closed = Vec::new();
    for function in functions::all().filter(|function| function.guard.is_inside() && !function.reads()) {
        for place in stage.places.iter().filter(|place| function.guard.admits(place.rights)) {
            let slug = stage.put(place).await;
            let landed = function.press(&mut stage.browser, &stage.work, &slug).await;
            let Some(to) = landed.location().filter(|to| to.starts_with("/o/")) else {
                continue;
            };
            if stage.browser.get(to).await.status == 403 {
                closed.push(format!("{} leads {} to {to}", function.path, place.key));
            }
        }
    }
    assert!(closed.is_empty(), "{closed:#?}");
}

fn kind_of(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let parts = path.split('/').map(|part| match part.parse::<uuid::Uuid>() {
        Ok(_) => "{id}",
        Err(_) => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The pages that a page leads to.
fn links_in(html: &str) -> BTreeSet<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '#']).next())
        .map(|link| link.replace("&amp;", "&"))
        .collect()
}

/// What an organization in this state offers to who may end it, and to who is kept out, none of which is refused there.
async fn offered_after(stage: &Stage, ending: &str, pages: &[String]) -> BTreeSet<String> {
    let end = async |place: &Place| {
        stage.put(place).await;
        let set = format!("update tenants set {ending} where id = '{}'", stage.acme.tenant().id);
        let owner = stage.product.database.owner();
        sqlx::raw_sql(sqlx::AssertSqlSafe(set)).execute(owner).await.unwrap();
    };
    let (mut browser, mut offered) = (stage.browser.clone(), BTreeSet::new());
    let mut everything = None;
    // Who is let in sees by their rights what was looked at above: here it is the state that decides.
    for place in stage
        .places
        .iter()
        .filter(|place| DefaultRole::from_key(&place.key).is_some())
    {
        end(place).await;
        let inside = place.rights.contains(Permission::TenantDelete);
        for page in pages {
            let answer = browser.get(page).await;
            let outside = !inside && !page.ends_with("/leave");
            let fits = if outside {
                answer.status == 409
            } else {
                // Without what a page is about it leads to where that is chosen.
                matches!(answer.status.as_u16(), 200 | 302 | 403 | 404)
            };
            assert!(fits, "{page} after {ending} as {}: {}", place.key, answer.status);
            offered.extend(functions_in(&answer.body));
        }
        if inside && place.member_type == MemberType::Member {
            everything = Some(place);
        }
    }
    offered.retain(|path| functions::all().any(|function| function.path == path && function.guard.is_inside()));
    let mut refused = Vec::new();
    for function in functions::all().filter(|function| offered.contains(function.path)) {
        end(everything.unwrap()).await;
        let answer = function.call(&mut browser, &stage.work, &stage.work.slug).await;
        if !answer.status.is_success() && answer.error() == Error::TenantInactive {
            refused.push(function.path);
        }
    }
    assert!(refused.is_empty(), "after {ending} a page offers {refused:?}");
    offered
}

/// The functions that a page names: in its forms, its buttons, and the properties of its islands.
fn functions_in(html: &str) -> BTreeSet<String> {
    html.match_indices("/api/app/")
        .map(|(start, _)| {
            html[start..]
                .chars()
                .take_while(|letter| letter.is_ascii_lowercase() || matches!(letter, '/' | '_' | '0'..='9'))
                .collect()
        })
        .collect()
}
