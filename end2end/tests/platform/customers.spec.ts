// What staff do for a customer who calls: found, seen on one page, closed and opened again, let in.

import { type Browser, type Page } from '@playwright/test';

import { otherBrowser } from '../../support/browser.ts';
import { mailTo } from '../../support/mail.ts';
import { enterDemo } from '../../support/people.ts';
import { PASSWORD, type Person } from '../../support/person.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, test } from '../../support/test.ts';

/** Somebody of the support at their own browser. */
async function support(browser: Browser, script: boolean): Promise<Page> {
  const { page } = await otherBrowser(browser, script);
  await enterDemo(page, 'support');
  return page;
}

/** The page of the one thing that is found by what is typed. */
async function find(page: Page, script: boolean, list: string, typed: string, name: string): Promise<void> {
  await page.goto(list);
  await awake(page, script);
  await page.getByRole('main').getByLabel('Search', { exact: true }).fill(typed);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/search=/);
  await page.getByRole('main').getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
}

const organizationOf = (person: Person) => `Organization of ${person.name}`;

test('support finds the customer by their address, sees everything on one page, suspends and restores', async ({ page, browser, member, script }) => {
  const staff = await support(browser, script);
  await find(staff, script, '/platform/tenants', member.email, organizationOf(member));
  await awake(staff, script);
  await expectSound(staff, script);
  const main = staff.getByRole('main');
  const people = staff.getByRole('table', { name: 'People', exact: true });
  await expect(people).toContainText(member.email);
  await expect(people).toContainText('Owner');
  for (const heading of ['Identity', 'Plan and limits', 'What went wrong lately', 'Bills', 'Notes', 'Latest in their audit log']) {
    await expect(main.getByRole('heading', { name: heading })).toBeVisible();
  }
  await expect(main).toContainText(/Room for \d+ more/);
  await expect(staff.getByRole('table', { name: 'Latest in their audit log' })).toContainText('Created the organization');

  await staff.getByLabel('New note').fill('Called about an invoice.');
  await staff.getByRole('button', { name: 'Add the note' }).click();
  await expect(main).toContainText('Called about an invoice.');
  await expect(main).toContainText('Demo Support');

  await main.getByRole('link', { name: 'Suspend', exact: true }).click();
  await awake(staff, script);
  await expectSound(staff, script);
  await staff.getByLabel('Reason').fill('short one');
  await staff.getByRole('button', { name: 'Suspend', exact: true }).click();
  await expect(main).toContainText('Use at least 10 characters.');
  await staff.getByLabel('Reason').fill('It sends mail that nobody asked for.');
  await staff.getByRole('button', { name: 'Suspend', exact: true }).click();
  await expect(main).toContainText(/Suspended by Demo Support on/);
  await expect(main).toContainText('It sends mail that nobody asked for.');
  await expectSound(staff, script);
  expect((await mailTo(page, member, /is suspended/)).text).toContain('It sends mail that nobody asked for.');
  await page.goto(`/o/${member.slug}/projects`);
  await expect(page.getByRole('link', { name: 'New project' })).toHaveCount(0);

  await main.getByRole('link', { name: 'Restore', exact: true }).click();
  await awake(staff, script);
  await staff.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(main.getByRole('link', { name: 'Suspend', exact: true })).toBeVisible();
  await expect(main).not.toContainText('Suspended by');
  await mailTo(page, member, /no longer suspended/);
  await page.goto(`/o/${member.slug}/settings/audit`);
  await expect(page.getByRole('main')).toContainText('Closed the organization, as the operator');
  await page.goto(`/o/${member.slug}/projects`);
  await expect(page.getByRole('link', { name: 'New project' }).first()).toBeVisible();
  await staff.context().close();
});

test('support lets somebody in who guessed too often, and makes them choose a new password', async ({ page, browser, member, script }) => {
  const guess = (password: string) =>
    page.request.post('/api/app/auth/sign_in/sign_in', {
      form: { email: member.email, password },
      headers: { accept: 'application/json' },
    });
  for (let attempt = 0; attempt < 10; attempt += 1) expect((await guess('a wrong guess')).status()).toBe(422);
  expect((await guess(PASSWORD)).status()).toBe(429);

  const staff = await support(browser, script);
  await find(staff, script, '/platform/users', member.email, member.name);
  await awake(staff, script);
  await expectSound(staff, script);
  const main = staff.getByRole('main');
  await expect(main).toContainText('Has to wait until');
  await expect(main).toContainText(organizationOf(member));
  await staff.getByRole('button', { name: 'Let in at once' }).click();
  await expect(main).toContainText('Nothing is counted');
  expect((await guess(PASSWORD)).status()).toBe(200);

  await main.getByRole('link', { name: 'Force a new password' }).click();
  await awake(staff, script);
  await expectSound(staff, script);
  await staff.getByRole('button', { name: 'Force a new password' }).click();
  await expect(main).toContainText('They are signed in nowhere.');
  await mailTo(page, member, /Choose a new password/);
  await page.goto('/account/profile');
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await guess(PASSWORD)).status()).toBe(422);
  await staff.context().close();
});
