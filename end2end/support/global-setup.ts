// One server for all specs that do not need one of their own. People and organizations are made anew by each spec.

import { Server } from './server.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const server = await Server.start();
  process.env.PLINTH_TEST_URL = server.url;
  process.env.PLINTH_TEST_FOLDER = server.folder;
  return () => server.stop();
}
