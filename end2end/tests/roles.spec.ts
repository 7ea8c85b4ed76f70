// Roles of an organization's own.

import { type Page } from '@playwright/test';

import { another, bring } from '../support/arrange.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

/** Makes a role that may see projects, and nothing more. */
async function create(page: Page, slug: string, name: string): Promise<void> {
  await page.goto(`/o/${slug}/settings/roles/new`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('See projects', { exact: true }).check();
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(page.getByText('The role is made.')).toBeVisible();
}

test('a role is started from another, narrowed, and found in the list', async ({ page, member, script }) => {
  await page.goto(`/o/${member.slug}/settings/roles`);
  await awake(page, script);
  await expectSound(page, script);
  const main = page.getByRole('main');
  await expect(main.getByText('No role of your own yet')).toBeVisible();
  await main.getByRole('link', { name: 'New role' }).click();
  await expect(page).toHaveURL(/\/settings\/roles\/new$/);
  await awake(page, script);
  await expectSound(page, script);
  await main.getByRole('link', { name: 'Member', exact: true }).click();
  await expect(page).toHaveURL(/from=member/);
  await awake(page, script);
  await expect(page.getByLabel('Create projects')).toBeChecked();
  await expect(page.getByLabel('Delete projects')).not.toBeChecked();
  await page.getByLabel('Create projects').uncheck();
  await page.getByLabel('Name', { exact: true }).fill('Scribe');
  await page.getByLabel('Description').fill('Writes things down.');
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(page).toHaveURL(`/o/${member.slug}/settings/roles`);
  const row = main.getByRole('row').filter({ hasText: 'Scribe' });
  await expect(row).toContainText('Projects: see, change · Tasks: everything');
  await expect(row).toContainText('Nobody');
  await awake(page, script);
  await expectSound(page, script);
});

test('what is refused comes back as it was ticked', async ({ page, member, script }) => {
  await create(page, member.slug, 'Scribe');
  await page.goto(`/o/${member.slug}/settings/roles/new?from=billing`);
  await awake(page, script);
  await page.getByLabel('Name', { exact: true }).fill('SCRIBE');
  await page.getByLabel('Manage billing').uncheck();
  await page.getByLabel('Add tasks').check();
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(page.getByRole('alert').first()).toContainText(/taken/i);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('SCRIBE');
  await expect(page.getByLabel('Manage billing')).not.toBeChecked();
  await expect(page.getByLabel('Add tasks')).toBeChecked();
  await awake(page, script);
  await expectSound(page, script);
});

test('of two people who change a role, the second is told', async ({ page, member, script }) => {
  await create(page, member.slug, 'Scribe');
  await page.getByRole('link', { name: 'Scribe' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Scribe');
  await awake(page, script);
  await expectSound(page, script);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByLabel('Add tasks').check();
  await other.getByRole('button', { name: 'Save changes' }).click();
  await expect(other.getByText('The role is saved.')).toBeVisible();
  await other.close();

  await page.getByLabel('Name', { exact: true }).fill('Clerk');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('alert').first()).toContainText('Somebody else has saved this role');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Scribe');
  await expect(page.getByLabel('Add tasks')).toBeChecked();
  await page.getByLabel('Name', { exact: true }).fill('Clerk');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('The role is saved.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Clerk');
});

test('a default role is there to read and to start from', async ({ page, member, script }) => {
  await page.goto(`/o/${member.slug}/settings/roles`);
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'Admin', exact: true }).click();
  await expect(main.getByText(/cannot be changed\. Use it as a start/)).toBeVisible();
  await expect(main.getByRole('checkbox')).toHaveCount(0);
  await expect(main.getByRole('button', { name: 'Save changes' })).toHaveCount(0);
  await awake(page, script);
  await expectSound(page, script);
  await main.getByText('What each of these means').click();
  await expect(main.getByText('Put projects into the bin, and take them out again.')).toBeVisible();
  await main.getByRole('link', { name: 'Use as a start' }).click();
  await expect(page.getByLabel('Manage roles')).toBeChecked();
  await expect(page.getByLabel('Pause or delete the organization')).not.toBeChecked();
});

test('a role that nobody has is deleted after a question', async ({ page, member, script }) => {
  await create(page, member.slug, 'Scribe');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'Scribe' }).click();
  await main.getByRole('link', { name: 'Delete role' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Delete the role Scribe?');
  await expect(main.getByText('Nobody has it')).toBeVisible();
  await awake(page, script);
  await expectSound(page, script);
  await main.getByRole('button', { name: 'Delete role' }).click();
  await expect(page.getByText('The role is deleted.')).toBeVisible();
  await expect(main.getByRole('link', { name: 'Scribe' })).toHaveCount(0);
});

test('nobody hands out more than they have, and people stay when their role goes', async ({
  page,
  browser,
  member,
  script,
}, info) => {
  test.slow();
  const rights = ['See projects', 'See roles', 'Manage roles'];
  await page.goto(`/o/${member.slug}/settings/roles/new`);
  await page.getByLabel('Name', { exact: true }).fill('Keeper');
  for (const right of rights) await page.getByLabel(right, { exact: true }).check();
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(page.getByText('The role is made.')).toBeVisible();
  const keeper = await another(browser, script, info);
  await bring(page, member.slug, keeper, 'Keeper');

  await keeper.page.goto(`/o/${member.slug}/settings/roles/new?from=owner`);
  await awake(keeper.page, script);
  await expect(keeper.page.getByLabel('Pause or delete the organization')).toBeDisabled();
  await expect(keeper.page.getByText('They are left out of yours.')).toBeVisible();
  await expectSound(keeper.page, script);
  await keeper.page.getByLabel('Name', { exact: true }).fill('As far as I can');
  await keeper.page.getByRole('button', { name: 'Create role' }).click();
  await expect(keeper.page.getByText('The role is made.')).toBeVisible();
  const made = keeper.page.getByRole('row').filter({ hasText: 'As far as I can' });
  await expect(made).toContainText('Projects: see · Roles: everything');

  await page.goto(`/o/${member.slug}/settings/roles`);
  const main = page.getByRole('main');
  await expect(main.getByRole('row').filter({ hasText: 'Keeper' })).toContainText('1 person');
  await main.getByRole('link', { name: 'Keeper' }).click();
  await main.getByRole('link', { name: 'Delete role' }).click();
  await expect(main.getByText('It is held by: 1 person.')).toBeVisible();
  await awake(page, script);
  await expectSound(page, script);
  await page.getByLabel('New role of its people').selectOption({ label: 'Member' });
  await main.getByRole('button', { name: 'Delete role' }).click();
  await expect(page.getByText('The role is deleted.')).toBeVisible();
  const answer = await keeper.page.goto(`/o/${member.slug}/settings/roles`);
  expect(answer?.status()).toBe(403);
  await keeper.page.goto(`/o/${member.slug}/projects/new`);
  await expect(keeper.page.getByRole('button', { name: 'Create project' })).toBeVisible();
  await keeper.context.close();
});
