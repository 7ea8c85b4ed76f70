// The pages of people, workspaces, and of what comes to an end.

import { mergeTests, type Page } from '@playwright/test';

import { account, another, bring } from '../support/arrange.ts';
import { planOf } from '../support/database.ts';
import { invitationOf } from '../support/mail.ts';
import { createOrganization, enterDemo, invite, openPerson, signIn, signInByLink, signUp } from '../support/people.ts';
import { somebody } from '../support/person.ts';
import { expect, testWithPostOffice } from '../support/test.ts';
import { moveClock, ready, type Scene, take, test } from './shoot.ts';

const SCENES: Scene[] = [
  { name: 'people', path: '/o/demo/people', who: 'owner' },
  { name: 'people-guests', path: '/o/demo/people?filter=guests', who: 'owner' },
  { name: 'people-none-found', path: '/o/demo/people?search=nobody', who: 'owner' },
  { name: 'people-member', path: '/o/demo/people', who: 'member' },
  { name: 'people-guest', path: '/o/demo/people', who: 'guest' },
  { name: 'people-menu', path: '/o/demo/people', who: 'owner', act: openRowMenu, window: true },
  { name: 'person', path: '/o/demo/people', who: 'owner', act: openMember },
  { name: 'person-role', path: '/o/demo/people', who: 'owner', act: (page) => ask(page, 'Billing') },
  { name: 'person-type', path: '/o/demo/people', who: 'owner', act: (page) => follow(page, 'Make a guest') },
  { name: 'person-suspend', path: '/o/demo/people', who: 'owner', act: (page) => follow(page, 'Suspend') },
  { name: 'person-remove', path: '/o/demo/people', who: 'owner', act: (page) => follow(page, 'Remove') },
  { name: 'ownership', path: '/o/demo/people', who: 'owner', act: (page) => follow(page, 'Hand the organization over') },
  { name: 'leave-only-owner', path: '/o/demo/leave', who: 'owner' },
  { name: 'leave', path: '/o/demo/leave', who: 'member' },
  { name: 'invite', path: '/o/demo/people/invite', who: 'owner' },
  { name: 'workspaces', path: '/o/demo/workspaces', who: 'owner' },
  { name: 'workspace', path: '/o/demo/workspaces', who: 'owner', act: openWorkspace },
  { name: 'workspace-delete', path: '/o/demo/workspaces', who: 'owner', act: deleteWorkspace },
  { name: 'project-access', path: '/o/demo/projects', who: 'owner', act: openAccess },
  { name: 'guest', path: '/o/demo/projects', who: 'guest' },
  { name: 'danger', path: '/o/demo/settings/danger', who: 'owner' },
  { name: 'danger-pause', path: '/o/demo/settings/danger?confirm=pause', who: 'owner' },
  { name: 'settings-bin', path: '/o/demo/settings/bin', who: 'owner' },
  { name: 'paused', path: '/sign-in', act: enterPaused },
  { name: 'account-organizations', path: '/account/organizations', who: 'owner' },
  { name: 'account-close', path: '/account/close', who: 'member' },
  { name: 'account-close-only-owner', path: '/account/close', who: 'owner' },
  { name: 'invitation-unknown', path: '/accept-invite?code=worn-out' },
];

take(SCENES);

test('invite-result', async ({ page, member, shoot }) => {
  const people = Array.from({ length: 6 }, () => somebody('invited').email);
  await invite(page, true, member.slug, [...people, 'not an address', member.email].join('\n'));
  await ready(page);
  await shoot('invite-result');
  await page.goto(`/o/${member.slug}/people`);
  await ready(page);
  await shoot('people-invited');
  await page.goto(`/o/${member.slug}/people/invite`);
  await ready(page);
  await shoot('invite-no-seat');
});

mergeTests(test, testWithPostOffice)('undeliverable', async ({ page, office, shoot }) => {
  const [typo, there] = [somebody('typo').email, somebody('there').email];
  office.refuse(typo);
  await enterDemo(page, 'owner');
  const slug = await createOrganization(page, somebody('organization'));
  await invite(page, true, slug, `${typo}\n${there}`);
  const report = page.url();
  await expect
    .poll(async () => {
      await page.goto(report);
      return page.locator('#result').textContent();
    })
    .toContain('Not delivered');
  await ready(page);
  await shoot('undeliverable-report');
  await page.goto(`/o/${slug}/people?filter=invitations`);
  await ready(page);
  await shoot('undeliverable-people');
});

test('no-password', async ({ page, person, shoot }) => {
  await signUp(page, person);
  await page.context().clearCookies();
  await signInByLink(page, person);
  await page.goto('/account/security');
  await ready(page);
  await shoot('no-password-security');
  await moveClock(page, '1');
  try {
    await page.goto('/account/close');
    await ready(page);
    await shoot('no-password-close');
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await expect(page.getByRole('button', { name: 'Send the link' })).toBeVisible();
    await ready(page);
    await shoot('no-password-again');
  } finally {
    await moveClock(page, 'reset');
  }
});

test('invitation', async ({ page, member, shoot }) => {
  const invited = somebody('invited');
  await invite(page, true, member.slug, invited.email);
  const link = await invitationOf(page, invited);
  await page.context().clearCookies();
  await page.goto(link);
  await ready(page);
  await shoot('invitation');
  await account(page, somebody('stranger'));
  await page.goto(link);
  await ready(page);
  await shoot('invitation-somebody-else');
  await page.context().clearCookies();
  await account(page, invited);
  await page.goto('/welcome');
  await ready(page);
  await shoot('invitation-waiting');
  await planOf(member.slug, { members: 1 });
  await page.goto(link);
  await ready(page);
  await shoot('invitation-no-seat');
});

test('ownership-offered', async ({ page, browser, member, shoot }, info) => {
  const other = await another(browser, true, info);
  await bring(page, member.slug, other);
  await openPerson(page, true, member.slug, other);
  await page.getByRole('link', { name: 'Hand the organization over' }).click();
  const organization = `Organization of ${member.name}`;
  await page.getByLabel(`Type ${organization} to confirm`).fill(organization);
  await page.getByRole('button', { name: 'Offer the organization' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Offered to ${other.name}`);
  await ready(page);
  await shoot('ownership-offered');
  await page.context().clearCookies();
  await page.context().addCookies(await other.context.cookies());
  await page.goto(`/o/${member.slug}/projects`);
  await ready(page);
  await shoot('ownership-banner');
  await page.goto(`/o/${member.slug}/ownership`);
  await ready(page);
  await shoot('ownership-offer');
  await other.context.close();
});

test('deleted', async ({ page, member, shoot }) => {
  await page.goto(`/o/${member.slug}/settings/danger`);
  const organization = `Organization of ${member.name}`;
  await page.getByLabel(`Type ${organization} to confirm`).fill(organization);
  await page.getByRole('button', { name: 'Delete organization' }).click();
  await expect(page.getByRole('heading', { name: 'The organization was deleted' })).toBeVisible();
  await ready(page);
  await shoot('deleted');
});

test('goodbye', async ({ page, person, shoot }) => {
  await account(page, person);
  await page.goto('/account/close?confirm=pause');
  await page.getByRole('button', { name: 'Pause account' }).click();
  await expect(page).toHaveURL(/\/goodbye/);
  await ready(page);
  await shoot('goodbye');
});

async function openRowMenu(page: Page): Promise<void> {
  await page.getByRole('main').locator('tbody .menu-trigger').nth(1).click();
}

async function openMember(page: Page): Promise<void> {
  await page.goto('/o/demo/people?search=member');
  await page.getByRole('main').locator('tbody').getByRole('link').first().click();
  await expect(page.getByText('member@demo.plinth.test').first()).toBeVisible();
}

async function follow(page: Page, name: string): Promise<void> {
  await openMember(page);
  await page.getByRole('main').getByRole('link', { name }).click();
  await expect(page).not.toHaveURL(/people\/[^/]+$/);
}

async function ask(page: Page, role: string): Promise<void> {
  await openMember(page);
  await page.locator('select[name="role"]').selectOption({ label: role });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('main')).toContainText('Will no longer be able to');
}

async function openWorkspace(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Leadership' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Leadership');
}

async function deleteWorkspace(page: Page): Promise<void> {
  await openWorkspace(page);
  await page.getByRole('link', { name: 'Delete this workspace' }).click();
  await expect(page).toHaveURL(/\/delete$/);
}

async function openAccess(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Next year’s prices' }).click();
  await page.getByRole('link', { name: /Who can see this/ }).first().click();
  await expect(page).toHaveURL(/\/access$/);
}

async function enterPaused(page: Page): Promise<void> {
  await signIn(page, { name: 'Demo Paused', email: 'paused@demo.plinth.test' }, 'plinth demo, enter freely');
  await expect(page.getByText('This organization is paused.')).toBeVisible();
}
