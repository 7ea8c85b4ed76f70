// Somebody reports a problem with a picture of it; support finds it, takes it on, and brings it to an end.

import type { Page } from '@playwright/test';

import { otherBrowser } from '../../support/browser.ts';
import { enterDemo } from '../../support/people.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, test } from '../../support/test.ts';

/** By the navigation, which is a sheet on a phone. */
async function report(page: Page): Promise<void> {
  const link = page.getByRole('link', { name: 'Report a problem' });
  if (!(await link.isVisible())) await page.getByRole('button', { name: 'Menu' }).click();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Report a problem');
}

test('a problem is reported with a picture, and support sees to it', async ({ page, browser, member, script }) => {
  const projects = `/o/${member.slug}/projects`;
  await page.goto(projects);
  await awake(page, script);
  if (script) {
    await page.evaluate(() => {
      const fell = { message: 'The list fell over', filename: `${location.origin}/pkg/plinth.js?x=y`, lineno: 7, colno: 3 };
      dispatchEvent(new ErrorEvent('error', fell));
    });
  }
  const picture = await page.screenshot();
  await report(page);
  await awake(page, script);
  await expectSound(page, script);
  await expect(page.getByText(projects)).toBeVisible();
  const error = page.getByLabel('The last error in your browser');
  if (script) {
    await expect(error).toHaveValue(new RegExp(`${projects}: The list fell over .*/pkg/plinth.js:7:3`));
  } else {
    await expect(error).toBeHidden();
    await page.getByRole('button', { name: 'Send the report' }).click();
    await expect(page.getByText('This is needed.').first()).toBeVisible();
  }

  const note = `The list stays empty for ${member.email}`;
  await page.getByLabel('What happened').fill(note);
  await page.getByLabel('Screenshot').setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: Buffer.from('<html>') });
  await page.getByRole('button', { name: 'Send the report' }).click();
  await expect(page.getByText('This is no picture that we can show').first()).toBeVisible();
  await expect(page.getByLabel('What happened')).toHaveValue(note);
  await expectSound(page, script);
  await page.getByLabel('Screenshot').setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: picture });
  await page.getByRole('button', { name: 'Send the report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
  await expectSound(page, script);
  if (script) {
    await page.getByRole('link', { name: 'Report something else' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Report a problem');
    await expect(error).toBeHidden();
  }
  await page.getByRole('link', { name: 'Back to where you were' }).click();
  await expect(page).toHaveURL(new RegExp(`${projects}$`));

  const { context, page: support } = await otherBrowser(browser, script);
  await enterDemo(support, 'support');
  await support.goto('/platform/reports');
  await support.getByRole('searchbox', { name: 'Search' }).fill(note);
  await support.getByRole('button', { name: 'Apply' }).click();
  await support.getByRole('main').getByRole('link', { name: note }).click();
  const main = support.getByRole('main');
  await expect(main).toContainText(projects);
  await expect(main).toContainText(member.name);
  if (script) await expect(main).toContainText('The list fell over');
  const shown = main.getByRole('img', { name: 'What the person saw' });
  await shown.scrollIntoViewIfNeeded();
  await expect(shown).toBeVisible();
  if (script) await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expectSound(support, script);

  await support.getByRole('button', { name: 'Take it on' }).click();
  await expect(support.getByText('You are on it.')).toBeVisible();
  await expect(main).toContainText('In progress');
  await support.getByLabel('New note').fill('It is the index');
  await support.getByRole('button', { name: 'Add the note' }).click();
  await expect(main).toContainText('It is the index');
  await support.getByRole('button', { name: 'Resolve' }).click();
  await expect(support.getByText('The report is resolved.')).toBeVisible();
  await expect(support.getByRole('button', { name: 'Open it again' })).toBeVisible();
  await support.goto(`/platform/reports?search=${encodeURIComponent(note)}`);
  await expect(support.getByText('No report is like this')).toBeVisible();
  await context.close();
});

test('a page that is not there is reported by two presses', async ({ page, script }) => {
  await page.goto('/nothing-here');
  await page.getByRole('link', { name: 'Report a problem' }).click();
  await awake(page, script);
  await expect(page.getByText('A page could not be shown.')).toBeVisible();
  await page.getByRole('button', { name: 'Send the report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
});
