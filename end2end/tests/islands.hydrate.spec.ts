// What is better with JavaScript.

import { project } from '../support/arrange.ts';
import { awake } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('the palette opens by key and leads on', async ({ page, member }) => {
  await page.goto(`/o/${member.slug}/projects`);
  await awake(page, true);
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.keyboard.type('security');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/account/security');
});

test('a slug is checked while it is typed', async ({ page, member }) => {
  await page.goto('/welcome');
  await awake(page, true);
  const slug = page.locator('input[name="slug"]');
  await slug.fill(member.slug);
  await expect(page.getByText(/This address is taken/)).toBeVisible();
  await slug.fill(`${member.slug}-other`);
  await expect(page.getByText('This address is free.')).toBeVisible();
});

test('the strength of a password is told while it is typed, and it can be looked at', async ({ page }) => {
  await page.goto('/sign-up');
  await awake(page, true);
  const password = page.locator('input[name="password"]');
  await password.fill('password');
  await expect(page.getByText('Use at least 10 characters.')).toBeVisible();
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
});

test('a title is changed in its place', async ({ page, member }) => {
  await page.goto(await project(page, member.slug, 'Before'));
  await awake(page, true);
  await page.getByRole('button', { name: /rename the project/i }).first().click();
  const field = page.locator('input[name="name"]').first();
  await field.fill('After');
  await field.press('Enter');
  await expect(page.locator('.inline-edit-value').first()).toHaveText('After');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('After');
});
