//! The queue, through the front door.

use contract::staff::StaffRole;

use super::world::{World, staff_browser};
use crate::harness::Product;

#[tokio::test]
async fn staff_find_a_job_that_failed_and_have_it_done_again() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    sqlx::query(
        "update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'the post office is closed' \
         where id = $1",
    )
    .bind(world.job)
    .execute(product.database.owner())
    .await
    .unwrap();
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    let found = sue.get("/platform/jobs?standing=failed").await;
    let path = format!("/platform/jobs/{}", world.job);
    assert!(found.body.contains(&path) && found.body.contains("the post office is closed"));
    assert!(found.body.contains("No worker was heard of"), "nobody does it");

    let page = sue.get(&path).await;
    assert!(page.body.contains("Do it now") && page.body.contains("Take out of the queue"));
    let job = world.job.to_string();
    let fields = [("job", job.as_str())];
    let pressed = sue
        .post_form(&path, "/api/app/platform/jobs/retry_job/retry_job", &fields)
        .await;
    assert_eq!(pressed.location(), Some("/platform/jobs"));
    let told = sue.follow(&pressed).await;
    assert!(told.body.contains("The job is done as soon as a worker is free."));
    let ready = sue.get("/platform/jobs?standing=ready&task=clean_up").await;
    assert!(ready.body.contains(&path));

    // Who only helps sees it, and finds no button that would be refused.
    let mut sam = staff_browser(&product, "sam", StaffRole::Support).await;
    let page = sam.get(&path).await;
    assert!(page.status == 200 && !page.body.contains("Take out of the queue"));
    assert!(!sam.get("/platform/jobs/schedule").await.body.contains("start_task"));
    let gone = sue.get("/platform/jobs/999999999").await;
    assert_eq!(gone.status, 404);
    let nonsense = sue.get("/platform/jobs/no-number").await;
    assert_eq!(nonsense.status, 404);
}
