// What support is for: a colleague who was just invited sets a second factor up, finds the customer who called, sees all about them
// on one page, looks at their organization and can change nothing there, leaves, and the customer reads who was in, when, why and
// what was seen.

import type { Page } from '@playwright/test';

import { project } from '../../support/arrange.ts';
import { confirmApp, keepCodes } from '../../support/authenticator.ts';
import { subscribed } from '../../support/billing.ts';
import { otherBrowser } from '../../support/browser.ts';
import { mailTo } from '../../support/mail.ts';
import { enterDemo } from '../../support/people.ts';
import { PASSWORD, type Person } from '../../support/person.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, testAlone as test } from '../../support/test.ts';

const BROKEN = 'The list of tasks stays empty';
const REASON = 'They called: their list of tasks stays empty';

/** What the customer tells before they call. */
async function reportProblem(page: Page, script: boolean, from: string): Promise<void> {
  await page.goto(from);
  await page.getByRole('link', { name: 'Report a problem' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Report a problem');
  await awake(page, script);
  await page.getByLabel('What happened').fill(BROKEN);
  await page.getByRole('button', { name: 'Send the report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
}

/** Where the mail to a new colleague leads. */
async function inviteColleague(page: Page, script: boolean, colleague: Person): Promise<string> {
  await enterDemo(page, 'staff');
  await page.goto('/platform/staff');
  await awake(page, script);
  await page.getByLabel('E-mail address').fill(colleague.email);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  const invitation = page.getByRole('table', { name: 'Open invitations' }).getByRole('row').filter({ hasText: colleague.email });
  await expect(invitation).toContainText('Support');
  const mail = await mailTo(page, colleague, /invites you to the staff/);
  return mail.text.match(/https?:\/\/[^/\s]+(\/accept-staff-invite\?code=[\w-]+)/)![1]!;
}

/** From the link to the first page of the staff's, which opens with a second factor and not before. */
async function becomeStaff(page: Page, script: boolean, link: string, colleague: Person): Promise<void> {
  await page.goto(link);
  await awake(page, script);
  await page.getByLabel('Your name').fill(colleague.name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Join the staff' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up two-step sign-in');
  await page.goto('/platform/tenants');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up two-step sign-in');
  await page.getByRole('button', { name: 'Begin' }).click();
  await confirmApp(page);
  await keepCodes(page);
  await expect(page).toHaveURL(/\/platform\/tenants$/);
}

/** Plan, payments, usage, devices and what went wrong, on one page. */
async function seeEverything(page: Page, script: boolean, member: Person): Promise<void> {
  await awake(page, script);
  await expectSound(page, script);
  const main = page.getByRole('main');
  await expect(main).toContainText('Team plan, 1 person');
  await expect(main.getByRole('heading', { name: 'Plan and limits' })).toBeVisible();
  await expect(main).toContainText(/Projects\s*1/);
  await expect(main).toContainText(/team, 2 seats, .*: active/i);
  await expect(page.getByRole('table', { name: 'Invoices' })).toContainText('Paid');
  await expect(page.getByRole('table', { name: 'Lately signed in' })).toContainText(member.name);
  const report = main.getByRole('link', { name: BROKEN });
  const found = page.url();
  await report.click();
  await expect(page).toHaveURL(/\/platform\/reports\/[0-9a-f-]+$/);
  await expect(main).toContainText(BROKEN);
  await page.goto(found);
}

test('a new colleague helps the customer who called, changes nothing, and the customer reads all of it', async ({
  page, browser, member, server, script,
}) => {
  test.slow();
  const organization = `Organization of ${member.name}`;
  await subscribed(page, member.slug, { plan: 'team', seats: 2 });
  const harbour = await project(page, member.slug, 'Harbour');
  await reportProblem(page, script, `/o/${member.slug}/projects`);

  const colleague = { name: 'Nell Newcomer', email: 'nell@demo.plinth.test' };
  const chief = await otherBrowser(browser, script, server.url);
  const link = await inviteColleague(chief.page, script, colleague);
  await chief.context.close();
  const { context, page: nell } = await otherBrowser(browser, script, server.url);
  await becomeStaff(nell, script, link, colleague);

  await awake(nell, script);
  await nell.getByRole('main').getByLabel('Search', { exact: true }).fill(member.email);
  await nell.getByRole('button', { name: 'Apply' }).click();
  await nell.getByRole('main').getByRole('link', { name: organization, exact: true }).click();
  await expect(nell.getByRole('heading', { level: 1 })).toContainText(organization);
  await seeEverything(nell, script, member);

  await nell.getByRole('link', { name: `See what ${member.name} sees` }).click();
  await expect(nell.getByText(`as ${member.name} sees it`)).toBeVisible();
  await nell.getByLabel('Reason').fill(REASON);
  await nell.getByRole('button', { name: 'Begin read-only visit' }).click();
  await expect(nell).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  const bar = nell.getByRole('complementary', { name: 'Visit', exact: true });
  await expect(bar).toContainText('Read-only');
  await expect(bar).toContainText(`as ${member.name}`);
  await expect(bar.getByRole('timer')).toHaveText(/^(30:00|29:\d\d)$/);
  await expectSound(nell, script);

  // Neither a button nor a request of one's own making changes anything.
  await nell.goto(`/o/${member.slug}/projects/new`);
  await awake(nell, script);
  await nell.getByLabel('Name', { exact: true }).fill('Lighthouse');
  await nell.getByRole('button', { name: 'Create project' }).click();
  await expect(nell.getByText('Nothing was changed.').first()).toBeVisible();
  const byHand = await nell.request.post('/api/app/org/projects/rename_project/rename_project', {
    form: { org: member.slug, project: harbour.split('/').at(-1)!, name: 'Mine' },
    headers: { accept: 'application/json', origin: server.url },
  });
  expect(byHand.status()).toBe(403);
  await page.goto(`/o/${member.slug}/projects`);
  await expect(page.getByRole('main')).toContainText('Harbour');
  for (const name of ['Lighthouse', 'Mine']) await expect(page.getByRole('main')).not.toContainText(name);

  await nell.goto(harbour);
  await nell.getByRole('button', { name: 'Stop the visit' }).click();
  await expect(nell).toHaveURL(/\/platform\/visits\/[0-9a-f-]+$/);
  await expect(nell.getByText('You have left the organization.')).toBeVisible();
  await nell.goto(`/o/${member.slug}/projects`);
  await expect(nell.getByRole('heading', { level: 1 })).toHaveText('Staff belong to no organization');
  await context.close();

  // Who was in, when, why, and what was seen and tried.
  await mailTo(page, member, /Support has left/);
  await page.goto(`/o/${member.slug}/settings/access`);
  await page.getByRole('main').getByRole('link', { name: colleague.name }).click();
  await awake(page, script);
  const main = page.getByRole('main');
  await expect(main).toContainText(REASON);
  await expect(main).toContainText('Read-only');
  await expect(main.getByText('Began', { exact: true })).toBeVisible();
  await expect(main.getByText('Ended', { exact: true })).toBeVisible();
  for (const what of ['Left', harbour, `/o/${member.slug}/projects/new`, 'create_project', 'rename_project']) {
    await expect(main).toContainText(what);
  }
  await expectSound(page, script);
});
