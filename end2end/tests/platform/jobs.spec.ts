// The jobs: what the clock asks for is done at once, and its run is in the history; what failed is decided about.

import { failedJob } from '../../support/database.ts';
import { enterDemo } from '../../support/people.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, test } from '../../support/test.ts';

test('a scheduled task is done now and leaves a run', async ({ page, script }) => {
  await enterDemo(page, 'staff');
  await page.goto('/platform/jobs/schedule');
  await awake(page, script);
  await page.getByRole('button', { name: 'Do it now clean_up' }).click();
  await expect(page.getByText('The task is in the queue.')).toBeVisible();
  await expect
    .poll(async () => {
      await page.goto('/platform/jobs/history?task=clean_up');
      return page.getByRole('row').filter({ hasText: 'clean_up' }).filter({ hasText: 'Done' }).count();
    })
    .toBeGreaterThan(0);
  await page.goto('/platform/jobs');
  await expect(page.getByText('Workers at work')).toBeVisible();
  await expect(page.getByText('No worker was heard of')).toHaveCount(0);
});

test('support looks at the jobs and decides nothing about them', async ({ page, script }) => {
  await enterDemo(page, 'support');
  await page.goto('/platform/jobs/schedule');
  await awake(page, script);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Jobs');
  await expect(page.getByRole('button', { name: /Do it now/ })).toHaveCount(0);
});

test('what failed is read, and done again or taken out of the queue', async ({ page, person, script }) => {
  const error = `The post office of ${person.email} is closed`;
  const [again, never] = [await failedJob(error), await failedJob(error)];
  await enterDemo(page, 'staff');
  const main = page.getByRole('main');
  const open = async (job: string): Promise<void> => {
    await page.goto('/platform/jobs?standing=failed&task=clean_up');
    const row = main.getByRole('row').filter({ hasText: error }).filter({ has: page.locator(`a[href="/platform/jobs/${job}"]`) });
    await expect(row).toContainText('Failed');
    await row.getByRole('link', { name: 'clean_up' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Job ${job}`);
    await expect(main).toContainText(error);
    await awake(page, script);
  };

  await open(again);
  await expectSound(page, script);
  await main.getByRole('button', { name: 'Do it now' }).click();
  await expect(page.getByText('The job is done as soon as a worker is free.')).toBeVisible();
  // Done, it is in the queue no more.
  await expect
    .poll(async () => (await page.goto(`/platform/jobs/${again}`))?.status(), { timeout: 60_000 })
    .toBe(404);

  await open(never);
  await main.getByRole('button', { name: 'Take out of the queue' }).click();
  await expect(page.getByText('The job is out of the queue.')).toBeVisible();
  expect((await page.goto(`/platform/jobs/${never}`))?.status()).toBe(404);
  await page.goto('/platform/audit?what=job');
  const log = main.getByRole('table').first();
  for (const what of ['Had a job done now', 'Took a job out of the queue']) await expect(log).toContainText(what);
});
