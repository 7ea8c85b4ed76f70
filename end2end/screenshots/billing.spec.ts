// What an organization pays for, from the public prices to the end of a subscription.

import { type Page } from '@playwright/test';

import { expect } from '../support/test.ts';
import { ready, type Scene, take, test } from './shoot.ts';

const SCENES: Scene[] = [
  { name: 'pricing', path: '/pricing' },
  { name: 'pricing-year', path: '/pricing?interval=year' },
  { name: 'billing-admin', path: '/o/demo/settings/billing', who: 'admin' },
  { name: 'billing-forbidden', path: '/o/demo/settings/billing', who: 'member' },
  { name: 'billing-limits', path: '/o/full-house/settings/billing', who: 'owner at the limit' },
  { name: 'plans', path: '/o/demo/settings/billing/plans?plan=team&seats=6', who: 'owner' },
  { name: 'plans-year', path: '/o/demo/settings/billing/plans?interval=year', who: 'owner' },
  { name: 'plans-admin', path: '/o/demo/settings/billing/plans', who: 'admin' },
  { name: 'return-unknown', path: '/o/demo/settings/billing/return?checkout_id=nothing', who: 'owner' },
  { name: 'audit-gate', path: '/o/full-house/settings/audit', who: 'owner at the limit' },
];

take(SCENES);

/** Organizations of the demo, by what their bills show. */
const STANDINGS = {
  'trial-over': 'Too Late',
  'past-due': 'Empty Card',
  restricted: 'Past Grace',
  paused: 'Winter Break',
  ended: 'Closed Chapter',
  given: 'Good Friends',
  over: 'Crowded Room',
};

for (const [standing, name] of Object.entries(STANDINGS)) {
  test(`standing ${standing}`, async ({ page, shoot }) => {
    await page.goto('/');
    await page.getByRole('button', { name: `Enter ${name}`, exact: true }).click();
    await page.waitForURL((url) => url.pathname !== '/');
    const slug = name.toLowerCase().replace(/ /g, '-');
    await ready(page);
    await shoot(`banner-${standing}`);
    await page.goto(`/o/${slug}/settings/billing`);
    await ready(page);
    await shoot(`billing-${standing}`);
  });
}

test('subscription', async ({ page, member, shoot }) => {
  const billing = `/o/${member.slug}/settings/billing`;
  const scene = async (path: string, name: string) => {
    await page.goto(`${billing}${path}`);
    await ready(page);
    await shoot(name);
  };
  await scene('', 'billing-trial');
  await scene('/cancel', 'cancel-nothing');
  await page.goto(`${billing}/plans?plan=team&seats=6`);
  await page.getByRole('button', { name: 'Choose Team' }).click();
  await pay(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are on the Team plan');
  await ready(page);
  await shoot('return');
  await scene('', 'billing-active');
  await scene('/plans', 'plans-current');
  await scene('/change?plan=business&interval=month&seats=6', 'change-up');
  await scene('/change?plan=team&interval=month&seats=2', 'change-seats');
  await page.getByRole('button', { name: 'Change at the renewal' }).click();
  await expect(page.getByText('Keep things as they are')).toBeVisible();
  await scene('', 'billing-pending');
  await page.getByRole('button', { name: 'Keep things as they are' }).click();
  await expect(page.getByText('Keep things as they are')).toBeHidden();
  await scene('/cancel', 'cancel');
  await page.getByLabel('We were only trying it').check();
  await page.getByRole('button', { name: 'Cancel the subscription' }).click();
  await expect(page.getByRole('button', { name: 'Keep the subscription' })).toBeVisible();
  await scene('', 'billing-canceling');
  await scene('/plans', 'plans-canceling');
});

async function pay(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pay with a good card' }).click();
  await page.waitForURL(/\/settings\/billing\/return/);
}
