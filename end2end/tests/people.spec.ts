// People: what an owner does to them, what they see of it, and the organization handed over.

import { another, bring } from '../support/arrange.ts';
import { mailTo } from '../support/mail.ts';
import { handOver, openPerson } from '../support/people.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('an owner changes a role, suspends, restores and removes', async ({ page, browser, member, script }, info) => {
  test.slow();
  const other = await another(browser, script, info);
  await bring(page, member.slug, other);

  await page.goto(`/o/${member.slug}/people`);
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByRole('main')).toContainText('2 of 5 taken');
  await expect(page.getByRole('main')).toContainText(other.email);

  // What is lost is named before anything changes.
  await openPerson(page, script, member.slug, other);
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
  await bring(page, member.slug, other);
  await openPerson(page, script, member.slug, other);
  await page.getByRole('link', { name: 'Hand the organization over' }).click();
  await awake(page, script);
  await expectSound(page, script);
  await handOver(page, script, member.slug, `Organization of ${member.name}`, other);
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
  await bring(page, member.slug, other);
  await other.page.goto(`/o/${member.slug}/people`);
  await awake(other.page, script);
  await expect(other.page.getByRole('main')).toContainText(member.email);
  await expect(other.page.getByRole('link', { name: 'Invite people' })).toHaveCount(0);
  await openPerson(other.page, script, member.slug, member);
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

test('a member leaves an organization that was paused', async ({ page, browser, member, script }, info) => {
  test.slow();
  const other = await another(browser, script, info);
  await bring(page, member.slug, other);
  await page.goto(`/o/${member.slug}/settings/danger?confirm=pause`);
  await awake(page, script);
  await page.getByRole('main').getByRole('button').first().click();
  await expect(page.getByRole('main')).toContainText('The organization is paused');
  const kept = await other.page.goto(`/o/${member.slug}/projects`);
  expect(kept?.status()).toBe(409);

  await other.page.goto('/account/organizations');
  await awake(other.page, script);
  await expectSound(other.page, script);
  const row = other.page.getByRole('main').getByRole('listitem').filter({ hasText: `Organization of ${member.name}` });
  await expect(row).toContainText('Paused');
  await row.getByRole('link', { name: /^Leave/ }).click();
  await expectSound(other.page, script);
  await other.page.getByRole('button', { name: 'Leave the organization' }).click();
  await expect(other.page.getByText('You have left the organization.')).toBeVisible();
  await expect(other.page.getByRole('main')).not.toContainText(`Organization of ${member.name}`);
  await other.context.close();
});
