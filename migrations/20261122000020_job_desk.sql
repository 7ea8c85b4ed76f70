-- The staff's view of the jobs: what failed is looked for among what went well, which is a thousand times as much.
create index job_runs_failed on job_runs (finished_at desc, id desc) where outcome = 'failed';
create index job_runs_by_task on job_runs (task, finished_at desc, id desc);
