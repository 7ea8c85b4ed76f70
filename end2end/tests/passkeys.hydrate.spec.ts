// A passkey: added, used as the second step, used alone, refused and removed.

import { keepCodes } from '../support/authenticator.ts';
import { mailTo } from '../support/mail.ts';
import { Device } from '../support/passkey.ts';
import { signIn } from '../support/people.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('somebody adds a passkey, comes in by it with and without a password, and removes it', async ({ page, member, script }) => {
  test.slow();
  const device = await Device.in(page);
  await page.goto('/account/security');
  await page.getByRole('link', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add a passkey');
  await awake(page, script);
  await expectSound(page, script);
  await page.getByLabel('Name', { exact: true }).fill('Blue key');
  await page.getByRole('button', { name: 'Create the passkey' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep your recovery codes');
  await keepCodes(page);
  await expect(page.getByText('Blue key', { exact: true })).toBeVisible();
  await expect(page.getByText('never used')).toBeVisible();
  await expectSound(page, script);
  expect(await device.passkeys()).toMatchObject([{ discoverable: true }]);
  expect((await mailTo(page, member, /passkey was added/i)).text).toContain('/account/security');

  // The same device has one already: the browser says so, and the page in words.
  await page.goto('/account/security/passkeys/new');
  await awake(page, script);
  await page.getByRole('button', { name: 'Create the passkey' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'has a passkey for your account already' })).toBeVisible();

  // As the second step.
  await page.context().clearCookies();
  await signIn(page, member);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two-step sign-in');
  await awake(page, script);
  await expectSound(page, script);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).toHaveURL(/\/projects/);

  // Alone, and on to where one was going.
  await page.context().clearCookies();
  await page.goto('/account/activity');
  await awake(page, script);
  await expectSound(page, script);
  await device.recognizes(false);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'No passkey was used' })).toBeVisible();
  await expectSound(page, script);
  await device.recognizes(true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page).toHaveURL(/\/account\/activity$/);

  await page.goto('/account/security');
  await expect(page.getByText('last used')).toBeVisible();
  await page.getByRole('link', { name: 'Change Blue key' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Blue key');
  await awake(page, script);
  await expectSound(page, script);
  await page.getByLabel('Name', { exact: true }).fill('Old key');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Change Old key' }).click();
  await page.getByRole('button', { name: 'Remove the passkey' }).click();
  await expect(page.getByText('The passkey is removed.')).toBeVisible();
  await expect(page.getByText('Old key', { exact: true })).toHaveCount(0);

  await page.context().clearCookies();
  await page.goto('/sign-in');
  await awake(page, script);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByText('The passkey was not accepted').first()).toBeVisible();
  await expectSound(page, script);
  await signIn(page, member);
  await expect(page).toHaveURL(/\/projects/);
});
