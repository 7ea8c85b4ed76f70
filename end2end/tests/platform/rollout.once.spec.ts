// A flag that reaches a growing share of the organizations: nobody, some, more, and all of them; who was in stays in. On a server of
// its own, because it is switched for everybody.

import { organization } from '../../support/arrange.ts';
import { otherBrowser } from '../../support/browser.ts';
import { enterDemo } from '../../support/people.ts';
import { somebody } from '../../support/person.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, testAlone } from '../../support/test.ts';

const FLAG = '/platform/flags/palette.projects';
/** As few as show a share; and as many as are all on one side once in thirty thousand times. */
const [HANDFUL, MOST] = [4, 16];

testAlone('a flag is rolled out to nobody, to some, to more and to all, and who is in stays in', async ({
  page, browser, member, server, script,
}, info) => {
  testAlone.slow();
  const { context, page: staff } = await otherBrowser(browser, script, server.url);
  await enterDemo(staff, 'staff');
  const rollOut = async (percent: number) => {
    await staff.goto(FLAG);
    await awake(staff, script);
    await staff.getByLabel('Rolled out to, in percent').fill(String(percent));
    await staff.getByRole('button', { name: 'Save' }).click();
    await expect(staff.getByText(`Rolled out to ${percent} %`, { exact: true })).toBeVisible();
  };
  const slugs = [member.slug];
  const another = async () => slugs.push(await organization(page, somebody(info.testId)));
  while (slugs.length < HANDFUL) await another();
  // As the product has it: without the flag there is no search for projects.
  const isIn = async (slug: string) => {
    const path = `/api/app/org/projects/search_projects/search_projects?org=${slug}&text=a`;
    const status = (await page.request.get(path)).status();
    expect([200, 404]).toContain(status);
    return status === 200;
  };
  const chosen = async () => {
    const inside = [];
    for (const slug of slugs) if (await isIn(slug)) inside.push(slug);
    return inside;
  };
  const says = async (slug: string, what: string) => {
    await staff.goto(FLAG);
    await awake(staff, script);
    await staff.getByLabel('Address of an organization').fill(slug);
    await staff.getByRole('button', { name: 'Look' }).click();
    await expect(staff.getByText(what)).toBeVisible();
  };

  expect(await chosen(), 'as long as nobody says anything').toEqual(slugs);
  await rollOut(0);
  expect(await chosen()).toEqual([]);
  await says(member.slug, 'Off: they are not among the 0 % it is rolled out to.');
  await expectSound(staff, script);

  await rollOut(50);
  let half = await chosen();
  while ((half.length === 0 || half.length === slugs.length) && slugs.length < MOST) {
    await another();
    half = await chosen();
  }
  const out = slugs.find((slug) => !half.includes(slug));
  expect(half.length, 'some are in').toBeGreaterThan(0);
  expect(out, 'and some are not').toBeDefined();
  expect(await chosen(), 'and the same ones the next time').toEqual(half);
  await says(half[0]!, 'On: they are among the 50 % it is rolled out to.');
  await says(out!, 'Off: they are not among the 50 % it is rolled out to.');

  await rollOut(75);
  expect(await chosen(), 'who was in is in').toEqual(expect.arrayContaining(half));
  await rollOut(100);
  expect(await chosen()).toEqual(slugs);
  await says(out!, 'On: they are among the 100 % it is rolled out to.');
  await staff.goto('/platform/flags');
  await expect(staff.getByRole('row').filter({ hasText: 'palette.projects' })).toContainText('Rolled out to 100 %');
  await context.close();
});
