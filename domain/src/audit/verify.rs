//! Whether anybody has tampered with the log: every chain is followed from its beginning to its end.

use contract::ids::TenantId;
use sqlx::PgPool;
use uuid::Uuid;

use crate::Result;

/// What following the chains has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every entry is as it was written. How many entries, in how many chains, and how many had their details erased.
    Whole {
        chains: u64,
        entries: u64,
        redacted: u64,
    },
    Broken(Break),
}

/// The first entry that is not as it was written, in the order of organizations, chains and positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// [`super::NO_TENANT`] for what belongs to no organization.
    pub tenant: TenantId,
    /// Where the organization is found today.
    pub slug: Option<String>,
    pub chain: Uuid,
    pub position: i64,
    /// `None` when the entry itself is missing.
    pub entry: Option<Uuid>,
    pub damage: Damage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The entry is gone, or another one is in its place.
    Missing,
    /// What the entry says, or what it follows, is not what was written.
    Changed,
    /// Its details are not what was written.
    DetailsChanged,
    /// Entries at the end of the chain are gone.
    CutOff,
    /// The chain goes on behind its end.
    Added,
}

/// Reads the whole log, as the owner of the tables.
pub async fn verify(owner: &PgPool) -> Result<Verdict> {
    // One pass in the order of the index. A broken position is the first one that does not follow the one before it.
    let broken = sqlx::query!(
        r#"with entries as (
            select a.*,
                lag(a.position, 1, 0::bigint) over chain as previous_position,
                lag(a.hash, 1, sha256('')) over chain as previous_hash
            from audit_log a
            window chain as (partition by a.tenant_id, a.chain_id order by a.position)
        ), ends as (
            select distinct on (tenant_id, chain_id) tenant_id, chain_id, position, hash, id
            from audit_log order by tenant_id, chain_id, position desc
        ), breaks as (
            select tenant_id, chain_id, previous_position + 1 as position, null::uuid as id, 'missing' as damage
            from entries where position <> previous_position + 1
            union all
            select tenant_id, chain_id, position, id, 'changed' from entries
            where position = previous_position + 1 and hash is distinct from audit_entry_hash(
                previous_hash, tenant_id, chain_id, position, id, occurred_at, action, origin, actor_user_id,
                on_behalf_of_user_id, subject_type, subject_id, request_id, details_hash)
            union all
            select tenant_id, chain_id, position, id, 'details_changed' from entries
            where redacted_at is null
                and details_hash is distinct from audit_details_hash(details_salt, before, after, address, user_agent)
            union all
            -- Where the log ends is written down beside it.
            select tenant_id, chain_id, least(coalesce(e.position, 0), coalesce(c.position, 0)) + 1, null,
                case when coalesce(e.position, 0) < coalesce(c.position, 0) then 'cut_off' else 'added' end
            from ends e full join audit_chains c using (tenant_id, chain_id)
            where coalesce(e.position, 0) <> coalesce(c.position, 0)
            union all
            select tenant_id, chain_id, e.position, e.id, 'changed'
            from ends e join audit_chains c using (tenant_id, chain_id) where e.position = c.position and e.hash <> c.hash
        )
        select b.tenant_id as "tenant_id!", b.chain_id as "chain_id!", b.position as "position!",
            coalesce(b.id, a.id) as "id?", b.damage as "damage!", t.slug::text as "slug?"
        from breaks b
        left join tenants t on t.id = b.tenant_id
        left join audit_log a on b.damage = 'added'
            and a.tenant_id = b.tenant_id and a.chain_id = b.chain_id and a.position = b.position
        order by 1, 2, 3, 5 limit 1"#
    )
    .fetch_optional(owner)
    .await?;
    if let Some(row) = broken {
        return Ok(Verdict::Broken(Break {
            tenant: row.tenant_id.into(),
            slug: row.slug,
            chain: row.chain_id,
            position: row.position,
            entry: row.id,
            damage: match row.damage.as_str() {
                "missing" => Damage::Missing,
                "details_changed" => Damage::DetailsChanged,
                "cut_off" => Damage::CutOff,
                "added" => Damage::Added,
                _ => Damage::Changed,
            },
        }));
    }
    let figures = sqlx::query!(
        r#"select count(distinct (tenant_id, chain_id)) as "chains!", count(*) as "entries!", count(redacted_at) as "redacted!"
        from audit_log"#
    )
    .fetch_one(owner)
    .await?;
    let figure = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(Verdict::Whole {
        chains: figure(figures.chains),
        entries: figure(figures.entries),
        redacted: figure(figures.redacted),
    })
}

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;

    use super::*;
    use crate::testing::{TestDatabase, deps, organization, person, project};

    async fn tampered(with: &str) -> (Verdict, i64) {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        for number in 0..4 {
            project(&deps, &acme, &format!("Project {number}")).await;
        }
        let whole = verify(database.owner()).await.unwrap();
        assert!(
            matches!(
                whole,
                Verdict::Whole {
                    chains: 2,
                    entries: 6,
                    redacted: 0
                }
            ),
            "{whole:?}"
        );
        let target = format!("tenant_id = '{}' and position = 3", acme.tenant().id);
        let done = sqlx::raw_sql(AssertSqlSafe(with.replace("$target", &target)))
            .execute(database.owner())
            .await
            .unwrap();
        assert!(done.rows_affected() > 0);
        (verify(database.owner()).await.unwrap(), 3)
    }

    async fn damage(with: &str) -> (Damage, i64) {
        match tampered(with).await.0 {
            Verdict::Broken(broken) => (broken.damage, broken.position),
            whole @ Verdict::Whole { .. } => panic!("{with}: {whole:?}"),
        }
    }

    #[tokio::test]
    async fn whoever_tampers_as_superuser_is_found_out() {
        assert_eq!(
            damage("update audit_log set action = 'project.deleted' where $target").await,
            (Damage::Changed, 3)
        );
        assert_eq!(
            damage("update audit_log set actor_user_id = gen_random_uuid() where $target").await,
            (Damage::Changed, 3)
        );
        assert_eq!(
            damage("update audit_log set after = '{\"name\": \"Another\"}' where $target").await,
            (Damage::DetailsChanged, 3)
        );
        assert_eq!(
            damage("delete from audit_log where $target").await,
            (Damage::Missing, 3)
        );
        assert_eq!(
            damage("delete from audit_log where position > 3 and tenant_id in (select tenant_id from audit_log where $target)").await,
            (Damage::CutOff, 4)
        );
        let swapped = "alter table audit_log drop constraint audit_log_pkey; drop index audit_log_chain_key;
            update audit_log l set position = 7 - l.position
            where l.position in (3, 4) and l.tenant_id in (select tenant_id from audit_log where $target)";
        assert_eq!(damage(swapped).await, (Damage::Changed, 3));
        // The details of another entry, with the salt and the digest that belong to them.
        let moved =
            "update audit_log l set after = o.after, details_salt = o.details_salt, details_hash = o.details_hash
            from audit_log o where o.tenant_id = l.tenant_id and o.position = 4
            and l.position = 3 and l.tenant_id in (select tenant_id from audit_log where $target)";
        assert_eq!(damage(moved).await, (Damage::Changed, 3));
        let unsalted = "update audit_log set redacted_at = now(), details_salt = null, before = null, after = null,
            address = null, user_agent = null, details_hash = sha256('') where $target";
        assert_eq!(
            damage(unsalted).await,
            (Damage::Changed, 3),
            "an erased entry keeps its digest"
        );
    }

    /// An entry of somebody who knows how hashes are made. Nothing is wrong with it but that nobody wrote it.
    const FORGED: &str = "insert into audit_log (tenant_id, chain_id, id, occurred_at, action, origin, subject_type, position,
            details_salt, details_hash, hash)
        select l.tenant_id, l.chain_id, '00000000-0000-0000-0000-0000000000ff', l.occurred_at, 'tenant.updated', 'system',
            'tenant', l.position + 1, 'salt', d.hash, audit_entry_hash(l.hash, l.tenant_id, l.chain_id, l.position + 1,
                '00000000-0000-0000-0000-0000000000ff', l.occurred_at, 'tenant.updated', 'system', null, null, 'tenant', null,
                null, d.hash)
        from audit_log l, (select audit_details_hash('salt', null, null, null, null) as hash) d
        where l.position = 5 and l.tenant_id in (select tenant_id from audit_log where $target)";

    #[tokio::test]
    async fn whoever_knows_how_hashes_are_made_is_found_out_at_the_next_entry_or_at_the_end() {
        let mended = "update audit_log set action = 'project.deleted', hash = audit_entry_hash(
            (select p.hash from audit_log p where p.chain_id = audit_log.chain_id and p.position = 2), tenant_id, chain_id,
            position, id, occurred_at, 'project.deleted', origin, actor_user_id, on_behalf_of_user_id, subject_type,
            subject_id, request_id, details_hash) where $target";
        assert_eq!(
            damage(mended).await,
            (Damage::Changed, 4),
            "the next one does not follow it"
        );
        let last = mended.replace("p.position = 2", "p.position = 4").replace(
            "$target",
            "position = 5 and tenant_id in (select tenant_id from audit_log where $target)",
        );
        assert_eq!(damage(&last).await, (Damage::Changed, 5), "the end is written down");
        let (Verdict::Broken(added), _) = tampered(FORGED).await else {
            panic!("an entry was added")
        };
        assert_eq!((added.damage, added.position), (Damage::Added, 6));
        assert_eq!(added.entry.map(|id| id.as_u128()), Some(0xff));
        // An added one with the end moved as well makes a longer chain, which the next real entry would follow: whoever
        // can rewrite everything is found out by an export that is kept elsewhere alone.
        let unended = "delete from audit_chains where tenant_id in (select tenant_id from audit_log where $target)";
        assert_eq!(damage(unended).await, (Damage::Added, 1), "a log without an end");
        let emptied = "delete from audit_log where tenant_id in (select tenant_id from audit_log where $target)";
        assert_eq!(damage(emptied).await, (Damage::CutOff, 1));
    }

    #[tokio::test]
    async fn erasing_what_tells_about_a_person_leaves_the_chain_whole() {
        let erase = "update audit_log set before = null, after = null, address = null, user_agent = null,
            details_salt = null, redacted_at = now() where $target";
        assert_eq!(
            tampered(erase).await.0,
            Verdict::Whole {
                chains: 2,
                entries: 6,
                redacted: 1
            }
        );
    }

    #[tokio::test]
    async fn parallel_writers_make_one_chain() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let writers = (0..50).map(|number| {
            let (deps, acme) = (deps.clone(), acme.clone());
            tokio::spawn(async move {
                let mut transaction = acme.begin(&deps).await.unwrap();
                acme.audit(crate::audit::Action::TenantUpdated)
                    .after(serde_json::json!({ "number": number }))
                    .write(&mut transaction, &deps)
                    .await
                    .unwrap();
                transaction.commit().await.unwrap();
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let verdict = verify(database.owner()).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole { entries: 52, .. }), "{verdict:?}");
    }
}
