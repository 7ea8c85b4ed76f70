// The desk at which bills are repaired: what differs is found, a fix is tried and made, and the organization reads one line about it;
// and the messages of the payment provider are looked through.

import { otherBrowser } from '../../support/browser.ts';
import { enterDemo } from '../../support/people.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, testAlone as test } from '../../support/test.ts';

test('a difference is found, a plan is given after a dry run, and the organization reads it', async ({ page, browser, member, server, script }) => {
  test.slow();
  const { context, page: staff } = await otherBrowser(browser, script, server.url);
  await enterDemo(staff, 'staff');
  await staff.getByRole('navigation').getByRole('link', { name: 'Billing repair' }).click();
  await awake(staff, script);
  const differing = staff.getByRole('table', { name: 'Billing repair' });
  await expect(differing).toContainText('Old Price');
  await expect(differing).toContainText('The price is not that of the catalogue');
  await expectSound(staff, script);
  await staff.getByLabel('What differs').selectOption({ label: 'Another organization has the same customer' });
  await staff.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(staff).toHaveURL(/kind=shared_customer/);
  await expect(differing).toContainText('Twin North');
  await expect(differing).not.toContainText('Old Price');

  // Whoever shares it is let go of it, and the difference is gone.
  await differing.getByRole('link', { name: 'Twin North' }).click();
  const main = staff.getByRole('main');
  await expect(main.getByRole('table', { name: 'Ours beside the provider’s' })).toContainText('starter');
  await expectSound(staff, script);
  await main.getByRole('link', { name: 'Twin South' }).click();
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText('Bills of Twin South');
  await expect(main.getByRole('row').filter({ hasText: 'Customer' }).first()).toContainText('Differs');
  await main.getByRole('link', { name: 'Link the customer anew' }).click();
  await main.getByRole('button', { name: 'Try it' }).click();
  await expect(main.getByRole('table', { name: 'What would change' })).toContainText('Customer');
  await expectSound(staff, script);
  await main.getByLabel('Reason').fill('It was noted for the wrong organization');
  await main.getByRole('button', { name: 'Link it' }).click();
  await expect(main).toContainText('It was noted for the wrong organization');
  await staff.goto('/platform/billing?kind=shared_customer');
  await expect(main).toContainText('No such difference is open');

  // A gift for somebody else, from their page.
  await staff.goto(`/platform/tenants?search=${member.slug}`);
  await main.getByRole('table').getByRole('link').first().click();
  await main.getByRole('link', { name: 'Billing repair' }).click();
  await main.getByRole('link', { name: 'Give a plan free of charge' }).click();
  await awake(staff, script && (await staff.locator('leptos-island').count()) > 0);
  await main.getByLabel('Plan').selectOption({ label: 'Business' });
  await main.getByRole('button', { name: 'Try it' }).click();
  const would = main.getByRole('table', { name: 'What would change' });
  await expect(would.getByRole('row').filter({ hasText: 'Billing' })).toContainText('Complimentary');
  await staff.setViewportSize({ width: 390, height: 800 });
  await expectSound(staff, script);
  await staff.setViewportSize({ width: 1440, height: 900 });
  await main.getByLabel('Reason').fill('They were promised it');
  await main.getByRole('button', { name: 'Give it' }).click();
  await expect(main).toContainText('They were promised it');

  await page.goto(`/o/${member.slug}/settings/billing`);
  await expect(page.getByRole('main')).toContainText(/Adjusted by support on .*: the Business plan, free of charge\./);
  await expect(page.getByRole('main')).not.toContainText('promised');
  await context.close();
});

test('what the provider told is looked through, and support replays nothing', async ({ page, server, script }) => {
  await enterDemo(page, 'support');
  await page.goto(`${server.url}/platform/webhooks`);
  await awake(page, script);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Webhooks');
  await expectSound(page, script);
  await page.goto(`${server.url}/platform/webhooks?status=failed`);
  await expect(page.getByRole('main')).toContainText('No message is like this');
  await expect(page.getByRole('link', { name: 'Replay all failed' })).toHaveCount(0);
});
