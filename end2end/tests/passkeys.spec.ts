// Where there is no JavaScript, the pages say what passkeys need, and what goes without.

import { account } from '../support/arrange.ts';
import { expect, test } from '../support/test.ts';

test('without JavaScript there is no button to press in vain', async ({ page, person, script }) => {
  await account(page, person);
  await page.goto('/account/security/passkeys/new');
  await expect(page.getByRole('button', { name: 'Create the passkey' })).toBeVisible({ visible: script });
  await expect(page.getByText('Passkeys need JavaScript')).toBeVisible({ visible: !script });
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeVisible({ visible: script });
  await expect(page.getByText('turn JavaScript on')).toBeVisible({ visible: !script });
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
});
