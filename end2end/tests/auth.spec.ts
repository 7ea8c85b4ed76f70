// Ways in and out.

import { otherBrowser } from '../support/browser.ts';
import { linkIn, mailTo } from '../support/mail.ts';
import { createOrganization, signIn, signUp, verify } from '../support/people.ts';
import { PASSWORD } from '../support/person.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('a refused sign-up keeps what was typed, but never the password', async ({ page, script }) => {
  await page.goto('/sign-up');
  await awake(page, script);
  await expectSound(page, script);
  await page.getByLabel('Your name').fill('Ann');
  await page.getByLabel('E-mail address').fill('ann@example.test');
  await page.getByLabel('Password', { exact: true }).fill('password123');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('alert')).toContainText('too easy to guess');
  await expect(page.getByLabel('E-mail address')).toHaveValue('ann@example.test');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  expect(page.url()).not.toContain('__err');
  await expectSound(page, script);
});

test('a wrong password and an unknown address are told the same', async ({ page, member }) => {
  await page.context().clearCookies();
  await signIn(page, member, 'not the password at all');
  const wrong = await page.getByRole('alert').textContent();
  expect(wrong).toContain('do not match');
  await signIn(page, { name: '', email: `x${member.email}` });
  await expect(page.getByRole('alert')).toHaveText(wrong!);
});

test('somebody who is sent to sign in comes back to where they were going', async ({ page, member }) => {
  await page.context().clearCookies();
  const target = `/o/${member.slug}/settings/general`;
  await page.goto(target);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel('E-mail address').fill(member.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(target);
});

test('a forgotten password is replaced, and other devices are signed out', async ({ page, browser, member, script }) => {
  const other = await otherBrowser(browser, script);
  await other.page.goto('/forgot-password');
  await other.page.getByLabel('E-mail address').fill(member.email);
  await other.page.getByRole('button', { name: 'Send the link' }).click();
  await expect(other.page.getByRole('heading', { level: 1 })).toHaveText('Check your mail');
  const mail = await mailTo(page, member, /new password/i);
  await other.page.goto(linkIn(mail, '/reset-password'));
  await other.page.getByLabel('New password').fill('an entirely other phrase 99');
  await other.page.getByRole('button', { name: 'Save and sign in' }).click();
  await expect(other.page).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  await page.goto('/account/profile');
  await expect(page).toHaveURL(/\/sign-in/);
  await other.context.close();
});

test('a link signs in once', async ({ page, member }) => {
  await page.context().clearCookies();
  await page.goto('/magic-link');
  await page.getByLabel('E-mail address').fill(member.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  const link = linkIn(await mailTo(page, member, /sign-in link/i), '/magic-link');
  await page.goto(link);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  await page.context().clearCookies();
  await page.goto(link);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('main')).toContainText('no longer works');
});

test('another device is seen, and signed out', async ({ page, browser, member, script }) => {
  const other = await otherBrowser(browser, script);
  await signIn(other.page, member);
  await expect(other.page).toHaveURL(/\/projects/);
  await page.goto('/account/sessions');
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByText('This device')).toHaveCount(1);
  await page.getByRole('main').getByRole('button', { name: /^Sign out(?! all)/ }).first().click();
  await expect(page.getByText('That device is signed out.')).toBeVisible();
  await other.page.goto('/account/profile');
  await expect(other.page).toHaveURL(/\/sign-in/);
  await other.context.close();
});

test('signing out ends it', async ({ page, member, script }) => {
  await page.goto('/sign-out');
  await awake(page, script);
  await expectSound(page, script);
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto(`/o/${member.slug}/projects`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test('from sign-up to the first organization, with a banner until the address is proven', async ({ page, person, script }) => {
  await signUp(page, person);
  await awake(page, script);
  await expectSound(page, script);
  await page.goto('/account/profile');
  await expect(page.getByText(/Verify your e-mail address by/)).toBeVisible();
  await expectSound(page, script);
  await verify(page, person);
  await createOrganization(page, person);
});
