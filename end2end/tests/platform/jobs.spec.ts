// The jobs: what the clock asks for is done at once, and its run is in the history.

import { enterDemo } from '../../support/people.ts';
import { awake } from '../../support/sound.ts';
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
