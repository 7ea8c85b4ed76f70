// Becoming staff: invited from the page, by the link in the mail, past the second factor, to what the role may see, and out again.

import { confirmApp, keepCodes } from '../../support/authenticator.ts';
import { otherBrowser } from '../../support/browser.ts';
import { mailTo } from '../../support/mail.ts';
import { enterDemo } from '../../support/people.ts';
import { PASSWORD } from '../../support/person.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, test } from '../../support/test.ts';

test('a support engineer is invited, sets a second factor up, sees what support may, and is ended', async ({ page, browser, person, script }) => {
  test.slow();
  await enterDemo(page, 'staff');
  await page.goto('/platform/staff');
  await awake(page, script);
  await expectSound(page, script);
  const colleague = { name: person.name.replace('Person', 'Colleague'), email: person.email.replace('example.test', 'demo.plinth.test') };
  await page.getByLabel('E-mail address').fill('somebody@elsewhere.test');
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByLabel('E-mail address')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('this address is in none of them').first()).toBeVisible();
  await page.getByLabel('E-mail address').fill(colleague.email);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByRole('table', { name: 'Open invitations' })).toContainText(colleague.email);

  const mail = await mailTo(page, colleague, /invites you to the staff/);
  const link = mail.text.match(/https?:\/\/[^/\s]+(\/accept-staff-invite\?code=[\w-]+)/)![1]!;
  // Not for who is signed in as somebody else.
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This invitation is for somebody else');

  const { page: theirs, context } = await otherBrowser(browser, script);
  await theirs.goto(link);
  await awake(theirs, script);
  await expectSound(theirs, script);
  await theirs.getByLabel('Your name').fill(colleague.name);
  await theirs.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await theirs.getByRole('button', { name: 'Join the staff' }).click();
  // Nothing of the staff's opens before a second factor.
  for (const path of ['/platform', '/platform/tenants']) {
    await theirs.goto(path);
    await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Set up two-step sign-in');
  }
  await theirs.getByRole('button', { name: 'Begin' }).click();
  await confirmApp(theirs);
  await keepCodes(theirs);
  await expect(theirs).toHaveURL(/\/platform/);
  await theirs.goto('/platform/staff');
  await awake(theirs, script);
  await expectSound(theirs, script);
  await expect(theirs.getByRole('table', { name: 'Staff', exact: true })).toContainText(colleague.email);
  await expect(theirs.getByRole('button', { name: 'Send invitation' })).toHaveCount(0);
  expect((await theirs.goto('/platform/audit'))?.status()).toBe(200);
  expect((await theirs.goto('/platform/security'))?.status()).toBe(200);

  // The link is used up.
  const { page: another, context: third } = await otherBrowser(browser, script);
  expect((await another.goto(link))?.status()).toBe(404);
  await expect(another.getByRole('heading', { level: 1 })).toHaveText('This invitation is over');
  await third.close();

  await page.goto('/platform/staff');
  await page.getByRole('link', { name: colleague.name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(colleague.name);
  await awake(page, script);
  await expectSound(page, script);
  const place = new URL(page.url()).pathname;
  expect((await theirs.goto(place))?.status()).toBe(403);
  await page.locator('label', { hasText: 'Auditor' }).click();
  await page.getByRole('button', { name: 'Save role' }).click();
  await expect(page.getByText('The role is changed.')).toBeVisible();
  await theirs.goto('/platform/staff');
  await expect(theirs.getByRole('row').filter({ hasText: colleague.email })).toContainText('Auditor');
  await page.getByRole('button', { name: `End ${colleague.name}` }).click();
  await expect(page.getByRole('table', { name: 'Staff', exact: true })).not.toContainText(colleague.email);
  expect((await theirs.goto('/platform'))?.status()).toBe(404);
  await theirs.goto('/account/profile');
  await expect(theirs).toHaveURL(/\/sign-in/);
  await context.close();

  await page.goto(`/platform/audit?person=${encodeURIComponent(colleague.email)}`);
  const log = page.getByRole('main');
  for (const what of ['Ended somebody’s place on the staff', 'Gave somebody of the staff another role', 'Became staff']) await expect(log).toContainText(what);
});
