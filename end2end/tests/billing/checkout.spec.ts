// Buying a plan: from the prices to a page of the provider and back.

import type { Page } from '@playwright/test';

import { another, bring } from '../../support/arrange.ts';
import { billing, bought, choose, eventually, pay, payPage, subscribed, told } from '../../support/billing.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, test } from '../../support/test.ts';

const GOOD = 'Pay with a good card';
const DECLINED = 'Pay with a card that is declined';
const TEAM = 'You are on the Team plan';

const title = (page: Page) => page.getByRole('heading', { level: 1 });

test('an owner compares plans, buys one and comes back to it', async ({ page, member, script }) => {
  await page.goto('/pricing?interval=year');
  await expectSound(page, false);
  await expect(page.getByRole('main')).toContainText('$190');
  // Who is signed in already goes on to the plans of their organization.
  await page.getByRole('link', { name: 'Choose Team' }).first().click();
  await expect(page).toHaveURL(new RegExp(`${billing(member.slug)}/plans`));
  await awake(page, script);
  await expectSound(page, script);
  await page.getByRole('spinbutton', { name: 'Seats' }).fill('3');
  await page.getByRole('button', { name: 'Show prices' }).click();
  await expect(page.getByRole('main')).toContainText('$570.00 a year for 3 seats');
  await choose(page, 'Team');
  await expect(page.getByRole('main')).toContainText('Total today570.00 USD');
  await page.getByRole('button', { name: GOOD }).click();
  await expect(title(page)).toHaveText(TEAM);
  await expect(page.getByRole('status').first()).toContainText('3 seats');
  await awake(page, script);
  await expectSound(page, script);

  await page.getByRole('link', { name: 'Go to billing' }).click();
  const main = page.getByRole('main');
  await expect(main).toContainText(/It renews on \d{1,2} [A-Z][a-z]{2} 20\d\d/);
  await expect(main).toContainText('paid yearly');
  await expect(main).toContainText('1 of 3 in use');
  const invoices = page.getByRole('table', { name: 'Invoices' });
  await expect(invoices).toContainText('$570.00');
  await expect(invoices).toContainText('Paid');
  await awake(page, script);
  await expectSound(page, script);
});

test('a card that is declined buys nothing, and the next one does', async ({ page, member }) => {
  await page.goto(`${billing(member.slug)}/plans`);
  await choose(page, 'Starter');
  await page.getByRole('button', { name: DECLINED }).click();
  await expect(page.getByRole('alert')).toContainText('Nothing was paid');
  expect((await bought(page, member)).subscriptions).toEqual([]);
  await page.getByRole('button', { name: GOOD }).click();
  await expect(title(page)).toHaveText('You are on the Starter plan');
});

test('a bank that asks is answered', async ({ page, member }) => {
  await page.goto(`${billing(member.slug)}/plans`);
  await choose(page, 'Team');
  await page.getByRole('button', { name: 'Pay with a card that asks for confirmation' }).click();
  await page.getByRole('button', { name: 'Confirm the payment' }).click();
  await expect(title(page)).toHaveText(TEAM);
});

test('who goes away without paying has bought nothing, and comes back to the same page', async ({ page, member }) => {
  await page.goto(`${billing(member.slug)}/plans`);
  await choose(page, 'Team');
  const paying = page.url();
  await page.getByRole('link', { name: 'Go back without buying' }).click();
  await expect(page).toHaveURL(new RegExp(`${billing(member.slug)}/plans`));
  await page.goto(billing(member.slug));
  await expect(page.getByRole('main')).toContainText('The trial runs until');
  await page.goto(`${billing(member.slug)}/plans`);
  await choose(page, 'Team');
  expect(page.url()).toBe(paying);
  expect((await bought(page, member)).subscriptions).toEqual([]);
});

test('the plan is there when the provider’s word comes before the person', async ({ page, member }) => {
  const back = await pay(page, await payPage(page, member.slug, { plan: 'team', seats: 2 }));
  await told(page);
  await eventually(page, billing(member.slug), () =>
    expect(page.getByRole('main')).toContainText('Everything is paid for', { timeout: 1_000 }),
  );
  await page.goto(back);
  await expect(title(page)).toHaveText(TEAM);
});

test('two presses and two tabs lead to one page, and buy once', async ({ page, context, member }) => {
  const purchase = { plan: 'team', seats: 2 };
  const [first, second] = await Promise.all([
    payPage(page, member.slug, purchase),
    payPage(page, member.slug, purchase),
  ]);
  expect(second).toBe(first);
  const tab = await context.newPage();
  await page.goto(first);
  await tab.goto(second);
  await page.getByRole('button', { name: GOOD }).click();
  await expect(title(page)).toHaveText(TEAM);
  // The other tab still shows what was paid.
  await tab.getByRole('button', { name: GOOD }).click();
  await expect(title(tab)).toHaveText(TEAM);
  expect((await bought(page, member)).subscriptions).toHaveLength(1);
  // And who presses once more is led to a change of what there is.
  expect(await payPage(page, member.slug, { plan: 'business', seats: 2 })).toContain(`${billing(member.slug)}/change`);
});

test('somebody without the right sees neither the pages nor what they show', async ({ page, browser, member, script }, info) => {
  await subscribed(page, member.slug, { plan: 'team', seats: 3 });
  const other = await another(browser, script, info);
  await bring(page, member.slug, other);
  for (const path of ['', '/plans', '/change?plan=team&interval=month&seats=4', '/cancel', '/return?checkout_id=x']) {
    const answer = await other.page.goto(`${billing(member.slug)}${path}`);
    expect(answer?.status(), path).toBe(403);
  }
  const org = member.slug;
  const asked: [string, Record<string, string>][] = [
    ['billing_overview/billing_overview', { org }],
    ['plan_choices/plan_choices', { org }],
  ];
  for (const [path, params] of asked) {
    const answer = await other.page.request.get(`/api/app/org/billing/${path}`, { params });
    expect(answer.status(), path).toBe(403);
  }
  await other.page.goto(`/o/${org}/projects`);
  await expect(other.page.locator(`a[href="${billing(org)}"]`)).toHaveCount(0);
});
