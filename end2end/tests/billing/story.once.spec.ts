// All of it, as it happens to one owner over three months.

import type { Page } from '@playwright/test';

import { account, organization } from '../../support/arrange.ts';
import { billing, choose, eventually, later, setCard } from '../../support/billing.ts';
import { mailTo } from '../../support/mail.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, testAlone } from '../../support/test.ts';

const main = (page: Page) => page.getByRole('main');

testAlone('from a trial that runs out to an organization that is whole again', async ({ page, person, script }) => {
  testAlone.slow();
  await account(page, person);
  const slug = await organization(page, person);

  await testAlone.step('the trial is about to end', async () => {
    await later(page, person, 12);
    await page.goto(`/o/${slug}/projects`);
    await expect(page.getByRole('link', { name: 'Trial · 2 days' })).toBeVisible();
    await expect(page.getByText('The trial ends in 2 days')).toBeVisible();
    await awake(page, script);
    await expectSound(page, script);
    await mailTo(page, person, /^The trial of .* ends on/);
  });

  await testAlone.step('a plan is bought', async () => {
    await page.getByRole('link', { name: 'Choose a plan' }).click();
    await page.getByRole('spinbutton', { name: 'Seats' }).fill('3');
    await page.getByRole('button', { name: 'Show prices' }).click();
    await expect(main(page)).toContainText('$57.00 a month for 3 seats');
    await choose(page, 'Team');
    await page.getByRole('button', { name: 'Pay with a good card' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are on the Team plan');
    await page.getByRole('link', { name: 'Go to billing' }).click();
    await expect(page.getByRole('link', { name: 'Team', exact: true })).toBeVisible();
    await expect(page.getByText('The trial ends in 2 days')).toHaveCount(0);
  });

  await testAlone.step('seats are added', async () => {
    await page.getByLabel('New number of seats').fill('5');
    await page.getByRole('button', { name: 'See what it costs' }).click();
    await page.getByRole('button', { name: 'Pay $38.00 and change' }).click();
    await expect(main(page)).toContainText('1 of 5 in use');
  });

  await testAlone.step('half a month later the plan is changed for half of the price', async () => {
    await later(page, person, 15);
    await page.goto(`${billing(slug)}/plans`);
    await page.getByRole('link', { name: 'Change to Business' }).click();
    // 100 dollars a month more, for the days that remain of a month of 28 to 31 days.
    await page.getByRole('button', { name: /^Pay \$(4[4-9]|5[0-4])\.\d\d and change$/ }).click();
    await expect(page).toHaveURL(new RegExp(`${billing(slug)}$`));
    await expect(main(page)).toContainText('Business plan');
  });

  await testAlone.step('it is canceled, and kept after all', async () => {
    await page.getByRole('link', { name: 'Cancel the subscription' }).click();
    await page.getByRole('radio', { name: 'It is too expensive' }).check();
    await page.getByRole('button', { name: 'Cancel the subscription' }).click();
    await expect(main(page)).toContainText('Ends soon');
    await mailTo(page, person, /^Business ends on/);
    await page.getByRole('button', { name: 'Keep the subscription' }).click();
    await expect(main(page)).toContainText('Everything is paid for');
  });

  await testAlone.step('the renewal is not paid, and every page says so', async () => {
    await setCard(page, person, 'declines');
    await later(page, person, 17);
    await eventually(page, `/o/${slug}/projects`, async () => {
      await expect(page.getByText(/A payment failed: \d days left to settle it/)).toBeVisible({ timeout: 1_000 });
    });
    await expect(page.getByRole('link', { name: 'Past due' })).toBeVisible();
    const failed = await mailTo(page, person, /^The payment for .* has not gone through/);
    expect(failed.text).toMatch(/Everything keeps working until \d{1,2} [A-Z][a-z]+ 20\d\d\./);
    await page.goto(`${billing(slug)}/cancel`);
    await expect(main(page)).toContainText(/It is not renewed, and ends on \d{1,2} [A-Z][a-z]{2} 20\d\d/);
    await page.goto(`/o/${slug}/projects`);
    await awake(page, script);
    await expectSound(page, script);
  });

  await testAlone.step('grace is over, and everything can be read', async () => {
    await later(page, person, 7);
    await eventually(page, `/o/${slug}/projects`, async () => {
      await expect(page.getByText('A payment is still missing')).toBeVisible({ timeout: 1_000 });
    });
    const refused = await page.request.post('/api/app/org/projects/create_project/create_project', {
      form: { org: slug, name: 'Harbour' },
      headers: { accept: 'application/json' },
    });
    expect(refused.status()).toBe(402);
  });

  await testAlone.step('another card pays, and all is as it was', async () => {
    await page.getByRole('link', { name: 'Settle the payment' }).click();
    await expect(page).toHaveURL(new RegExp(`${billing(slug)}$`));
    await awake(page, script);
    await expectSound(page, script);
    await page.getByRole('button', { name: 'Settle the payment' }).click();
    await page.getByRole('button', { name: 'Use a good card' }).click();
    await expect(main(page)).toContainText('The next payment is on');
    await page.getByRole('link', { name: /^Back to / }).click();
    await eventually(page, billing(slug), async () => {
      await expect(main(page)).toContainText('Everything is paid for', { timeout: 1_000 });
    });
    await expect(page.getByText('A payment is still missing')).toHaveCount(0);
    const made = await page.request.post('/api/app/org/projects/create_project/create_project', {
      form: { org: slug, name: 'Harbour' },
      headers: { accept: 'application/json' },
    });
    expect(made.status()).toBe(200);
  });
});
