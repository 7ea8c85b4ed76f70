// An organization lets support in, to a part of it and for some hours: asked for, answered, entered by a way that is good once,
// seen by everybody, and ended by either side. And once without being asked.

import type { Page } from '@playwright/test';

import { project } from '../../support/arrange.ts';
import { otherBrowser } from '../../support/browser.ts';
import { mailTo } from '../../support/mail.ts';
import { enterDemo } from '../../support/people.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, testAlone as test } from '../../support/test.ts';

/** By the organization's page among the staff's. */
async function askFor(support: Page, script: boolean, slug: string): Promise<void> {
  await support.goto(`/platform/tenants?search=${slug}`);
  await support.getByRole('main').getByRole('table').getByRole('link').first().click();
  await support.getByRole('link', { name: 'Ask to be let in' }).click();
  await awake(support, script && (await support.locator('leptos-island').count()) > 0);
}

/** From the page of the session into the organization. */
async function comeIn(support: Page, slug: string): Promise<void> {
  await support.getByRole('button', { name: 'Ask for the way in' }).click();
  await expect(support.getByText('The way in is open')).toBeVisible();
  expect(support.url(), 'the ticket stands in no address').toMatch(/\/platform\/support\/[0-9a-f-]+$/);
  await support.getByRole('button', { name: 'Go in now' }).click();
  await expect(support).toHaveURL(new RegExp(`/o/${slug}/projects`));
}

test('support asks, is let in to look at a part, and leaves; the organization sees and reads all of it', async ({
  page, browser, member, server, script,
}) => {
  test.slow();
  const harbour = await project(page, member.slug, 'Harbour');
  const { context, page: support } = await otherBrowser(browser, script, server.url);
  await enterDemo(support, 'support');
  await askFor(support, script, member.slug);
  await expectSound(support, script);
  await support.getByLabel('Projects and tasks', { exact: true }).uncheck();
  await support.getByLabel('Reason').fill('They cannot find their project');
  await support.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(support.locator('#areas-error')).toBeVisible();
  await support.getByLabel('Projects and tasks', { exact: true }).check();
  await support.getByLabel('Ticket').fill('T-17');
  await support.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(support).toHaveURL(/\/platform\/support\/[0-9a-f-]+$/);
  await expect(support.getByRole('main')).toContainText('Waits for an answer');
  await expect(support.getByRole('button', { name: 'Ask for the way in' })).toHaveCount(0);
  await expectSound(support, script);

  // The organization answers, and says for how long.
  expect((await mailTo(page, member, /asks to be let into/)).text).toContain('/settings/support?session=');
  await page.goto(`/o/${member.slug}/settings/support`);
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByRole('main')).toContainText('They cannot find their project');
  await page.getByLabel('Let in for').selectOption({ label: '1 hour' });
  await page.getByRole('button', { name: 'Let in', exact: true }).click();
  await expect(page.getByText('They are let in, until the time you chose.')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('may come in until');

  await support.reload();
  await comeIn(support, member.slug);
  const bar = support.getByRole('complementary', { name: 'Support session', exact: true });
  await expect(bar).toContainText('Read-only');
  await expect(bar).toContainText(`let in by ${member.name}`);
  await expect(bar.getByRole('timer')).toHaveText(/^(1:00:00|59:\d\d)$/);
  await expect(support).toHaveTitle(/^● Support · /);
  await expect(support.getByRole('button', { name: 'Sign out' })).toHaveCount(0);
  await expectSound(support, script);
  await support.setViewportSize({ width: 390, height: 800 });
  await expect(bar.getByRole('button', { name: 'Leave the organization' })).toBeInViewport();
  await expectSound(support, script);
  await support.setViewportSize({ width: 1440, height: 900 });

  // What they were not let into is not there, and what they look at stays as it is.
  await expect(support.getByRole('link', { name: 'People' })).toHaveCount(0);
  await support.goto(`/o/${member.slug}/people`);
  await expect(support.getByRole('heading', { level: 1 })).toHaveText('You were not let in here');
  await support.goto(harbour);
  const refused = await support.request.post('/api/app/org/projects/rename_project/rename_project', {
    form: { org: member.slug, project: harbour.split('/').at(-1)!, name: 'Mine' },
    headers: { accept: 'application/json', origin: server.url },
  });
  expect(refused.status()).toBe(403);

  // Every page says who is in, while they are.
  await page.goto(harbour);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Harbour');
  await expect(page.getByText('of our support is in until')).toBeVisible();
  await expectSound(page, script);
  await support.goto(harbour);
  await support.getByRole('button', { name: 'Leave the organization' }).click();
  await expect(support).toHaveURL(/\/platform\/support\/[0-9a-f-]+$/);
  await expect(support.getByRole('main')).toContainText('Left');
  await expect(support.getByRole('main')).toContainText(harbour);
  await expectSound(support, script);
  await support.goto(`/o/${member.slug}/projects`);
  await expect(support.getByRole('heading', { level: 1 })).toHaveText('Staff belong to no organization');
  await context.close();

  await mailTo(page, member, /Support is no longer in/);
  await page.goto(`/o/${member.slug}/settings/support`);
  await expect(page.getByText('of our support is in until')).toHaveCount(0);
  await page.getByRole('main').getByRole('table').getByRole('link').first().click();
  const main = page.getByRole('main');
  await expect(main).toContainText('T-17');
  await expect(main).toContainText(harbour);
  await expect(main).toContainText('rename_project');
  await expectSound(page, script);
});

test('a member lets support in without being asked, to change something, and puts an end to it', async ({
  page, browser, member, server, script,
}) => {
  test.slow();
  await page.goto(`/o/${member.slug}/settings/support`);
  await awake(page, script);
  await page.getByLabel('Look, and change names, projects and tasks').check();
  await page.getByLabel('For how long').selectOption({ label: '4 hours' });
  await page.getByLabel('Reason').fill('Please set our first project up');
  await page.getByRole('button', { name: 'Let support in' }).click();
  await expect(page.getByRole('main')).toContainText('Somebody of support may come in until');

  const { context, page: support } = await otherBrowser(browser, script, server.url);
  await enterDemo(support, 'support');
  await support.goto('/platform/support?state=granted');
  await support.getByRole('main').getByRole('table').getByRole('link', { name: `Organization of ${member.name}` }).click();
  await comeIn(support, member.slug);
  const harbour = await project(support, member.slug, 'Harbour');

  await page.goto(harbour);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Harbour');
  await page.getByRole('link', { name: 'See and end it' }).click();
  await awake(page, script);
  await page.getByRole('button', { name: 'End it now' }).click();
  await expect(page.getByRole('main')).toContainText('Ended by the organization');

  await support.reload();
  await expect(support.getByRole('heading', { level: 1 })).toContainText('You are no longer in');
  await support.getByRole('button', { name: 'Leave the organization' }).click();
  await expect(support).toHaveURL(/\/platform\/support\//);

  // Never is never.
  await page.goto(`/o/${member.slug}/settings/support`);
  await awake(page, script);
  await page.getByText('Never let support in', { exact: true }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The settings are saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Let support in' })).toHaveCount(0);
  await askFor(support, script, member.slug);
  await expect(support.getByText('The organization never lets support in.')).toBeVisible();
  await context.close();
});
