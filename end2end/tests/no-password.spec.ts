// An account without a password: whoever proves the address by a mailed link does away with what was chosen before.

import { ahead } from '../support/clock.ts';
import { linkIn, mailTo } from '../support/mail.ts';
import { signIn, signInByLink, signUp } from '../support/people.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test, testAlone } from '../support/test.ts';

test('who has no password sets one by the mailed link', async ({ page, person, script }) => {
  await signUp(page, person);
  await page.context().clearCookies();
  await signInByLink(page, person);
  await page.goto('/account/security');
  await awake(page, script);
  await expectSound(page, script);
  const main = page.getByRole('main');
  await expect(main).toContainText('You have no password');
  await expect(main.getByLabel('Current password')).toHaveCount(0);
  await main.getByRole('button', { name: 'Send me a link to set one' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your mail');
  await page.goto(linkIn(await mailTo(page, person, /new password/i), '/reset-password'));
  await page.getByLabel('New password').fill('an entirely other phrase 99');
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await page.goto('/account/security');
  await expect(main.getByLabel('Current password')).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, person, 'an entirely other phrase 99');
  await expect(page).toHaveURL(/\/welcome/);
});

testAlone('who has no password closes the account by a fresh link', async ({ page, person, script }) => {
  await signUp(page, person);
  await page.context().clearCookies();
  await signInByLink(page, person);
  await page.request.post('/dev/mailbox/clear');
  await ahead(page, 1);
  await page.goto('/account/close');
  await awake(page, script);
  await expectSound(page, script);
  const main = page.getByRole('main');
  await expect(main.getByLabel('Password', { exact: true })).toHaveCount(0);
  await main.getByRole('link', { name: 'Sign in again' }).click();
  await expect(main).toContainText(person.email);
  await expectSound(page, script);
  await main.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your mail');
  await page.goto(linkIn(await mailTo(page, person, /sign-in link/i), '/magic-link'));
  await main.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/account\/close$/);
  await page.getByLabel(`Type ${person.email} to confirm`).fill(person.email);
  await page.getByRole('button', { name: 'Delete account' }).click();
  await expect(page).toHaveURL(/\/goodbye/);
  await mailTo(page, person, /account is deleted/);
});
