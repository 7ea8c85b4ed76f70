// What can come between an invitation and its acceptance: each has a page that says so, and a way on.

import { type Page } from '@playwright/test';

import { another, bring, invited, roleOf, send } from '../support/arrange.ts';
import { otherBrowser } from '../support/browser.ts';
import { mailTo } from '../support/mail.ts';
import { invite, openPerson } from '../support/people.ts';
import { somebody } from '../support/person.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

async function opens(page: Page, script: boolean, link: string, title: string | RegExp): Promise<void> {
  await page.goto(link);
  await awake(page, script);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(page.getByRole('button', { name: /^Join/ })).toHaveCount(0);
  await expectSound(page, script);
}

test('an inviter who may not invite any more, a paused organization, an invitation taken back', async ({
  page,
  member,
  browser,
  script,
}, info) => {
  test.slow();
  const { slug } = member;
  const organization = `Organization of ${member.name}`;
  const admin = await another(browser, script, info);
  await bring(page, slug, admin, 'Admin');
  const somebodyNew = somebody(info.testId);
  const link = await invited(admin.page, slug, somebodyNew);
  await openPerson(page, script, slug, admin);
  const form = { org: slug, person: page.url().split('/').at(-1)!, role: await roleOf(page, slug, 'Member') };
  await send(page, 'org/people/change_role/change_role', form);

  // Seen by somebody signed out, and asked by them: the owner hears of it and sends it again in their own name.
  const { context, page: theirs } = await otherBrowser(browser, script);
  await opens(theirs, script, link, 'This invitation is not good any more');
  await theirs.getByRole('button', { name: 'Ask for me' }).click();
  await expect(theirs.getByText('We have passed it on.')).toBeVisible();
  const asked = await mailTo(page, member, /asks to be let into/);
  await page.goto(asked.text.match(/https?:\/\/\S+\/people\?\S+/)![0]);
  await awake(page, script);
  const row = page.getByRole('main').getByRole('row').filter({ hasText: somebodyNew.email });
  await row.locator('summary.menu-trigger').click();
  await row.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('The invitation is on its way again')).toBeVisible();
  await theirs.goto(link);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(`Join ${organization}`);

  await send(page, 'org/danger/deactivate_organization/deactivate_organization', { org: slug });
  await opens(theirs, script, link, `${organization} is closed at the moment`);
  await send(page, 'org/danger/reactivate_organization/reactivate_organization', { org: slug });
  await theirs.goto(link);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(`Join ${organization}`);

  // Taken back while it is being looked at.
  await page.goto(`/o/${slug}/people?filter=invitations`);
  await awake(page, script);
  await row.locator('summary.menu-trigger').click();
  await row.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByText('No invitation is open')).toBeVisible();
  await theirs.getByRole('button', { name: 'Decline' }).click();
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link leads nowhere');
  await expectSound(theirs, script);
  await theirs.getByRole('link', { name: 'Sign in' }).click();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await context.close();
  await admin.context.close();
});

test('invited twice is invited once; a guest becomes a member, in whichever of two tabs', async ({
  page,
  member,
  browser,
  script,
}, info) => {
  test.slow();
  const { slug } = member;
  const guest = await another(browser, script, info);
  await bring(page, slug, guest, 'Guest');
  await invite(page, script, slug, guest.email);
  await expect(page.locator('#result')).toContainText('A guest already: becomes a member by accepting.');
  // Another spelling is the same address; what follows a plus is another one.
  await invite(page, script, slug, `${guest.email.toUpperCase()}, ${guest.email.replace('@', '+work@')}`);
  await expect(page.locator('#result').getByRole('listitem').first()).toContainText('Invited again');
  await expect(page.locator('#result').getByRole('listitem').last()).toContainText('The mail is on its way.');
  await page.goto(`/o/${slug}/people?filter=invitations`);
  await expect(page.getByRole('main')).toContainText('1–2 of 2 people');

  const mail = await mailTo(page, guest, /invites you/);
  const link = mail.text.match(/\/accept-invite\?code=[\w-]+/)![0];
  const tabs = [guest.page, await guest.context.newPage()];
  for (const tab of tabs) await tab.goto(link);
  for (const tab of tabs) await awake(tab, script);
  await tabs[0]!.getByRole('button', { name: /^Join/ }).click();
  await expect(tabs[0]!).toHaveURL(new RegExp(`/o/${slug}/projects`));
  await tabs[1]!.getByRole('button', { name: /^Join/ }).click();
  await expect(tabs[1]!.getByRole('heading', { level: 1 })).toHaveText(`You are in Organization of ${member.name}`);
  await page.goto(`/o/${slug}/people?search=${encodeURIComponent(guest.email)}`);
  const row = page.getByRole('main').getByRole('row').filter({ hasText: guest.name });
  await expect(row.getByText('Member', { exact: true }).first()).toBeVisible();
  await guest.context.close();
});

test('an inviter who may still invite, but not give the role that was promised', async ({ page, member, browser, script }, info) => {
  test.slow();
  const { slug } = member;
  const admin = await another(browser, script, info);
  await bring(page, slug, admin, 'Admin');
  const link = await invited(admin.page, slug, somebody(info.testId), 'Admin');
  await send(page, 'org/roles/create_role/create_role', { org: slug, name: 'Greeter', 'permissions[]': 'members.invite' });
  await openPerson(page, script, slug, admin);
  const form = { org: slug, person: page.url().split('/').at(-1)!, role: await roleOf(page, slug, 'Greeter') };
  await send(page, 'org/people/change_role/change_role', form);

  const { context, page: theirs } = await otherBrowser(browser, script);
  await opens(theirs, script, link, 'This invitation is not good any more');
  await expect(theirs.getByRole('main')).toContainText('may not give the role any more that the invitation promises');
  await theirs.getByRole('button', { name: 'Ask for me' }).click();
  await expect(theirs.getByText('We have passed it on.')).toBeVisible();
  await mailTo(page, member, /asks to be let into/);
  await context.close();
  await admin.context.close();
});
