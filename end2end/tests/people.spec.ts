// People: what an owner does to them, what they see of it, and the organization handed over.

import type { Browser, BrowserContext, Page, TestInfo } from '@playwright/test';
import {
  awake,
  expect,
  expectSound,
  mailTo,
  otherBrowser,
  type Person,
  signUp,
  somebody,
  test,
  verify,
} from '../support/test.ts';

interface Other extends Person {
  page: Page;
  context: BrowserContext;
}

/** Somebody with an account of their own, in a browser of their own. */
async function another(browser: Browser, script: boolean, info: TestInfo): Promise<Other> {
  const { page, context } = await otherBrowser(browser, script);
  const person = somebody(info.testId);
  await signUp(page, person);
  await verify(page, person);
  return { ...person, page, context };
}

/** Invites them and lets them accept. */
async function bring(owner: Page, script: boolean, slug: string, other: Other, role = 'Member'): Promise<void> {
  await owner.goto(`/o/${slug}/people/invite`);
  await awake(owner, script);
  await owner.locator('textarea[name="addresses"]').fill(other.email);
  await owner.locator('select[name="role"]').selectOption({ label: role });
  await owner.getByRole('main').locator('form.invite-form button[type="submit"]').click();
  await expect(owner.getByRole('main')).toContainText(other.email);
  const mail = await mailTo(owner, other, /invite|join/i);
  const link = mail.text.match(/https?:\/\/\S+(\/accept-invite\?code=[\w-]+)/);
  await other.page.goto(link![1]!);
  await awake(other.page, script);
  await other.page.getByRole('main').getByRole('button', { name: /^join/i }).click();
  await expect(other.page).toHaveURL(new RegExp(`/o/${slug}/`));
}

/** The page of somebody, from the list. */
async function open(page: Page, script: boolean, slug: string, who: Person): Promise<void> {
  await page.goto(`/o/${slug}/people?search=${encodeURIComponent(who.email)}`);
  await awake(page, script);
  await page.getByRole('main').getByRole('link', { name: who.name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: who.name })).toBeVisible();
}

test('an owner changes a role, suspends, restores and removes', async ({ page, browser, member, script }, info) => {
  test.slow();
  const other = await another(browser, script, info);
  await bring(page, script, member.slug, other);

  await page.goto(`/o/${member.slug}/people`);
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByRole('main')).toContainText('2 of 5 taken');
  await expect(page.getByRole('main')).toContainText(other.email);

  // What is lost is named before anything changes.
  await open(page, script, member.slug, other);
  await expectSound(page, script);
  await page.locator('select[name="role"]').selectOption({ label: 'Billing' });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('main')).toContainText('Will no longer be able to');
  await expectSound(page, script);
  await page.getByRole('button', { name: 'Make Billing' }).click();
  await expect(page.getByText('The role is changed.')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('By the role Billing.');
  await mailTo(page, other, /role at .* has changed/i);

  await page.getByRole('main').getByRole('link', { name: 'Suspend' }).click();
  await expectSound(page, script);
  await page.getByRole('main').getByRole('button', { name: 'Suspend' }).click();
  await expect(page.getByRole('main')).toContainText('Suspended');
  const locked = await other.page.goto(`/o/${member.slug}/projects`);
  expect(locked?.status()).toBe(404);

  await page.getByRole('main').getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('This person can enter again.')).toBeVisible();
  const again = await other.page.goto(`/o/${member.slug}/projects`);
  expect(again?.status()).toBe(200);

  await page.getByRole('main').getByRole('link', { name: 'Remove' }).click();
  await expectSound(page, script);
  await page.getByRole('main').getByRole('button', { name: 'Remove' }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${member.slug}/people$`));
  await expect(page.getByRole('main')).not.toContainText(other.email);
  const gone = await other.page.goto(`/o/${member.slug}/projects`);
  expect(gone?.status()).toBe(404);
  await mailTo(page, other, /no longer in/i);
  await other.context.close();
});

test('the organization is handed over and the giver can leave', async ({ page, browser, member, script }, info) => {
  test.slow();
  // The only owner is told why they stay.
  await page.goto(`/o/${member.slug}/leave`);
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByRole('main')).toContainText('You are the only owner');
  await expect(page.getByRole('button', { name: 'Leave the organization' })).toHaveCount(0);

  const other = await another(browser, script, info);
  await bring(page, script, member.slug, other);
  await open(page, script, member.slug, other);
  await page.getByRole('link', { name: 'Hand the organization over' }).click();
  await awake(page, script);
  await expectSound(page, script);
  const name = `Organization of ${member.name}`;
  await page.getByLabel(`Type ${name} to confirm`).fill(name);
  await page.getByRole('button', { name: 'Offer the organization' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Offered to ${other.name}`);

  const mail = await mailTo(page, other, /offered the ownership/i);
  expect(mail.text).toContain(`/o/${member.slug}/ownership`);
  await other.page.goto(`/o/${member.slug}/projects`);
  await other.page.getByRole('link', { name: 'Look at the offer' }).click();
  await awake(other.page, script);
  await expectSound(other.page, script);
  await other.page.getByRole('button', { name: 'Accept and become the owner' }).click();
  await expect(other.page.getByText('The organization is yours.')).toBeVisible();
  await mailTo(page, member, /handed .* over/i);

  await page.goto('/account/organizations');
  await awake(page, script);
  await expectSound(page, script);
  await page.getByRole('main').getByRole('link', { name: /^Leave/ }).click();
  await page.getByRole('button', { name: 'Leave the organization' }).click();
  await expect(page.getByText('You have left the organization.')).toBeVisible();
  const gone = await page.goto(`/o/${member.slug}/projects`);
  expect(gone?.status()).toBe(404);
  await other.context.close();
});

test('a member sees the people and no button for them', async ({ page, browser, member, script }, info) => {
  const other = await another(browser, script, info);
  await bring(page, script, member.slug, other);
  await other.page.goto(`/o/${member.slug}/people`);
  await awake(other.page, script);
  await expect(other.page.getByRole('main')).toContainText(member.email);
  await expect(other.page.getByRole('link', { name: 'Invite people' })).toHaveCount(0);
  await open(other.page, script, member.slug, member);
  for (const action of ['Suspend', 'Remove', 'Continue', 'Make a guest', 'Hand the organization over']) {
    await expect(other.page.getByRole('main').getByText(action, { exact: true })).toHaveCount(0);
  }
  const refused = await other.page.goto(`${other.page.url()}/remove`);
  expect(refused?.status()).toBe(403);
  await other.context.close();
});

test('search, filter and role stand in the URL', async ({ page, member, script }) => {
  await page.goto(`/o/${member.slug}/people?filter=guests`);
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByRole('main')).toContainText('No guest yet');
  await page.goto(`/o/${member.slug}/people`);
  await awake(page, script);
  await page.getByLabel('Search people').fill('nobody by this name');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/search=nobody/);
  await expect(page.getByRole('main')).toContainText('Nobody found');
  await page.getByRole('link', { name: 'Clear search and role' }).click();
  await expect(page.getByRole('main')).toContainText(member.email);
});
