// What goes wrong on the provider's side, each on a server whose sandbox is nobody else's.

import { account, organization } from '../../support/arrange.ts';
import { billing, pay, payPage, setFaults, subscribed, told } from '../../support/billing.ts';
import { expectSound } from '../../support/sound.ts';
import { expect, testAlone } from '../../support/test.ts';

testAlone('a purchase whose messages are lost is found by coming back', async ({ page, person }) => {
  await account(page, person);
  const slug = await organization(page, person);
  const paying = await payPage(page, slug, { plan: 'team', seats: 2 });
  await told(page);
  await setFaults(page, { lose_webhooks: 100 });
  const back = await pay(page, paying);
  await told(page);
  await page.goto(billing(slug));
  await expect(page.getByRole('main')).toContainText('The trial runs until');
  await setFaults(page, { lose_webhooks: 100, failing_status: 503 });
  await page.goto(back);
  const title = page.getByRole('heading', { level: 1 });
  await expect(title).toHaveText('Confirming your payment');
  // Nobody presses anything: the page looks again by itself.
  await setFaults(page, { lose_webhooks: 100 });
  await expect(title).toHaveText('You are on the Team plan');
  await page.goto(billing(slug));
  await expect(page.getByRole('main')).toContainText('Everything is paid for');
  await expect(page.getByRole('table', { name: 'Invoices' })).toContainText('$38.00');
});

testAlone('while the provider is away people are told so, and nothing is lost', async ({ page, person, script }) => {
  await account(page, person);
  const slug = await organization(page, person);
  await subscribed(page, slug, { plan: 'team', seats: 2 });
  await setFaults(page, { portal_is_down: true, failing_status: 503 });
  await page.goto(billing(slug));
  await expect(page.getByRole('main')).toContainText('Everything is paid for');
  await page.getByRole('button', { name: 'Cards and tax details' }).click();
  await expect(page.getByRole('main')).toContainText(/payment provider does not answer/i);
  await expectSound(page, script);
  await setFaults(page, {});
  await page.goto(billing(slug));
  await page.getByRole('button', { name: 'Cards and tax details' }).click();
  await expect(page.getByRole('heading', { name: 'Card', exact: true })).toBeVisible();
});
