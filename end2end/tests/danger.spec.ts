// Pausing, deleting and restoring: organizations, accounts, and what is in the bin.

import { another, bring, project } from '../support/arrange.ts';
import { otherBrowser } from '../support/browser.ts';
import { ahead } from '../support/clock.ts';
import { mailTo } from '../support/mail.ts';
import { createOrganization, signIn } from '../support/people.ts';
import { PASSWORD } from '../support/person.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test, testAlone } from '../support/test.ts';

const organizationOf = (name: string) => `Organization of ${name}`;

test('an owner pauses the organization and takes it up again', async ({ page, member, script }) => {
  await page.goto(`/o/${member.slug}/settings/danger`);
  await awake(page, script);
  await expectSound(page, script);
  await page.getByRole('link', { name: 'Pause organization' }).click();
  await expectSound(page, script);
  await page.getByRole('button', { name: 'Pause organization' }).click();
  await expect(page.getByText('This organization is paused.')).toBeVisible();
  await expectSound(page, script);
  await mailTo(page, member, /is paused/);
  await page.goto(`/o/${member.slug}/projects`);
  await expect(page.getByRole('link', { name: 'New project' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Undo this' }).click();
  await page.getByRole('button', { name: 'Take up again' }).click();
  await expect(page.getByText('This organization is paused.')).toHaveCount(0);
  await page.goto(`/o/${member.slug}/projects`);
  await expect(page.getByRole('link', { name: 'New project' }).first()).toBeVisible();
});

test('deleting asks for the name, and can be undone', async ({ page, member, script }) => {
  const danger = `/o/${member.slug}/settings/danger`;
  await page.goto(danger);
  await awake(page, script);
  // The browser stops a wrong name before it is sent; the server is asked past it.
  const field = page.getByLabel(`Type ${organizationOf(member.name)} to confirm`);
  await field.fill('Another name');
  await page.getByRole('button', { name: 'Delete organization' }).click();
  await expect(page.getByText('The organization was deleted')).toHaveCount(0);
  const refused = await page.request.post('/api/app/org/danger/delete_organization/delete_organization', {
    form: { org: member.slug, confirm: 'Another name' },
    headers: { accept: 'application/json' },
  });
  expect(refused.status()).toBe(422);

  await field.fill(organizationOf(member.name));
  await page.getByRole('button', { name: 'Delete organization' }).click();
  await expect(page.getByRole('heading', { name: 'The organization was deleted' })).toBeVisible();
  await expectSound(page, script);
  const mail = await mailTo(page, member, /was deleted/);
  expect(mail.text).toContain(danger);
  await page.getByRole('button', { name: 'Restore organization' }).click();
  await expect(page.getByRole('button', { name: 'Delete organization' })).toBeVisible();
});

test('a deleted project is brought back from the bin', async ({ page, member, script }) => {
  const harbour = await project(page, member.slug, 'Harbour');
  const deleted = await page.request.post('/api/app/org/projects/delete_project/delete_project', {
    form: { org: member.slug, project: harbour.split('/').at(-1)! },
    headers: { accept: 'application/json' },
  });
  expect(deleted.status()).toBe(200);
  await page.goto(`/o/${member.slug}/settings/bin`);
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByText(`Deleted by ${member.name}`)).toBeVisible();
  await page.getByRole('button', { name: 'Restore Harbour' }).click();
  await expect(page.getByText('The bin is empty')).toBeVisible();
  await page.goto(harbour);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Harbour');
});

test('a paused account is taken up again by signing in', async ({ page, member, script }) => {
  await page.goto('/account/close');
  await awake(page, script);
  await expectSound(page, script);
  await page.getByRole('link', { name: 'Pause account' }).click();
  await page.getByRole('button', { name: 'Pause account' }).click();
  await expect(page).toHaveURL(/\/goodbye/);
  await expectSound(page, script);
  await signIn(page, member);
  await expect(page).toHaveURL(/\/resume-account/);
  await expectSound(page, script);
  await page.getByRole('button', { name: 'Take up again' }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
});

testAlone('who signed in long ago signs in again; after thirty days the address is free', async ({ page, browser, server, member, script }) => {
  const danger = `/o/${member.slug}/settings/danger`;
  await ahead(page, 1);
  await page.goto(danger);
  await expect(page.getByRole('button', { name: 'Delete organization' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await expect(page.getByLabel('E-mail address')).toHaveValue(member.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(danger);
  await page.getByLabel(`Type ${organizationOf(member.name)} to confirm`).fill(organizationOf(member.name));
  await page.getByRole('button', { name: 'Delete organization' }).click();
  await expect(page.getByRole('button', { name: 'Restore organization' })).toBeVisible();

  await ahead(page, 30 * 24);
  const other = await otherBrowser(browser, script, server.url);
  await signIn(other.page, member);
  await expect(other.page).toHaveURL(/\/welcome/);
  const answer = await other.page.goto(danger);
  expect(answer?.status()).toBe(404);
  // The job has been put into the queue by the clock; the address is free once it is done.
  await expect
    .poll(async () => {
      const state = await other.page.request.get(`/api/app/org/check_slug/check_slug?value=${member.slug}`);
      return state.text();
    })
    .toContain('available');
  expect(await createOrganization(other.page, member)).toBe(member.slug);
  await other.context.close();
});

test('the only owner among several people hands over before the account is deleted', async ({ page, browser, member, script }, info) => {
  test.slow();
  const other = await another(browser, script, info);
  await bring(page, member.slug, other);

  await page.goto('/account/close');
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByText('You are the only owner of organizations that others work in')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete account' })).toHaveCount(0);
  const refused = await page.request.post('/api/app/account/delete_account/delete_account', {
    form: { confirm: member.email },
    headers: { accept: 'application/json' },
  });
  expect(refused.status()).toBe(409);

  // One of the two ways out: the organization goes.
  await page.getByRole('main').getByRole('link', { name: /^Delete/ }).click();
  await page.getByLabel(`Type ${organizationOf(member.name)} to confirm`).fill(organizationOf(member.name));
  await page.getByRole('button', { name: 'Delete organization' }).click();
  await expect(page.getByRole('button', { name: 'Restore organization' })).toBeVisible();
  const answer = await other.page.goto(`/o/${member.slug}/projects`);
  expect(answer?.status()).toBe(409);
  await expect(other.page.getByRole('heading', { level: 1 })).toContainText('was deleted');
  await expectSound(other.page, false);

  await page.goto('/account/close');
  await page.getByLabel(`Type ${member.email} to confirm`).fill(member.email);
  await page.getByRole('button', { name: 'Delete account' }).click();
  await expect(page).toHaveURL(/\/goodbye/);
  await mailTo(other.page, member, /account is deleted/);
  await signIn(page, member);
  await expect(page).toHaveURL(/\/sign-in/);
  await other.context.close();
});
