// Projects and tasks.

import { type Page } from '@playwright/test';

import { project } from '../support/arrange.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

async function create(page: Page, slug: string, name: string): Promise<void> {
  await page.goto(`/o/${slug}/projects/new`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
}

/** Presses a button of the page, in its menu if that is where it is. */
async function press(page: Page, name: string): Promise<void> {
  const main = page.getByRole('main');
  const button = main.getByRole('button', { name, exact: true }).first();
  if (!(await button.isVisible())) await main.locator('summary.menu-trigger').first().click();
  await button.click();
}

test('the plan allows so many projects and says so', async ({ page, member, script }) => {
  await page.goto(`/o/${member.slug}/projects`);
  await awake(page, script);
  await expect(page.getByText('No project yet')).toBeVisible();
  await expectSound(page, script);
  await create(page, member.slug, 'Project 1');
  for (let number = 2; number <= 5; number += 1) await project(page, member.slug, `Project ${number}`);
  await page.goto(`/o/${member.slug}/projects`);
  await expect(page.getByText(/no room for another project/)).toBeVisible();
  await awake(page, script);
  await expectSound(page, script);
});

test('a project is archived, taken up, deleted and restored', async ({ page, member, script }) => {
  await create(page, member.slug, 'Orbit');
  const orbit = page.url().split('?')[0]!;
  await awake(page, script);
  await expectSound(page, script);
  const main = page.getByRole('main');
  await press(page, 'Archive');
  await expect(page.getByText('This project is archived')).toBeVisible();
  await page.goto(orbit);
  await press(page, 'Unarchive');
  await expect(page.getByText('The project is active again.')).toBeVisible();
  await page.goto(orbit);
  await press(page, 'Delete');
  await expect(page.getByText('The project is in the bin. You can restore it from there.')).toBeVisible();
  await page.goto(`/o/${member.slug}/projects?filter=bin`);
  await expect(main.getByText('Orbit').first()).toBeVisible();
  await page.goto(orbit);
  await expect(page.getByText('This project is in the bin')).toBeVisible();
  await press(page, 'Restore');
  await expect(page.getByText('The project is back.')).toBeVisible();
  await page.goto(`/o/${member.slug}/projects`);
  await expect(main.getByRole('link', { name: 'Orbit' })).toBeVisible();
});

test('the list is searched by its address', async ({ page, member }) => {
  await project(page, member.slug, 'Apollo');
  await project(page, member.slug, 'Gemini');
  await page.goto(`/o/${member.slug}/projects?search=gem`);
  await expect(page.getByRole('link', { name: 'Gemini' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Apollo' })).toHaveCount(0);
  await page.goto(`/o/${member.slug}/projects?search=nothing`);
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
});

test('an unknown project is a page that says so', async ({ page, member, script }) => {
  const answer = await page.goto(`/o/${member.slug}/projects/018f0000-0000-7000-8000-000000000000`);
  expect(answer?.status()).toBe(404);
  await awake(page, script);
  await expectSound(page, script);
});
