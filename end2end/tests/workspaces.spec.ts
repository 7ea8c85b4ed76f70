// Workspaces: what a team has to itself, and what a guest sees.

import { type Page } from '@playwright/test';

import { project } from '../support/arrange.ts';
import { otherBrowser } from '../support/browser.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

const DEMO_PASSWORD = 'plinth demo, enter freely';

async function createWorkspace(page: Page, slug: string, name: string): Promise<string> {
  await page.goto(`/o/${slug}/workspaces`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  return new URL(page.url()).pathname;
}

/** Chooses one of the cards of a question: its label is what can be pressed. */
async function choose(page: Page, label: string): Promise<void> {
  await page.locator('label').filter({ hasText: label }).click();
}

async function createIn(page: Page, slug: string, name: string, place: { workspace: string; only: boolean }): Promise<string> {
  await page.goto(`/o/${slug}/projects/new`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Workspace', { exact: true }).selectOption({ label: place.workspace });
  if (place.only) await choose(page, 'Only the people of the workspace');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  return new URL(page.url()).pathname;
}

async function signInAs(page: Page, who: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(`${who}@demo.plinth.test`);
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/o\/demo\/projects/);
}

test('an owner makes a workspace and moves a project into it', async ({ page, member, script }) => {
  await page.goto(`/o/${member.slug}/workspaces`);
  await awake(page, script);
  await expect(page.getByRole('heading', { name: 'No workspace yet' })).toBeVisible();
  await expectSound(page, script);

  const salaries = await project(page, member.slug, 'Salaries');
  const workspace = await createWorkspace(page, member.slug, 'Leadership');
  await awake(page, script);
  await expectSound(page, script);

  await page.goto(salaries);
  await page.getByRole('link', { name: /Who can see this/ }).first().click();
  await expect(page).toHaveURL(`${salaries}/access`);
  await awake(page, script);
  await expectSound(page, script);
  await choose(page, 'Only the people of the workspace');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert').first()).toContainText('This is needed.');
  await expect(page.getByLabel('Only the people of the workspace')).toBeChecked();
  await page.getByLabel('Workspace', { exact: true }).selectOption({ label: 'Leadership' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Who can see the project is saved.')).toBeVisible();
  await expect(page.getByText('The people of Leadership, whoever manages workspaces')).toBeVisible();

  await page.goto(workspace);
  await expect(page.getByRole('main').getByRole('link', { name: 'Salaries' })).toBeVisible();
  await page.goto(`/o/${member.slug}/projects`);
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByRole('row', { name: /Salaries.*Leadership/ })).toBeVisible();
});

test('the list of projects shows one workspace by its address', async ({ page, member, script }) => {
  const workspace = await createWorkspace(page, member.slug, 'Design');
  await createIn(page, member.slug, 'Inside', { workspace: 'Design', only: false });
  await project(page, member.slug, 'Outside');
  await page.goto(workspace);
  await page.getByRole('link', { name: 'Show in the list' }).click();
  await expect(page).toHaveURL(/[?&]workspace=/);
  await awake(page, script);
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name: 'Inside' })).toBeVisible();
  await expect(main.getByRole('link', { name: 'Outside' })).toHaveCount(0);
  await main.getByLabel('Workspace', { exact: true }).selectOption({ label: 'Every workspace' });
  await main.getByRole('button', { name: 'Apply' }).click();
  await expect(main.getByRole('link', { name: 'Outside' })).toBeVisible();
});

test('deleting a workspace asks where its projects go', async ({ page, member, script }) => {
  const workspace = await createWorkspace(page, member.slug, 'Old team');
  const heirloom = await createIn(page, member.slug, 'Heirloom', { workspace: 'Old team', only: true });
  await page.goto(workspace);
  await page.getByRole('link', { name: 'Delete this workspace' }).click();
  await awake(page, script);
  await expectSound(page, script);
  await choose(page, 'They go to the whole organization');
  await page.getByLabel('Type Old team to confirm').fill('Old team');
  await page.getByRole('button', { name: 'Delete workspace' }).click();
  await expect(page.getByText('The workspace is deleted.')).toBeVisible();
  await page.goto(`${heirloom}/access`);
  await expect(page.getByText(/^Every member of /)).toBeVisible();
  await expect(page.getByText('1 person can see it')).toBeVisible();
});

test('a colleague outside finds nothing of it', async ({ browser, script }) => {
  const owner = await otherBrowser(browser, script);
  await signInAs(owner.page, 'owner');
  await owner.page.goto('/o/demo/projects');
  const secret = owner.page.getByRole('main').getByRole('link', { name: 'Next year’s prices' });
  await expect(secret).toBeVisible();
  const path = await secret.getAttribute('href');
  await owner.context.close();

  const member = await otherBrowser(browser, script);
  await signInAs(member.page, 'member');
  for (const view of ['', '?filter=all', '?filter=bin', '?search=price']) {
    await member.page.goto(`/o/demo/projects${view}`);
    await expect(member.page.getByRole('link', { name: 'Next year’s prices' })).toHaveCount(0);
  }
  for (const address of [path!, `${path}/access`]) {
    const answer = await member.page.goto(address);
    expect(answer?.status()).toBe(404);
  }
  await member.page.goto('/o/demo/workspaces');
  await awake(member.page, script);
  await expect(member.page.getByRole('main').getByRole('link', { name: 'Leadership' })).toBeVisible();
  await expect(member.page.getByRole('button', { name: 'Create workspace' })).toHaveCount(0);
  await member.context.close();
});

test('a guest sees the one project they were given', async ({ browser, script }) => {
  const { context, page } = await otherBrowser(browser, script);
  await signInAs(page, 'guest');
  await awake(page, script);
  await expectSound(page, script);
  const main = page.getByRole('main');
  await expect(main.locator('tbody tr')).toHaveCount(1);
  await expect(main.getByRole('link', { name: 'Website relaunch' })).toBeVisible();
  await expect(page.getByText('Projects in your plan')).toHaveCount(0);
  await expect(page.locator('a[href="/o/demo/workspaces"]')).toHaveCount(0);
  await expect(page.locator('a[href="/o/demo/settings/general"]')).toHaveCount(0);
  await page.goto('/o/demo/projects?filter=bin');
  await expect(page.getByRole('heading', { name: 'The bin is empty' })).toBeVisible();
  await page.goto('/o/demo/projects');
  await main.getByRole('link', { name: 'Website relaunch' }).click();
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByRole('link', { name: /Who can see this/ })).toHaveCount(0);
  const answer = await page.goto('/o/demo/projects/new');
  expect(answer?.status()).toBe(403);
  await context.close();
});
