// Every page that needs nobody: sound, in light and dark, and the answers of the edge.

import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

const PAGES = ['/', '/pricing', '/sign-in', '/sign-up', '/forgot-password', '/magic-link', '/reset-password', '/verify-email', '/report?page=%2Fpricing'];

for (const path of PAGES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${path} is sound in ${colorScheme}`, async ({ page, script }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await awake(page, script);
      await expectSound(page, script);
      await expect(page.locator('head > meta[name="description"]')).toHaveCount(1);
    });
  }
}

test('the landing page loads no wasm', async ({ page, script }) => {
  const wasm: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) wasm.push(request.url());
  });
  await page.goto('/');
  await awake(page, script);
  expect(wasm).toEqual([]);
});

test('an address that no page has is 404 with a way on', async ({ page, script }) => {
  const answer = await page.goto('/nothing-here');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('link', { name: 'Go to the start page' })).toBeVisible();
  await expectSound(page, script);
});

test('the appearance is kept without a flash', async ({ page, script }) => {
  await page.goto('/');
  await awake(page, script);
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto('/sign-in');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
