// Somebody of the staff who has no second factor yet sets one up before anything else, and lands where they were going.

import { confirmApp, keepCodes, setUpApp } from '../../support/authenticator.ts';
import { expectSound } from '../../support/sound.ts';
import { expect, testAlone } from '../../support/test.ts';

testAlone('staff sign in with a password, set two-step sign-in up, and only then see the platform', async ({ page, script }) => {
  testAlone.slow();
  await page.goto('/platform/staff');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
  const signIn = async () => {
    await page.goto('/sign-in?next=/platform/staff');
    await page.getByLabel('E-mail address').fill('staff@demo.plinth.test');
    await page.getByLabel('Password', { exact: true }).fill('plinth demo, enter freely');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  await signIn();
  await expect(page).toHaveURL(/\/account\/security\/two-step\?next=%2Fplatform%2Fstaff/);
  await page.goto('/platform/staff');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up two-step sign-in');
  await expectSound(page, script);
  const { app } = await setUpApp(page);
  await keepCodes(page);
  await expect(page).toHaveURL(/\/platform\/staff$/);
  await page.goto('/account/security');
  await expect(page.getByText('Authenticator app', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Turn off' })).toHaveCount(0);
  // They replace it instead.
  await page.getByRole('link', { name: 'Use another app' }).click();
  await page.getByRole('button', { name: 'Begin' }).click();
  const other = await confirmApp(page);
  await page.context().clearCookies();
  await signIn();
  await page.getByLabel('Code from your app').fill(app.code());
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('This code is not right').first()).toBeVisible();
  await page.getByLabel('Code from your app').fill(other.code());
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/platform\/staff$/);
});
