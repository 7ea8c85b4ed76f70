// What nobody can do in the browser yet: the database of the suite's server, as its superuser.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import pg from 'pg';

import { databaseFolder } from './server.ts';

let plans = 0;

/** Puts an organization on a plan of its own. */
export async function planOf(slug: string, limits: { members: number }): Promise<void> {
  plans += 1;
  const key = `test_${process.pid}_${plans}`;
  await asSuperuser(async (client) => {
    await client.query('insert into plans (key, name, position, is_public) values ($1, $1, 0, false)', [key]);
    await client.query("insert into plan_limits (plan_key, limit_key, allowed) values ($1, 'members', $2)", [
      key,
      limits.members,
    ]);
    await put(client, slug, key);
  });
}

/** Puts an organization on one of the plans that are sold. */
export async function onPlan(slug: string, key: string): Promise<void> {
  await asSuperuser((client) => put(client, slug, key));
}

/** Puts a job into the queue that has failed as often as it may, and says its id. Done again, it would succeed. */
export async function failedJob(error: string): Promise<string> {
  let id = '';
  await asSuperuser(async (client) => {
    // Not yet due, so that no worker takes it before it has failed.
    const { rows } = await client.query<{ id: string }>(
      "select id from graphile_worker.add_job('clean_up', '{}'::json, run_at := now() + interval '1 day')",
    );
    id = String(rows[0]!.id);
    await client.query(
      'update graphile_worker._private_jobs set attempts = max_attempts, last_error = $2, run_at = now() where id = $1',
      [id, error],
    );
  });
  return id;
}

async function put(client: pg.Client, slug: string, key: string): Promise<void> {
  const { rowCount } = await client.query('update tenants set plan_key = $1 where slug = $2', [key, slug]);
  if (rowCount !== 1) throw new Error(`no organization at ${slug}`);
}

async function asSuperuser(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const folder = databaseFolder(process.env.PLINTH_TEST_FOLDER!);
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[3]),
    user: 'postgres',
    password: readFileSync(join(folder, 'password'), 'utf8').trim(),
    database: 'plinth',
  });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
