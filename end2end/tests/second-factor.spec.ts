// Two-step sign-in: set up, used, lost and removed.

import { another, bring, organization } from '../support/arrange.ts';
import { keepCodes, setUpApp } from '../support/authenticator.ts';
import { mailTo } from '../support/mail.ts';
import { signIn } from '../support/people.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('somebody sets two-step sign-in up, signs in by it, loses the phone, and turns it off', async ({ page, member, script }) => {
  test.slow();
  await page.goto('/account/security');
  await page.getByRole('link', { name: 'Set it up' }).click();
  await expectSound(page, script);
  const { app, codes } = await setUpApp(page);
  await expectSound(page, script);
  const download = page.getByRole('link', { name: 'Download as a file' });
  expect(decodeURIComponent((await download.getAttribute('href'))!)).toContain(codes.join('\n'));
  await keepCodes(page);
  await expect(page).toHaveURL(/\/account\/security$/);
  await expect(page.getByText('10 are left.')).toBeVisible();
  expect((await mailTo(page, member, /two-step sign-in is set up/i)).text).toContain('/account/security');
  await page.goto('/account/security/recovery-codes');
  await expect(page).toHaveURL(/\/account\/security$/);

  // The way on is kept through both halves.
  await page.context().clearCookies();
  await page.goto('/account/activity');
  await page.getByLabel('E-mail address').fill(member.email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple 42');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two-step sign-in');
  await expectSound(page, script);
  await page.getByLabel('Code from your app').fill('000000');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('This code is not right').first()).toBeVisible();
  await page.getByLabel('Code from your app').fill(app.code());
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/account\/activity$/);

  // Without the phone.
  await page.context().clearCookies();
  await signIn(page, member);
  await page.getByRole('link', { name: 'Use a recovery code' }).click();
  await expectSound(page, script);
  await page.getByLabel('Recovery code').fill(codes[0]!);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/projects/);
  expect((await mailTo(page, member, /recovery code was used/i)).text).toContain('9 are left');

  await page.goto('/account/security');
  await awake(page, script);
  await page.getByRole('button', { name: 'Make new codes' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep your recovery codes');
  await keepCodes(page);
  await page.getByRole('link', { name: 'Turn off' }).click();
  await page.getByRole('button', { name: 'Turn it off' }).click();
  await expect(page.getByRole('link', { name: 'Set it up' })).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, member);
  await expect(page).toHaveURL(/\/projects/);
});

test('an organization requires it: who has none is led to it before anything there, and nowhere else', async ({ page, browser, member, script }, info) => {
  test.slow();
  const other = await another(browser, script, info);
  await bring(page, member.slug, other);
  const own = await organization(other.page, other);
  // Who requires it has it: the form leads to setting it up, and back.
  await page.goto(`/o/${member.slug}/settings/general`);
  await awake(page, script);
  await page.getByLabel('Require two-step sign-in of everybody').check();
  const save = page.locator('form', { has: page.getByLabel('Require two-step sign-in of everybody') }).getByRole('button', { name: 'Save' });
  await save.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up two-step sign-in');
  await setUpApp(page);
  await keepCodes(page);
  await expect(page).toHaveURL(new RegExp(`/o/${member.slug}/settings/general$`));
  await awake(page, script);
  await page.getByLabel('Require two-step sign-in of everybody').check();
  await save.click();
  await expect(page.getByText('The settings are saved.')).toBeVisible();
  await expectSound(page, script);

  await other.page.goto(`/o/${own}/projects`);
  await expect(other.page).toHaveURL(new RegExp(`/o/${own}/projects$`));
  await other.page.goto(`/o/${member.slug}/projects`);
  await expect(other.page.getByRole('heading', { level: 1 })).toHaveText('Set up two-step sign-in');
  await page.goto(`/o/${member.slug}/people`);
  const row = page.getByRole('row', { name: new RegExp(other.email) });
  await expect(row.getByText('No two-step sign-in')).toBeVisible();
  await setUpApp(other.page);
  await keepCodes(other.page);
  await expect(other.page).toHaveURL(new RegExp(`/o/${member.slug}/projects$`));
  await page.reload();
  await expect(row.getByText('Two-step sign-in', { exact: true })).toBeVisible();
  await other.context.close();
});
