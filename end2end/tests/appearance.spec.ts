// Light or dark: the browser's choice before the person's.

import { signIn } from '../support/people.ts';
import { awake } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('what was chosen before signing in stays', async ({ page, member, script }) => {
  await page.context().clearCookies();
  await page.goto('/');
  await awake(page, script);
  // Whoever goes on at once finds it as well.
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await signIn(page, member);
  await expect(page).toHaveURL(/\/projects/);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a browser without a choice takes on what the person chose elsewhere', async ({ page, member, script }) => {
  await page.goto('/account/profile');
  await awake(page, script);
  await page.getByRole('main').getByText('Dark', { exact: true }).click();
  await expect(page.getByRole('main').getByRole('radio', { name: 'Dark' })).toBeChecked();
  await page.getByRole('main').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Your profile is saved.')).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, member);
  await expect(page).toHaveURL(/\/projects/);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
