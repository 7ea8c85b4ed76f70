// A support engineer looks at an organization as its owner sees it, can change nothing, and leaves; the owner reads who was in,
// when, why and what they did.

import { project } from '../../support/arrange.ts';
import { keepCodes, setUpApp } from '../../support/authenticator.ts';
import { otherBrowser } from '../../support/browser.ts';
import { mailTo } from '../../support/mail.ts';
import { enterDemo } from '../../support/people.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, testAlone as test } from '../../support/test.ts';

// A server of its own: whoever is on a visit is on one only, and the staff of the demo are two.
test('support looks with a reason, changes nothing and leaves; the owner reads all of it', async ({
  page, browser, member, server, script,
}) => {
  test.slow();
  const harbour = await project(page, member.slug, 'Harbour');
  const { context, page: support } = await otherBrowser(browser, script, server.url);
  await enterDemo(support, 'support');

  // Without a visit there is no organization for staff.
  await support.goto(`/o/${member.slug}/projects`);
  await expect(support.getByRole('heading', { level: 1 })).toHaveText('Staff belong to no organization');

  await support.goto('/platform/visits');
  await support.getByRole('link', { name: 'Begin a visit' }).click();
  await awake(support, script && (await support.locator('leptos-island').count()) > 0);
  await support.getByLabel('Address of the organization').fill(member.slug);
  await support.getByLabel('E-mail address of the member').fill(member.email);
  await support.getByRole('button', { name: 'Continue' }).click();
  await expect(support.getByText(`as ${member.name} sees it`)).toBeVisible();
  await support.getByLabel('Reason').fill('too short');
  await support.getByRole('button', { name: 'Begin read-only visit' }).click();
  await expect(support.getByText('at least 10').first()).toBeVisible();
  await support.getByLabel('Reason').fill('They cannot find their project');
  await support.getByLabel('Ticket').fill('T-17');
  await support.getByRole('button', { name: 'Begin read-only visit' }).click();
  await expect(support).toHaveURL(new RegExp(`/o/${member.slug}/projects`));

  // The bar says where one is and for how long, in every tab, wherever one has scrolled to.
  const bar = support.getByRole('complementary', { name: 'Visit', exact: true });
  await expect(bar).toContainText('Read-only');
  await expect(bar).toContainText(`as ${member.name}`);
  await expect(bar.getByRole('timer')).toHaveText(/^(30:00|29:\d\d)$/);
  await expect(support).toHaveTitle(/^● Visit · /);
  await expect(support.getByRole('button', { name: 'Sign out' })).toHaveCount(0);
  if (script) {
    const before = await bar.getByRole('timer').textContent();
    await expect(bar.getByRole('timer')).not.toHaveText(before!);
  }
  await expectSound(support, script);
  await support.setViewportSize({ width: 390, height: 800 });
  await expect(bar.getByRole('button', { name: 'Stop the visit' })).toBeInViewport();
  await expectSound(support, script);
  await support.setViewportSize({ width: 1440, height: 900 });

  // What they send by hand is refused as well.
  await support.goto(harbour);
  const refused = await support.request.post('/api/app/org/projects/delete_project/delete_project', {
    form: { org: member.slug, project: harbour.split('/').at(-1)! },
    headers: { accept: 'application/json', origin: server.url },
  });
  expect(refused.status()).toBe(403);
  await page.goto(harbour);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Harbour');

  // The owner is told while it goes on.
  expect((await mailTo(page, member, /Support is looking at/)).text).toContain('/settings/access?visit=');
  await page.goto(`/o/${member.slug}/settings/access`);
  await expect(page.getByText('is looking at your organization right now')).toBeVisible();

  // What is one's own stays one's own.
  await support.goto('/account/profile');
  await expect(support.getByLabel('Name', { exact: true })).not.toHaveValue(member.name);
  await support.goto(`/o/${member.slug}/people`);

  // Wherever they go, the bar goes with them: the way back, and the way out.
  for (const path of ['/', '/account/profile', '/nowhere']) {
    await support.goto(path);
    await expect(bar).toContainText(`as ${member.name}`);
    await expect(bar).toContainText('You are visiting');
    await expectSound(support, script);
  }
  await bar.getByRole('link', { name: 'Back to' }).click();
  await expect(support).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  await support.goto('/platform');
  await bar.getByRole('button', { name: 'Stop the visit' }).click();
  await expect(support).toHaveURL(/\/platform\/visits\/[0-9a-f-]+$/);
  await expect(bar).toHaveCount(0);
  await expect(support.getByText('You have left the organization.')).toBeVisible();
  await support.goto(`/o/${member.slug}/projects`);
  await expect(support.getByRole('heading', { level: 1 })).toHaveText('Staff belong to no organization');
  await context.close();

  await mailTo(page, member, /Support has left/);
  await page.goto(`/o/${member.slug}/settings/access`);
  await awake(page, script);
  await expectSound(page, script);
  await page.getByRole('main').getByRole('row').nth(1).getByRole('link').click();
  const main = page.getByRole('main');
  await expect(main).toContainText('They cannot find their project');
  await expect(main).toContainText('T-17');
  await expect(main).toContainText(`/o/${member.slug}/people`);
  await expect(main).toContainText('delete_project');
  await expect(main).toContainText('Left');
  await expectSound(page, script);
});

test('an owner puts an end to a visit, and it is over at the next click', async ({ page, browser, member, server, script }) => {
  const { context, page: support } = await otherBrowser(browser, script, server.url);
  await enterDemo(support, 'support');
  await support.goto(`/platform/visits/new?slug=${member.slug}&email=${encodeURIComponent(member.email)}`);
  await support.getByLabel('Reason').fill('They cannot find their project');
  await support.getByRole('button', { name: 'Begin read-only visit' }).click();
  await expect(support).toHaveURL(new RegExp(`/o/${member.slug}/projects`));

  await page.goto(`/o/${member.slug}/settings/access`);
  await awake(page, script);
  await page.getByRole('button', { name: 'End the visit now' }).click();
  await expect(page.getByText('The visit is over')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Ended by the organization');

  await support.reload();
  await expect(support.getByRole('heading', { level: 1 })).toContainText('is over');
  await support.getByRole('button', { name: 'Stop the visit' }).click();
  await expect(support).toHaveURL(/\/platform\/visits\//);
  await context.close();
});

test('who was seen through reads it on a page of their own, and puts an end to it', async ({ page, browser, member, server, script }) => {
  const { context, page: support } = await otherBrowser(browser, script, server.url);
  await enterDemo(support, 'support');
  await support.goto(`/platform/visits/new?slug=${member.slug}&email=${encodeURIComponent(member.email)}`);
  await support.getByLabel('Reason').fill('They cannot find their project');
  await support.getByRole('button', { name: 'Begin read-only visit' }).click();
  await expect(support).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  await support.goto(`/o/${member.slug}/people`);

  await page.goto('/account/security');
  await page.getByRole('link', { name: 'Show who looked' }).click();
  await awake(page, script);
  await expect(page.getByText('right now, as you see it')).toBeVisible();
  await expectSound(page, script);
  await page.getByRole('main').getByRole('row').nth(1).getByRole('link').click();
  const main = page.getByRole('main');
  await expect(main).toContainText('They cannot find their project');
  await expect(main).toContainText(`/o/${member.slug}/people`);
  await awake(page, script);
  await main.getByRole('button', { name: 'End the visit now' }).click();
  await expect(page.getByText('The visit is over')).toBeVisible();
  await expect(main).toContainText('Ended by the member');
  await expectSound(page, script);

  await support.reload();
  await expect(support.getByRole('heading', { level: 1 })).toContainText('is over');
  await context.close();
});

test('with a fresh code support changes something for some minutes, and the owner reads what', async ({ page, browser, member, server, script }) => {
  test.slow();
  const harbour = await project(page, member.slug, 'Harbour');
  const { context, page: support } = await otherBrowser(browser, script, server.url);
  await enterDemo(support, 'support');
  await support.goto('/account/security/two-step?next=/platform/visits');
  const { app } = await setUpApp(support);
  await keepCodes(support);
  await expect(support).toHaveURL(/\/platform\/visits$/);
  await support.goto(`/platform/visits/new?slug=${member.slug}&email=${encodeURIComponent(member.email)}`);
  await support.getByLabel('Reason').fill('They asked us to correct a name');
  await support.getByRole('button', { name: 'Begin read-only visit' }).click();
  await expect(support).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  const bar = support.getByRole('complementary', { name: 'Visit', exact: true });
  await expect(bar).toContainText('Read-only');
  await expect(bar.locator('.visit-bar-elevated')).toHaveCount(0);

  // What has let the visit begin lets nothing be changed.
  await bar.getByRole('link', { name: 'About this visit' }).click();
  await expect(support).toHaveURL(/\/platform\/visits\/[0-9a-f-]+$/);
  const visit = new URL(support.url()).pathname;
  const allow = support.getByRole('button', { name: 'Allow changes for 10 minutes' });
  await expect(support.getByText('This needs a second factor that you have proven since the visit began.')).toBeVisible();
  await expect(allow).toHaveCount(0);
  await support.getByRole('link', { name: 'Prove it now' }).click();
  await support.getByLabel('Code from your app').fill(app.code());
  await support.getByRole('button', { name: 'Continue' }).click();
  await expect(support).toHaveURL(new RegExp(`${visit}$`));
  await awake(support, script);
  await allow.click();
  await expect(support.getByText('You can change something for some minutes now.')).toBeVisible();
  await expect(bar.getByRole('timer')).toHaveText(/^(10:00|9:\d\d)$/);
  await expect(bar.locator('.visit-bar-elevated')).toHaveText('Changes allowed');
  await awake(support, script);
  await expectSound(support, script);

  await support.goto(`${harbour}?edit=1`);
  await awake(support, script);
  await expect(bar.locator('.visit-bar-elevated')).toHaveText('Changes allowed');
  await expectSound(support, script);
  const name = support.locator('#project-name');
  await name.fill('Haven');
  await support.locator('form', { has: name }).getByRole('button', { name: 'Save' }).click();
  await expect(support.getByRole('heading', { level: 1 })).toHaveText('Haven');
  await page.goto(harbour);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Haven');
  // It covers names and work, and no deletion.
  const refused = await support.request.post('/api/app/org/projects/delete_project/delete_project', {
    form: { org: member.slug, project: harbour.split('/').at(-1)! },
    headers: { accept: 'application/json', origin: server.url },
  });
  expect(refused.status()).toBe(403);

  await bar.getByRole('button', { name: 'Stop the visit' }).click();
  await expect(support).toHaveURL(new RegExp(`${visit}$`));
  await expect(bar).toHaveCount(0);
  await expect(allow).toHaveCount(0);
  await support.goto(harbour);
  await expect(support.getByRole('heading', { level: 1 })).toHaveText('Staff belong to no organization');
  await context.close();

  await mailTo(page, member, /Support can change something in/);
  await page.goto(`/o/${member.slug}/settings/access?visit=${visit.split('/').at(-1)}`);
  await awake(page, script);
  const main = page.getByRole('main');
  await expect(main).toContainText('They asked us to correct a name');
  await expect(main).toContainText('Changes allowed');
  const done = main.getByRole('row').filter({ hasText: 'Changed a project' });
  await expect(done).toContainText('Haven');
  await expect(main.getByRole('row').filter({ hasText: 'delete_project' })).toHaveCount(1);
  await expectSound(page, script);
});
