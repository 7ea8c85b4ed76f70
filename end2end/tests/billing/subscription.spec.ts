// What is done with a plan that is paid for: seats, another plan, its end, cards and invoices.

import { project } from '../../support/arrange.ts';
import { billing, eventually, setCard, subscribed } from '../../support/billing.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, test } from '../../support/test.ts';

test('seats are added after their price of today was shown', async ({ page, member, script }) => {
  await subscribed(page, member.slug, { plan: 'team', seats: 3 });
  await page.goto(billing(member.slug));
  await page.getByRole('button', { name: 'See what it costs' }).click();
  await expect(page.getByRole('heading', { name: 'There is nothing to change' })).toBeVisible();
  await page.goto(billing(member.slug));
  await page.getByLabel('New number of seats').fill('51');
  await page.getByRole('button', { name: 'See what it costs' }).click();
  await expect(page.getByText('The plan has at most 50 seats.')).toBeVisible();
  await page.goto(billing(member.slug));
  await page.getByLabel('New number of seats').fill('5');
  await page.getByRole('button', { name: 'See what it costs' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Change the plan' })).toBeVisible();
  await awake(page, script);
  await expectSound(page, script);
  const main = page.getByRole('main');
  await expect(main).toContainText('Team, 3 seats, paid monthly');
  await expect(main).toContainText('Team, 5 seats, paid monthly');
  await expect(main).toContainText('$95.00 a month');
  const change = page.getByRole('button', { name: 'Pay $38.00 and change' });
  await setCard(page, member, 'declines');
  await change.click();
  await expect(main).toContainText('The payment was declined, and nothing was changed.');
  await setCard(page, member, 'pays');
  await change.click();
  await expect(page).toHaveURL(new RegExp(`${billing(member.slug)}$`));
  await expect(main).toContainText('1 of 5 in use');
  await eventually(page, billing(member.slug), () =>
    expect(page.getByRole('table', { name: 'Invoices' })).toContainText('$38.00', { timeout: 1_000 }),
  );
});

test('a smaller plan names what it pauses, waits for the renewal, and is taken back', async ({ page, member, script }) => {
  await subscribed(page, member.slug, { plan: 'team', seats: 3 });
  for (const name of ['Harbour', 'Pier', 'Quay', 'Dock', 'Jetty', 'Slipway']) await project(page, member.slug, name);
  await page.goto(`${billing(member.slug)}/plans`);
  await page.getByRole('link', { name: 'Change to Starter' }).click();
  const main = page.getByRole('main');
  const paused = page.locator('section.card', { has: page.getByRole('heading', { name: 'What will be paused' }) });
  await expect(paused).toContainText('6 projects are in use, with room for 5');
  await expect(paused).toContainText('Slipway');
  await expect(paused).not.toContainText('Harbour');
  await awake(page, script);
  await expectSound(page, script);
  // Another one than the newest.
  await page.getByRole('checkbox', { name: 'Slipway' }).check();
  await page.getByRole('checkbox', { name: 'Harbour' }).uncheck();
  await page.getByRole('button', { name: 'Change at the renewal' }).click();
  await expect(main).toContainText(/From \d{1,2} [A-Z][a-z]{2} 20\d\d, \d\d:\d\d on: the Starter plan/);
  await expect(main).toContainText('Team plan');
  await page.goto(`${billing(member.slug)}/change?plan=starter&interval=month&seats=3`);
  await expect(paused).toContainText('Harbour');
  await expect(paused).not.toContainText('Slipway');
  await expect(page.getByRole('checkbox', { name: 'Slipway' })).toBeChecked();
  // More than there is room for is said beside the boxes, and what was ticked stays ticked.
  const change = page.getByRole('button', { name: 'Change at the renewal' });
  await page.getByRole('checkbox', { name: 'Harbour' }).check();
  await change.click();
  await expect(page.getByRole('group', { name: 'Projects' })).toContainText('Tick at most 5 of these.');
  await expect(page.getByRole('checkbox', { name: 'Harbour' })).toBeChecked();
  // The change waits already: the choice is new.
  await page.getByRole('checkbox', { name: 'Slipway' }).uncheck();
  await change.click();
  await expect(page.getByText('Your choice is noted.')).toBeVisible();
  await page.goto(billing(member.slug));
  await page.getByRole('button', { name: 'Keep things as they are' }).click();
  await expect(main).not.toContainText('the Starter plan');
});

test('a smaller plan with fewer seats is one step', async ({ page, member, script }) => {
  await subscribed(page, member.slug, { plan: 'team', seats: 6 });
  await page.goto(`${billing(member.slug)}/plans`);
  const main = page.getByRole('main');
  await expect(main).toContainText('It has at most 5 seats.');
  await page.getByRole('link', { name: 'Change to Starter' }).click();
  await expect(main).toContainText('Starter, 5 seats, paid monthly');
  await awake(page, script);
  await expectSound(page, script);
  await page.getByRole('button', { name: 'Change at the renewal' }).click();
  await expect(main).toContainText(/on: the Starter plan.* 5 seats/);
  await expect(main).toContainText('$45.00');
});

test('a subscription is canceled with a reason, and kept after all', async ({ page, member, script }) => {
  await subscribed(page, member.slug, { plan: 'starter', seats: 2 });
  await page.goto(billing(member.slug));
  await page.getByRole('link', { name: 'Cancel the subscription' }).click();
  await awake(page, script);
  await expectSound(page, script);
  await page.getByRole('radio', { name: 'Something is missing' }).check();
  await page.getByLabel('What should we know?').fill('A calendar.');
  await page.getByRole('button', { name: 'Cancel the subscription' }).click();
  await expect(page).toHaveURL(new RegExp(`${billing(member.slug)}$`));
  const main = page.getByRole('main');
  await expect(main).toContainText('Ends soon');
  await expect(main).toContainText(/Everything works until \d{1,2} [A-Z][a-z]{2} 20\d\d/);
  // What cannot be changed at this moment leads to where that is said.
  await page.goto(`${billing(member.slug)}/change?plan=team&interval=month&seats=2`);
  await expect(page).toHaveURL(new RegExp(`${billing(member.slug)}/plans`));
  await expect(page.getByText('The subscription is about to end')).toBeVisible();
  await page.goto(billing(member.slug));
  await page.getByRole('button', { name: 'Keep the subscription' }).click();
  await expect(main).toContainText('Everything is paid for');
});

test('cards and invoices are the provider’s, one press away', async ({ page, member }) => {
  await page.goto(billing(member.slug));
  await expect(page.getByRole('main')).toContainText('Cards and tax details can be changed from the first purchase on.');
  await subscribed(page, member.slug, { plan: 'team', seats: 2 });
  await page.goto(billing(member.slug));
  await page.getByRole('button', { name: 'Cards and tax details' }).click();
  await expect(page.getByRole('heading', { name: 'Card', exact: true })).toBeVisible();
  await expect(page.getByText('Visa ending in')).toBeVisible();
  await page.getByRole('link', { name: /^Back to / }).click();
  await expect(page).toHaveURL(new RegExp(`${billing(member.slug)}$`));
  await page.getByRole('button', { name: /Open invoice/ }).click();
  await expect(page.getByText('$38.00').first()).toBeVisible();
});
