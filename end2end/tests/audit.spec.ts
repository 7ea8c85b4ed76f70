// The audit log: what was done is found in it, by whom, and by nobody who may not read it.

import { readFileSync } from 'node:fs';

import { project } from '../support/arrange.ts';
import { otherBrowser } from '../support/browser.ts';
import { onPlan } from '../support/database.ts';
import { signIn } from '../support/people.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('an owner finds what happened, opens it, and takes it away', async ({ page, member, script }) => {
  await onPlan(member.slug, 'team');
  await project(page, member.slug, '=Harbour');
  await project(page, member.slug, 'Bridge');
  await page.goto(`/o/${member.slug}/settings/general`);
  await page.getByLabel('Name', { exact: true }).fill('Renamed');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('The settings are saved.')).toBeVisible();

  await page.goto(`/o/${member.slug}/settings/audit`);
  await awake(page, script);
  await expectSound(page, script);
  const entries = page.locator('.audit-entry');
  await expect(entries).toHaveCount(4);
  await expect(entries.first()).toContainText('Changed the organization');
  await expect(page.getByRole('row').nth(1)).toContainText(member.name);

  // Details open where the entry stands, without JavaScript as well.
  await entries.first().locator('summary').click();
  const details = entries.first().locator('.audit-details');
  await expect(details).toBeVisible();
  await expect(details.locator('del').first()).toContainText(`Organization of ${member.name}`);
  await expect(details.locator('ins').first()).toContainText('Renamed');
  await expectSound(page, script);

  // The form is an address.
  await page.getByLabel('What').selectOption('project.created');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/what=project\.created/);
  await expect(entries).toHaveCount(2);
  await page.goto(`/o/${member.slug}/settings/audit?search=harbour`);
  await expect(entries).toHaveCount(1);
  await expect(page.getByRole('searchbox')).toHaveValue('harbour');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${member.slug}-audit-\\d{4}-\\d\\d-\\d\\d\\.csv$`));
  const lines = readFileSync(await download.path(), 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('position,time,action,actor');
  expect(lines[1]).toContain('project.created');

  await page.goto(`/o/${member.slug}/settings/audit?what=task`);
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await expectSound(page, script);
  await page.getByRole('main').getByRole('link', { name: 'Clear the filters' }).last().click();
  await expect(entries.first()).toContainText('Exported the audit log');
});

test('who may not read it finds neither the page nor the way there', async ({ browser, page, member, script }) => {
  await page.goto(`/o/${member.slug}/projects`);
  await expect(page.locator(`a[href="/o/${member.slug}/settings/audit"]`)).not.toHaveCount(0);

  const other = await otherBrowser(browser, script);
  const foreign = await other.page.goto(`/o/${member.slug}/settings/audit`);
  expect(foreign?.url()).toContain('/sign-in?next=');
  await other.page.goto('/');
  await other.page.getByRole('button', { name: 'Enter as member', exact: true }).click();
  await expect(other.page).toHaveURL(/\/o\/demo\/projects/);
  await expect(other.page.locator('a[href="/o/demo/settings/audit"]')).toHaveCount(0);
  for (const path of ['/o/demo/settings/audit', '/o/demo/settings/audit.csv']) {
    const answer = await other.page.goto(path);
    expect(answer?.status(), path).toBe(403);
    await expect(other.page.getByText('Your role does not include this')).toBeVisible();
  }
  await expectSound(other.page, script);
  const nowhere = await other.page.goto(`/o/${member.slug}/settings/audit`);
  expect(nowhere?.status()).toBe(404);
  await other.context.close();
});

test('one sees what one did oneself', async ({ page, member, script }) => {
  await page.goto('/account/activity');
  await awake(page, script);
  await expectSound(page, script);
  const entries = page.locator('.audit-entry');
  await expect(entries.last()).toContainText('Made an account');
  await expect(entries.filter({ hasText: 'Created the organization' })).toHaveCount(1);

  await page.context().clearCookies();
  await signIn(page, member);
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto('/account/activity?what=user.signed_in');
  await expect(entries.first()).toContainText('Signed in');
  await entries.first().locator('summary').click();
  await expect(entries.first().locator('.audit-details')).toContainText('user.signed_in');
  await expectSound(page, script);
});
