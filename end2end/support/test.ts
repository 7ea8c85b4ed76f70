// The test of this suite: pages that fail on any console error, and people who can be made on the spot.

import { expect, test as base } from '@playwright/test';

import { account, organization } from './arrange.ts';
import { complaints, fromElsewhere, watch } from './browser.ts';
import { type Person, somebody } from './person.ts';
import { PostOffice } from './post-office.ts';
import { Server } from './server.ts';

export { expect };

interface Fixtures {
  /** Whether this run has JavaScript. */
  script: boolean;
  /** A name and an address that nobody had before. */
  person: Person;
  quiet: void;
  /** Signed up, verified, and in an organization of their own; `page` is signed in. */
  member: Person & { slug: string };
}

export const test = base.extend<Fixtures>({
  baseURL: async ({}, use) => use(process.env.PLINTH_TEST_URL),

  extraHTTPHeaders: async ({}, use) => use(fromElsewhere()),

  script: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  person: async ({}, use, info) => use(somebody(info.testId)),

  page: async ({ page }, use) => {
    watch(page);
    await use(page);
  },

  // Whether a spec's own browser complained or another one that it opened.
  quiet: [
    async ({}, use) => {
      complaints.length = 0;
      await use();
      expect(complaints, 'console errors').toEqual([]);
    },
    { auto: true },
  ],

  member: async ({ page, person }, use) => {
    await account(page, person);
    await use({ ...person, slug: await organization(page, person) });
  },
});

/** With a server and a database of its own, for specs that kill it, move its clock or set it up otherwise. */
export const testAlone = test.extend<{ settings: Record<string, string>; server: Server }>({
  settings: async ({}, use) => use({}),

  server: async ({ settings }, use) => {
    const server = await Server.start(settings);
    await use(server);
    await server.stop();
  },

  baseURL: async ({ server }, use) => use(server.url),
});

/** With a server whose mail is really sent. It has no mailbox: who signs in is somebody of the demo. */
export const testWithPostOffice = testAlone.extend<{ office: PostOffice }>({
  office: async ({}, use) => {
    const office = await PostOffice.start();
    await use(office);
    office.stop();
  },

  settings: async ({ office }, use) => use({ SMTP_URL: office.url }),
});
