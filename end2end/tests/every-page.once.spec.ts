// Every page of somebody who is signed in, and every page that a mail leads to: sound in light and in dark, and on a tablet.

import { type Page } from '@playwright/test';

import { another, bring, project } from '../support/arrange.ts';
import { otherBrowser } from '../support/browser.ts';
import { ahead } from '../support/clock.ts';
import { failedJob } from '../support/database.ts';
import { linkIn, type Mail, mailTo } from '../support/mail.ts';
import { createOrganization, enterDemo, signIn, signUp, verify } from '../support/people.ts';
import { awake, expectContrast, expectNoWider, expectSound } from '../support/sound.ts';
import { expect, test, testAlone } from '../support/test.ts';

async function look(page: Page, script: boolean, path: string): Promise<void> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(200);
  // The developer's pages have no islands.
  await awake(page, script && (await page.locator('leptos-island').count()) > 0);
  await test.step(path, async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await expectSound(page, script);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectContrast(page, script);
    if (!script) return;
    // Between the desktop and the phone, which the other specs look at.
    const desktop = page.viewportSize()!;
    await page.setViewportSize({ ...desktop, width: 768 });
    await expectNoWider(page);
    await page.setViewportSize(desktop);
  });
}

test('an account, page by page', async ({ page, member, script }) => {
  test.slow();
  for (const path of [
    '/account/profile', '/account/security', '/account/security/two-step', '/account/security/passkeys/new', '/account/sessions', '/account/organizations', '/account/activity', '/account/access', '/account/close',
    `/o/${member.slug}/leave`, '/welcome', '/sign-out', '/report?page=%2Faccount%2Fprofile', '/dev/components', '/dev/mailbox', '/dev/clock',
  ]) {
    await look(page, script, path);
  }
});

test('an organization, page by page', async ({ page, browser, member, script }, info) => {
  test.slow();
  const other = await another(browser, script, info);
  await bring(page, member.slug, other);
  const org = `/o/${member.slug}`;
  const harbour = await project(page, member.slug, 'Harbour');
  await page.goto(`${org}/workspaces`);
  await page.getByLabel('Name', { exact: true }).fill('Leadership');
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Leadership');
  const workspace = new URL(page.url()).pathname;
  await page.goto(`${org}/settings/roles/new`);
  await page.getByLabel('Name', { exact: true }).fill('Clerk');
  await page.getByLabel('See projects', { exact: true }).check();
  await page.getByRole('button', { name: 'Create role' }).click();
  await page.getByRole('link', { name: 'Clerk' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Clerk');
  const role = new URL(page.url()).pathname;
  await page.goto(`${org}/people?search=${encodeURIComponent(other.email)}`);
  await page.getByRole('main').getByRole('link', { name: other.name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(other.name);
  const person = new URL(page.url()).pathname;

  for (const path of [
    `${org}/projects`, `${org}/projects/new`, harbour, `${harbour}?edit=1`, `${harbour}/access`,
    `${org}/people`, `${org}/people/invite`, person, `${person}/role`, `${person}/type`, `${person}/suspend`, `${person}/remove`,
    `${org}/ownership?person=${person.split('/').at(-1)}`,
    `${org}/workspaces`, workspace, `${workspace}/delete`,
    `${org}/settings/general`, `${org}/settings/bin`, `${org}/settings/danger`, `${org}/settings/danger?confirm=pause`,
    `${org}/settings/billing`, `${org}/settings/billing/plans`, `${org}/settings/billing/plans?interval=year&seats=3&plan=team`,
    `${org}/settings/billing/cancel`, `${org}/settings/billing/keep`, `/choose-plan?plan=team`,
    `${org}/settings/roles`, `${org}/settings/roles/new`, role, `${role}/delete`, `${org}/settings/audit`, `${org}/settings/access`, `${org}/settings/support`,
  ]) {
    await look(page, script, path);
  }
  await other.context.close();
});

test('the platform, page by page', async ({ page, script }) => {
  test.slow();
  await enterDemo(page, 'staff');
  await page.goto('/platform/tenants?state=past_due');
  const tenant = await page.getByRole('main').getByRole('table').getByRole('link').first().getAttribute('href');
  await page.goto(`/platform/users?search=${encodeURIComponent('owner@')}`);
  const user = await page.getByRole('main').getByRole('table').getByRole('link').first().getAttribute('href');
  await page.goto('/platform/staff');
  const member = await page.getByRole('table', { name: 'Staff' }).getByRole('link').first().getAttribute('href');
  await page.goto('/platform/reports?state=all');
  const report = await page.getByRole('main').getByRole('table').getByRole('link').first().getAttribute('href');
  await page.goto('/platform/webhooks');
  const event = await page.getByRole('main').getByRole('table').getByRole('link').first().getAttribute('href');
  const job = await failedJob('Nobody was there');
  for (const path of [
    '/platform', '/platform/tenants', '/platform/tenants?search=nothing+like+this', tenant!, `${tenant}/suspension`,
    '/platform/users', user!, `${user}/suspension`, `${user}/reset`, `${user}/second-factor`,
    '/platform/incidents', '/platform/incidents/new', '/platform/maintenance', '/status',
    '/platform/visits', '/platform/visits/new',
    '/platform/flags', '/platform/flags/palette.projects?organization=&person=', '/platform/flags/sign_up.open',
    '/platform/billing', '/platform/billing?kind=price_mismatch', `/platform/billing/${tenant!.split('/').at(-1)}`,
    ...['plan', 'complimentary?plan=business', 'take_back', 'seats', 'relink', 'sync'].map(
      (fix) => `/platform/billing/${tenant!.split('/').at(-1)}/${fix}`,
    ),
    '/platform/plans', '/platform/plans/team', '/platform/plans/team/review',
    '/platform/webhooks', '/platform/webhooks?status=failed', '/platform/webhooks/replay', event!,
    '/platform/support', '/platform/support/new', `/platform/support/new?tenant=${tenant!.split('/').at(-1)}`,
    '/platform/jobs', `/platform/jobs/${job}`, '/platform/jobs/history', '/platform/jobs/schedule',
    '/platform/reports', '/platform/reports?search=nothing+like+this', report!,
    '/platform/audit', '/platform/audit?organization=demo&what=project', '/platform/audit?person=nobody%40example.test',
    '/platform/security', '/platform/security?asked=ann%40example.test',
    '/platform/security?policy=sign_in_by_account', '/platform/security/block?address=203.0.113.5',
    '/platform/staff', member!, '/accept-staff-invite',
  ]) {
    await look(page, script, path);
  }
});

// A server of its own: whoever is on a visit is on one only, and the staff of the demo are two.
testAlone('a visit, while it goes on and when it is over', async ({ page, browser, member, server, script }) => {
  test.slow();
  const { context, page: support } = await otherBrowser(browser, script, server.url);
  await enterDemo(support, 'support');
  await support.goto(`/platform/visits/new?slug=${member.slug}&email=${encodeURIComponent(member.email)}`);
  await support.getByLabel('Reason').fill('They cannot find their project');
  await support.getByRole('button', { name: 'Begin read-only visit' }).click();
  await expect(support).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  await support.goto('/platform/visits');
  const visit = await support.getByRole('main').getByRole('table').getByRole('link').first().getAttribute('href');
  expect(visit).toMatch(/^\/platform\/visits\/[0-9a-f-]+$/);
  const seen = `/o/${member.slug}/settings/access?visit=${visit!.split('/').at(-1)}`;
  for (const over of [false, true]) {
    if (over) {
      await support.getByRole('complementary', { name: 'Visit', exact: true }).getByRole('button', { name: 'Stop the visit' }).click();
      await expect(support.getByText('You have left the organization.')).toBeVisible();
    }
    await look(support, script, '/platform/visits');
    await look(support, script, visit!);
    await look(page, script, `/o/${member.slug}/settings/access`);
    await look(page, script, seen);
  }
  await context.close();
});

testAlone('what mails lead to, and the wall after a week without proof', async ({ page, person: ann, script }) => {
  await signUp(page, ann);
  const proof = linkIn(await mailTo(page, ann, /verify|confirm/i), '/verify-email');
  await look(page, script, proof);

  await ahead(page, 169);
  await signIn(page, ann);
  await expect(page).toHaveURL(/\/verify-email/);
  await look(page, script, '/verify-email');
  await page.getByRole('button', { name: 'Send another link' }).click();
  await expect
    .poll(async () => {
      const mails = (await (await page.request.get('/dev/mailbox.json')).json()) as Mail[];
      return mails.filter((mail) => mail.to.includes(ann.email) && /verify|confirm/i.test(mail.subject)).length;
    })
    .toBe(2);
  await verify(page, ann);
  await createOrganization(page, ann);
  for (const [form, subject, path] of [
    ['/forgot-password', /new password/i, '/reset-password'],
    ['/magic-link', /sign-in link/i, '/magic-link'],
  ] as const) {
    await page.context().clearCookies();
    await page.goto(form);
    await page.getByLabel('E-mail address').fill(ann.email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await look(page, script, linkIn(await mailTo(page, ann, subject), path));
  }
  await signIn(page, ann);
  await expect(page).toHaveURL(/\/projects/);
});
