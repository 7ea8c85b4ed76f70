// The palette finds projects by name, and says what it is doing.

import { type Locator, type Page } from '@playwright/test';

import { project } from '../support/arrange.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

const SEARCH = '**/api/app/org/projects/search_projects/**';

async function openPalette(page: Page, slug: string): Promise<{ dialog: Locator; field: Locator }> {
  await page.goto(`/o/${slug}/projects`);
  await awake(page, true);
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog');
  return { dialog, field: dialog.getByRole('combobox') };
}

test('a project is found by its name and reached by keys', async ({ page, member }) => {
  await project(page, member.slug, 'Apollo & Co');
  await project(page, member.slug, 'Gemini');
  const { dialog, field } = await openPalette(page, member.slug);
  await page.keyboard.type('apollo &');
  const option = dialog.getByRole('option', { name: 'Apollo & Co' });
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await expect(field).toHaveAttribute('aria-activedescendant', (await option.getAttribute('id'))!);
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await expectSound(page, true);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Apollo & Co');
});

test('what is chosen stays chosen when projects arrive, and arrows go on to them', async ({ page, member }) => {
  await project(page, member.slug, 'Security review');
  const { dialog } = await openPalette(page, member.slug);
  await page.keyboard.type('security');
  await expect(dialog.getByRole('option', { name: 'Security review' })).toBeVisible();
  await expect(dialog.getByRole('option', { name: 'Security', exact: true })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('option', { name: 'Security review' })).toHaveAttribute('aria-selected', 'true');
});

test('it says that it searches, and when nothing is found', async ({ page, member }) => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await page.route(SEARCH, async (route) => {
    await asked;
    await route.continue();
  });
  const { dialog } = await openPalette(page, member.slug);
  await page.keyboard.type('zeppelin');
  const [waiting, none] = [dialog.getByText('Searching projects…'), dialog.getByText('Nothing found')];
  await expect(waiting).toBeVisible();
  await expect(none).toBeHidden();
  answer();
  await expect(none).toBeVisible();
  await expect(waiting).toHaveCount(0);
  await expectSound(page, true);
  await dialog.getByRole('combobox').fill('');
  await expect(none).toBeHidden();
  await expect(dialog.getByRole('option', { name: 'Profile' })).toBeVisible();
});

test('it says when there is no answer, and pages are found even so', async ({ page, member }) => {
  await page.route(SEARCH, (route) => route.fulfill({ status: 429, json: {} }));
  const { dialog } = await openPalette(page, member.slug);
  await page.keyboard.type('profile');
  await expect(dialog.getByRole('status')).toContainText('Projects cannot be searched right now');
  await expect(dialog.getByRole('option', { name: 'Profile' })).toHaveAttribute('aria-selected', 'true');
});

test('the answer to what was typed before is not shown', async ({ page, member }) => {
  await project(page, member.slug, 'Apollo');
  await project(page, member.slug, 'Gemini');
  let late = () => {};
  const held = new Promise<void>((resolve) => (late = resolve));
  await page.route(SEARCH, async (route) => {
    if (route.request().url().includes('apollo')) await held;
    await route.continue();
  });
  const { dialog, field } = await openPalette(page, member.slug);
  const first = page.waitForRequest((request) => request.url().includes('text=apollo'));
  await field.fill('apollo');
  await first;
  await field.fill('gemini');
  await expect(dialog.getByRole('option', { name: 'Gemini' })).toBeVisible();
  const answered = page.waitForResponse((response) => response.url().includes('text=apollo'));
  late();
  await (await answered).finished();
  await field.fill('');
  await field.fill('gemini');
  await expect(dialog.getByRole('option', { name: 'Gemini' })).toBeVisible();
  await expect(dialog.getByRole('option', { name: 'Apollo' })).toHaveCount(0);
});
