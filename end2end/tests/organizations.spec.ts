// Organizations: their names, their addresses, and who does not belong to them.

import { otherBrowser } from '../support/browser.ts';
import { createOrganization, signUp } from '../support/people.ts';
import { somebody } from '../support/person.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('a taken address is told of, and the name is kept', async ({ page, member, script }) => {
  await page.goto('/welcome');
  await awake(page, script);
  await expectSound(page, script);
  await page.getByLabel('Name', { exact: true }).fill('Another one');
  await page.locator('input[name="slug"]').fill('demo');
  await page.getByRole('main').getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('alert').first()).toContainText(/taken/i);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Another one');
  expect(member.slug).not.toBe('demo');
});

test('an old address leads to the new one', async ({ page, member, script }) => {
  const renamed = `${member.slug}-new`;
  await page.goto(`/o/${member.slug}/settings/general`);
  await awake(page, script);
  await expectSound(page, script);
  await page.locator('input[name="slug"]').fill(renamed);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${renamed}/settings/general`));
  await page.goto(`/o/${member.slug}/projects`);
  await expect(page).toHaveURL(new RegExp(`/o/${renamed}/projects`));
});

test('one switches between organizations', async ({ page, member, person, script }) => {
  const second = await createOrganization(page, { ...person, email: `second${person.email}` });
  await awake(page, script);
  await page.goto(`/o/${member.slug}/projects`);
  if ((page.viewportSize()?.width ?? 0) < 800) {
    await page.goto('/account/profile');
    await expect(page.locator(`a[href="/o/${second}/projects"]`)).not.toHaveCount(0);
    return;
  }
  await page.locator('summary, button').filter({ hasText: 'Organization of' }).first().click();
  await page.locator(`a[href="/o/${second}/projects"]`).first().click();
  await expect(page).toHaveURL(`/o/${second}/projects`);
});

test('a stranger finds nothing', async ({ browser, member, script }, info) => {
  const other = await otherBrowser(browser, script);
  await signUp(other.page, somebody(info.testId));
  const answer = await other.page.goto(`/o/${member.slug}/projects`);
  expect(answer?.status()).toBe(404);
  await expectSound(other.page, false);
  await other.context.close();
});
