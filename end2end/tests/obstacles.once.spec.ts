// What only time, or the operator, can put between an invitation and its acceptance.

import { invited } from '../support/arrange.ts';
import { otherBrowser } from '../support/browser.ts';
import { ahead } from '../support/clock.ts';
import { mailTo } from '../support/mail.ts';
import { enterDemo, signIn } from '../support/people.ts';
import { PASSWORD, somebody } from '../support/person.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, testAlone } from '../support/test.ts';

testAlone('who opens an invitation too late asks for another one', async ({ page, member, browser, server, script }, info) => {
  const late = somebody(info.testId);
  const link = await invited(page, member.slug, late);
  await ahead(page, 7 * 24);
  const { context, page: theirs } = await otherBrowser(browser, script, server.url);
  await theirs.goto(link);
  await awake(theirs, script);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This invitation has expired');
  await expectSound(theirs, script);
  await theirs.getByRole('button', { name: 'Ask for me' }).click();
  await expect(theirs.getByText('We have passed it on.')).toBeVisible();
  await expectSound(theirs, script);

  const asked = await mailTo(page, member, /asks to be let into/);
  await signIn(page, member);
  await page.goto(asked.text.match(/https?:\/\/\S+\/people\?\S+/)![0]);
  await awake(page, script);
  const row = page.getByRole('main').getByRole('row').filter({ hasText: late.email });
  await expect(row).toContainText('Invitation expired');
  await page.request.post('/dev/mailbox/clear');
  await row.locator('summary.menu-trigger').click();
  await row.getByRole('button', { name: 'Send again' }).click();
  await expect(row.getByText('Invited', { exact: true })).toBeVisible();
  const fresh = await mailTo(page, late, /invites you/);
  await theirs.goto(fresh.text.match(/\/accept-invite\?code=[\w-]+/)![0]);
  await expect(theirs.getByRole('link', { name: 'Create an account' })).toBeVisible();
  await context.close();
});

const testClosed = testAlone.extend({ settings: async ({}, use) => use({ PLINTH_SELF_SERVE: 'false' }) });

testClosed('where nobody signs up alone, who is invited does', async ({ page, browser, server, script }, info) => {
  const person = somebody(info.testId);
  await enterDemo(page, 'owner');
  const link = await invited(page, 'demo', person);
  const { context, page: theirs } = await otherBrowser(browser, script, server.url);
  await theirs.goto('/sign-up');
  await awake(theirs, script);
  await expect(theirs.getByLabel('Password', { exact: true })).toHaveCount(0);
  await expect(theirs.getByRole('main')).toContainText('by invitation');
  await expectSound(theirs, script);
  await theirs.goto(link);
  await theirs.getByRole('link', { name: 'Create an account' }).click();
  await awake(theirs, script);
  await theirs.getByLabel('Your name').fill(person.name);
  await theirs.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await theirs.getByRole('checkbox').check();
  await theirs.getByRole('button', { name: /^Create account and join/ }).click();
  await expect(theirs).toHaveURL(/\/o\/demo\/projects/);
  await context.close();
});
