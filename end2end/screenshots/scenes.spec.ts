// The pages of projects, settings, accounts and of those who are not signed in.

import { type Page } from '@playwright/test';

import { linkIn, mailTo } from '../support/mail.ts';
import { enterDemo, signUp } from '../support/people.ts';
import { somebody } from '../support/person.ts';
import { expect } from '../support/test.ts';
import { moveClock, ready, type Scene, take, test } from './shoot.ts';

const SCENES: Scene[] = [
  { name: 'landing', path: '/' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'sign-in-refused', path: '/sign-in', act: refusedSignIn },
  { name: 'sign-up', path: '/sign-up' },
  { name: 'sign-up-refused', path: '/sign-up', act: refusedSignUp },
  { name: 'forgot-password', path: '/forgot-password' },
  { name: 'forgot-password-sent', path: '/forgot-password', act: (page) => sendLink(page, 'Check your mail') },
  { name: 'magic-link', path: '/magic-link' },
  { name: 'magic-link-token', path: '/magic-link?token=worn-out' },
  { name: 'reset-password', path: '/reset-password' },
  { name: 'reset-password-token', path: '/reset-password', act: followResetLink },
  { name: 'verify-email', path: '/verify-email', who: 'unverified' },
  { name: 'verify-email-token', path: '/verify-email?token=worn-out', who: 'unverified' },
  { name: 'verify-email-signed-out', path: '/verify-email?token=worn-out' },
  { name: 'sign-out', path: '/sign-out', who: 'owner' },
  { name: 'not-found', path: '/nothing-here' },
  { name: 'not-found-organization', path: '/o/nobodys/projects', who: 'owner' },
  { name: 'welcome', path: '/welcome', who: 'owner', act: nameOrganization },
  { name: 'welcome-refused', path: '/welcome', who: 'owner', act: refusedOrganization },
  { name: 'projects', path: '/o/demo/projects', who: 'owner' },
  { name: 'projects-member', path: '/o/demo/projects', who: 'member' },
  { name: 'projects-search', path: '/o/demo/projects?search=web', who: 'owner' },
  { name: 'projects-none-found', path: '/o/demo/projects?search=nothing', who: 'owner' },
  { name: 'projects-archived', path: '/o/demo/projects?filter=archived', who: 'owner' },
  { name: 'projects-bin', path: '/o/demo/projects?filter=bin', who: 'owner' },
  { name: 'projects-limit', path: '/o/full-house/projects', who: 'owner at the limit' },
  { name: 'projects-new', path: '/o/demo/projects/new', who: 'owner' },
  { name: 'projects-new-limit', path: '/o/full-house/projects/new', who: 'owner at the limit' },
  { name: 'project', path: '/o/demo/projects', who: 'owner', act: (page) => open(page, 'Website relaunch') },
  { name: 'project-no-tasks', path: '/o/demo/projects', who: 'owner', act: (page) => open(page, 'Customer interviews') },
  { name: 'project-archived', path: '/o/demo/projects?filter=archived', who: 'owner', act: (page) => open(page, 'Office move') },
  { name: 'project-bin', path: '/o/demo/projects?filter=bin', who: 'owner', act: (page) => open(page, 'Abandoned idea') },
  { name: 'project-edit', path: '/o/demo/projects', who: 'owner', act: editProject },
  { name: 'project-rename', path: '/o/demo/projects', who: 'owner', act: renameProject },
  { name: 'task-menu', path: '/o/demo/projects', who: 'owner', act: openTaskMenu, window: true },
  { name: 'task-panel', path: '/o/demo/projects', who: 'owner', act: openTaskPanel },
  { name: 'settings-general', path: '/o/demo/settings/general', who: 'owner' },
  { name: 'settings-forbidden', path: '/o/demo/settings/general', who: 'member' },
  { name: 'roles', path: '/o/demo/settings/roles', who: 'owner' },
  { name: 'roles-new', path: '/o/demo/settings/roles/new?from=member', who: 'owner' },
  { name: 'role-default', path: '/o/demo/settings/roles', who: 'owner', act: openAdminRole },
  { name: 'audit', path: '/o/demo/settings/audit', who: 'owner' },
  { name: 'audit-entry', path: '/o/demo/settings/audit?what=task', who: 'owner', act: openFirstEntry },
  { name: 'audit-none-found', path: '/o/demo/settings/audit?search=nowhere', who: 'owner' },
  { name: 'audit-forbidden', path: '/o/demo/settings/audit', who: 'member' },
  { name: 'account-activity', path: '/account/activity', who: 'owner' },
  { name: 'account-profile', path: '/account/profile', who: 'owner' },
  { name: 'account-profile-unverified', path: '/account/profile', who: 'unverified' },
  { name: 'account-security', path: '/account/security', who: 'owner' },
  { name: 'account-sessions', path: '/account/sessions', who: 'owner' },
  { name: 'palette', path: '/o/demo/projects', who: 'owner', act: openPalette, window: true },
  { name: 'palette-project', path: '/o/demo/projects', who: 'owner', act: findProject, window: true },
  { name: 'palette-none', path: '/o/demo/projects', who: 'owner', act: findNothing, window: true },
  { name: 'switcher', path: '/o/demo/projects', who: 'owner', act: openSwitcher, window: true },
  { name: 'avatar-menu', path: '/o/demo/projects', who: 'owner', act: openAccountMenu, window: true },
  { name: 'focus', path: '/o/demo/projects', who: 'owner', act: focusSearch, window: true },
  { name: 'dev-components', path: '/dev/components' },
  { name: 'dev-mailbox', path: '/dev/mailbox' },
  { name: 'dev-clock', path: '/dev/clock' },
];

take(SCENES);

test('projects-empty', async ({ page, member, shoot }) => {
  await page.goto(`/o/${member.slug}/projects`);
  await ready(page);
  await shoot('projects-empty');
});

test('unverified-after-a-week', async ({ page, shoot }) => {
  await moveClock(page, '168');
  try {
    await enterDemo(page, 'unverified');
    await page.goto('/account/profile');
    await ready(page);
    await shoot('unverified-after-a-week');
  } finally {
    await moveClock(page, 'reset');
  }
});

async function openFirstEntry(page: Page): Promise<void> {
  await page.locator('.audit-entry > summary').first().click();
}

async function refusedSignIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail address').fill('owner@demo.plinth.test');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
}

async function refusedSignUp(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill('Demo Newcomer');
  await page.getByLabel('E-mail address').fill('newcomer@demo.plinth.test');
  await page.getByLabel('Password', { exact: true }).fill('password123');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
}

async function sendLink(page: Page, heading: string): Promise<void> {
  await page.getByLabel('E-mail address').fill('member@demo.plinth.test');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
}

async function followResetLink(page: Page): Promise<void> {
  const person = somebody('reset');
  await signUp(page, person);
  await page.context().clearCookies();
  await page.goto('/forgot-password');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your mail');
  await page.goto(linkIn(await mailTo(page, person, /new password/i), '/reset-password'));
}

async function nameOrganization(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('North Pier');
  await expect(page.getByText('This address is free.')).toBeVisible();
}

async function refusedOrganization(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('Another demo');
  await page.locator('input[name="slug"]').fill('demo');
  await page.getByRole('main').getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
}

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
}

async function editProject(page: Page): Promise<void> {
  await open(page, 'Website relaunch');
  await page.goto(`${page.url().split('?')[0]}?edit=1`);
}

async function renameProject(page: Page): Promise<void> {
  await open(page, 'Website relaunch');
  await ready(page);
  await page.getByRole('button', { name: /rename the project/i }).click();
}

async function openTaskMenu(page: Page): Promise<void> {
  await open(page, 'Website relaunch');
  await ready(page);
  await page.locator('.task summary').first().click();
}

async function openTaskPanel(page: Page): Promise<void> {
  await openTaskMenu(page);
  await page.getByRole('link', { name: /assign/i }).first().click();
  await expect(page.locator('.task-panel')).toBeVisible();
}

async function openPalette(page: Page): Promise<void> {
  await page.locator('.palette-trigger').click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

async function findProject(page: Page): Promise<void> {
  await openPalette(page);
  await page.getByRole('dialog').getByRole('combobox').fill('web');
  await expect(page.getByRole('option', { name: 'Website relaunch' })).toBeVisible();
}

async function findNothing(page: Page): Promise<void> {
  await openPalette(page);
  await page.getByRole('dialog').getByRole('combobox').fill('nowhere');
  await expect(page.getByText('Nothing found')).toBeVisible();
}

async function openSwitcher(page: Page): Promise<void> {
  const navigation = page.locator('.sidebar-trigger');
  if (await navigation.isVisible()) await navigation.click();
  await page.locator('.switcher summary').click();
}

async function openAdminRole(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Admin', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Admin');
}

async function openAccountMenu(page: Page): Promise<void> {
  await page.locator('.topbar-end .menu summary').last().click();
}

async function focusSearch(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
}
