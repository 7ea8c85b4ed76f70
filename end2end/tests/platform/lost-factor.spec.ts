// Somebody has lost the phone and the codes on paper. Support clears what guarded the account, and the mailbox leads back in.

import { keepCodes, setUpApp } from '../../support/authenticator.ts';
import { otherBrowser } from '../../support/browser.ts';
import { linkIn, mailTo } from '../../support/mail.ts';
import { enterDemo, signIn } from '../../support/people.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, test } from '../../support/test.ts';

const NEW_PASSWORD = 'another phrase that is long 7';

test('who lost the second factor is let in by support, by the mailbox alone, and sets another one up', async ({ page, browser, member, script }) => {
  test.slow();
  await page.goto(`/o/${member.slug}/settings/general`);
  await awake(page, script);
  const require = page.getByLabel('Require two-step sign-in of everybody');
  const save = page.locator('form', { has: require }).getByRole('button', { name: 'Save' });
  await require.check();
  await save.click();
  await setUpApp(page);
  await keepCodes(page);
  await expect(page).toHaveURL(new RegExp(`/o/${member.slug}/settings/general$`));
  await awake(page, script);
  await require.check();
  await save.click();
  await expect(page.getByText('The settings are saved.')).toBeVisible();

  const { page: staff } = await otherBrowser(browser, script);
  await enterDemo(staff, 'support');
  await staff.goto(`/platform/users?search=${encodeURIComponent(member.email)}`);
  await staff.getByRole('main').getByRole('link', { name: member.name, exact: true }).click();
  const main = staff.getByRole('main');
  await expect(main).toContainText('The authenticator app, 10 recovery codes');
  await main.getByRole('link', { name: 'Clear the second factor' }).click();
  await awake(staff, script);
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText(`Clear the second factor of ${member.name}?`);
  await expect(main).toContainText('Make sure that it is them');
  await expectSound(staff, script);
  await staff.getByLabel('Reason').fill('Called back on the number that we had.');
  await staff.getByLabel('Ticket').fill('T-17');
  await staff.getByRole('button', { name: 'Clear the second factor' }).click();
  await expect(main).toContainText('They are signed in nowhere.');
  await expectSound(staff, script);

  await page.goto('/account/profile');
  await expect(page).toHaveURL(/\/sign-in/);
  const mail = await mailTo(page, member, /Support removed your two-step sign-in/);
  expect(mail.text).toContain('If you did not ask for this');
  await page.goto(linkIn(mail, '/reset-password'));
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  // Signed in by the new password alone, and led to where the organization wants more.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up two-step sign-in');
  await page.goto('/account/security');
  await expect(page.getByRole('link', { name: 'Set it up' })).toBeVisible();

  // The next time the password is enough, until the organization asks for more.
  await page.context().clearCookies();
  await signIn(page, member, NEW_PASSWORD);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up two-step sign-in');
  await setUpApp(page);
  await keepCodes(page);
  await expect(page).toHaveURL(new RegExp(`/o/${member.slug}/projects$`));
  await page.goto(`/o/${member.slug}/settings/audit?what=user.second_factor_cleared`);
  await expect(page.getByRole('main')).toContainText('Took away the second factor that somebody had lost');
  await expect(page.getByRole('main')).not.toContainText('Called back');
  await staff.context().close();
});
