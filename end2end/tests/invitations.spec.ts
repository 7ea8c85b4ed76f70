// Invitations: from the box that addresses are pasted into to the organization one has come into.

import { another } from '../support/arrange.ts';
import { otherBrowser } from '../support/browser.ts';
import { planOf } from '../support/database.ts';
import { invitationOf, mailTo } from '../support/mail.ts';
import { invite, join, signUp, verify } from '../support/people.ts';
import { PASSWORD, somebody } from '../support/person.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('an owner pastes twelve addresses and sees what became of each', async ({ page, member, script }, info) => {
  await page.goto(`/o/${member.slug}/people/invite`);
  await awake(page, script);
  await expectSound(page, script);
  const people = Array.from({ length: 6 }, () => somebody(info.testId));
  const [first, second, third, fourth, fifth, sixth] = people.map((person) => person.email);
  await page
    .getByLabel('E-mail addresses')
    .fill(
      `First Person <${first}>, ${second}; ${third}\n"Fourth, Person" <${fourth}>\n${fifth}\n${sixth}\n` +
        `${first!.toUpperCase()}, not an address, half@, @half.example\n${member.email} , ${second}`,
    );
  await page.getByRole('button', { name: 'Send invitations' }).click();
  await expect(page).toHaveURL(/batch=/);
  await awake(page, script);
  const result = page.locator('#result');
  await expect(result.getByRole('heading')).toHaveText('4 people are invited, 8 not');
  const rows = result.getByRole('listitem');
  await expect(rows).toHaveCount(12);
  for (const [index, word] of [
    'Invited', 'Invited', 'Invited', 'Invited', 'No seat', 'No seat',
    'Twice', 'Not an address', 'Not an address', 'Not an address', 'Already in', 'Twice',
  ].entries()) {
    await expect(rows.nth(index), `row ${index}`).toContainText(word);
  }
  // What is worth another try stands in the box again, and the address of the page shows it all once more.
  await expect(page.getByLabel('E-mail addresses')).toHaveValue(`${fifth}\n${sixth}\nnot an address\nhalf@\n@half.example`);
  await page.reload();
  await expect(rows).toHaveCount(12);
  await expectSound(page, script);
  for (const person of people.slice(0, 4)) await mailTo(page, person, /invites you/);
});

test('of a paste that is too long nothing is lost: the rest waits in the box', async ({ page, member, script }, info) => {
  const entries = Array.from({ length: 400 }, (_, at) => `${at}${somebody(info.testId).email}`);
  const pasted = entries.join('\n');
  await page.goto(`/o/${member.slug}/people/invite`);
  await awake(page, script);
  const box = page.getByLabel('E-mail addresses');
  await box.fill(pasted);
  await expect(box).toHaveValue(pasted);
  await page.getByRole('button', { name: 'Send invitations' }).click();
  await expect(page.locator('#result').getByRole('listitem')).toHaveCount(50);
  await expect(page.getByText('350 more entries wait in the box below: 50 go at a time.')).toBeVisible();
  expect((await box.inputValue()).split('\n').slice(0, 350)).toEqual(entries.slice(50));
});

test('somebody without an account makes one on the way', async ({ page, member, browser, script }, info) => {
  const invited = somebody(info.testId);
  await invite(page, script, member.slug, invited.email);
  const link = await invitationOf(page, invited);
  const { context, page: theirs } = await otherBrowser(browser, script);
  await theirs.goto(link);
  await awake(theirs, script);
  await expectSound(theirs, script);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(`Join Organization of ${member.name}`);
  await expect(theirs.getByText(invited.email)).toBeVisible();
  await theirs.getByRole('link', { name: 'Create an account' }).click();
  await expect(theirs.getByLabel('E-mail address')).toHaveValue(invited.email);
  await awake(theirs, script);
  await expectSound(theirs, script);
  await theirs.getByLabel('Your name').fill(invited.name);
  await theirs.getByLabel('Password', { exact: true }).fill('too short');
  await theirs.getByRole('checkbox').check();
  await theirs.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await theirs.getByRole('button', { name: /^Create account and join/ }).click();
  await expect(theirs).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  await expect(theirs.getByText('You are in.')).toBeVisible();
  await mailTo(page, member, /joined/);
  // A second press on the mail's link finds that one is in.
  await theirs.goto(link);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(`You are in Organization of ${member.name}`);
  await theirs.getByRole('link', { name: /^Go to/ }).click();
  await expect(theirs).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  await context.close();
});

test('somebody who is signed in with another account goes on as the invited person', async ({
  page,
  member,
  browser,
  script,
}, info) => {
  const [invited, other] = [somebody(info.testId), somebody(info.testId)];
  const { context, page: theirs } = await otherBrowser(browser, script);
  await signUp(theirs, invited);
  await theirs.context().clearCookies();
  await signUp(theirs, other);
  await invite(page, script, member.slug, invited.email);
  const link = await invitationOf(page, invited);
  await theirs.goto(link);
  await awake(theirs, script);
  await expectSound(theirs, script);
  await expect(theirs.getByText(`It is for ${invited.email}, and you are signed in as ${other.email}.`)).toBeVisible();
  await theirs.getByRole('button', { name: 'Sign out and go on' }).click();
  await theirs.getByRole('link', { name: 'Sign in to join' }).click();
  await theirs.getByLabel('E-mail address').fill(invited.email);
  await theirs.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await theirs.getByRole('button', { name: 'Sign in', exact: true }).click();
  await theirs.getByRole('button', { name: /^Join/ }).click();
  await expect(theirs).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  await context.close();
});

test('who signed up alone finds the invitation on the first page', async ({ page, member, browser, script }, info) => {
  const invited = somebody(info.testId);
  await invite(page, script, member.slug, invited.email);
  const { context, page: theirs } = await otherBrowser(browser, script);
  await signUp(theirs, invited);
  await verify(theirs, invited);
  await awake(theirs, script);
  await expectSound(theirs, script);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('You are invited');
  await theirs.getByRole('button', { name: /^Join/ }).click();
  await expect(theirs).toHaveURL(new RegExp(`/o/${member.slug}/projects`));
  await context.close();
});

test('an invitation is declined, and the way in is closed', async ({ page, member, browser, script }, info) => {
  const invited = somebody(info.testId);
  await invite(page, script, member.slug, invited.email);
  const link = await invitationOf(page, invited);
  const { context, page: theirs } = await otherBrowser(browser, script);
  await theirs.goto(link);
  await theirs.getByRole('button', { name: 'Decline' }).click();
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This invitation was declined');
  await expectSound(theirs, script);
  await context.close();
});

test('a link that is passed on by hand is shown once and asks for proof', async ({ page, member, browser, script }, info) => {
  const invited = somebody(info.testId);
  await invite(page, script, member.slug, invited.email);
  await awake(page, script);
  await page.getByRole('button', { name: `Copy link ${invited.email}` }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${member.slug}/people/invite/link`));
  await awake(page, script);
  await expectSound(page, script);
  const shown = await page.getByRole('region', { name: 'Shown once' }).textContent();
  const link = new URL(shown!.trim());
  await page.reload();
  await expect(page.getByText('The link was shown already')).toBeVisible();
  const { context, page: theirs } = await otherBrowser(browser, script);
  await theirs.goto(link.pathname + link.search);
  await expect(theirs.getByText(invited.email)).toHaveCount(0);
  await theirs.getByRole('link', { name: 'Create an account' }).click();
  await theirs.getByLabel('Your name').fill(invited.name);
  await theirs.getByLabel('E-mail address').fill(invited.email);
  await theirs.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await theirs.getByRole('checkbox').check();
  await theirs.getByRole('button', { name: /^Create account and join/ }).click();
  await expect(theirs).toHaveURL(/\/verify-email/);
  await theirs.goto(link.pathname + link.search);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Prove your address first');
  await expectSound(theirs, script);
  await context.close();
});

test('of two who were invited, one comes in before the plan is full', async ({ page, member, browser, script }, info) => {
  test.slow();
  const first = await another(browser, script, info);
  const second = await another(browser, script, info);
  await invite(page, script, member.slug, `${first.email}, ${second.email}`);
  await planOf(member.slug, { members: 2 });
  await join(page, script, member.slug, first);

  await second.page.goto(await invitationOf(page, second));
  await awake(second.page, script);
  await expect(second.page.getByRole('heading', { level: 1 })).toHaveText(`Organization of ${member.name} has no free seat`);
  await expectSound(second.page, script);
  await second.page.getByRole('button', { name: 'Ask for me' }).click();
  await expect(second.page.getByText('We have passed it on.')).toBeVisible();
  const asked = await mailTo(page, member, /asks to be let into/);
  await page.goto(asked.text.match(/https?:\/\/\S+\/people\?\S+/)![0]);
  await expect(page.getByRole('main').getByRole('row').filter({ hasText: second.email })).toContainText('Invited');
  await page.goto(`/o/${member.slug}/people`);
  await expect(page.getByText('1 more than your plan includes.')).toBeVisible();

  await planOf(member.slug, { members: 3 });
  await join(page, script, member.slug, second);
  await first.context.close();
  await second.context.close();
});
