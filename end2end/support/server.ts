// A server of one's own: the built program on a free port, with its own database in a temporary folder.

import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Server {
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly settings: Record<string, string>,
  ) {}

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  static async start(settings: Record<string, string> = {}): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'plinth-e2e-'));
    // As root the database runs as another account, which has to reach its folder.
    chmodSync(folder, 0o755);
    const server = new Server(folder, await freePort(), settings);
    await server.launch();
    return server;
  }

  /** Starts the program and returns once it answers that it is ready. */
  async launch(): Promise<void> {
    const program = process.env.PLINTH_BIN;
    if (!program) throw new Error('PLINTH_BIN is not set: run the suite by `make e2e`');
    const child = spawn(program, ['serve'], {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PLINTH_SITE_DIR: process.env.PLINTH_SITE_DIR,
        PLINTH_DATA_DIR: this.folder,
        PLINTH_ADDRESS: `127.0.0.1:${this.port}`,
        PLINTH_BASE_URL: this.url,
        PLINTH_TRUSTED_PROXIES: '1',
        // Any free port: servers run beside each other.
        PLINTH_SANDBOX_ADDRESS: '127.0.0.1:0',
        ...this.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const collect = (chunk: Buffer) => {
      this.output = (this.output + chunk.toString()).slice(-20_000);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) break;
      if (await ready(`${this.url}/readyz`)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the server did not start:\n${this.output}`);
  }

  get log(): string {
    return this.output;
  }

  /** Server and database at once, without a chance to tidy up. */
  async killEverything(): Promise<void> {
    const lock = join(databaseFolder(this.folder), 'data', 'postmaster.pid');
    const postmaster = Number(readFileSync(lock, 'utf8').split('\n')[0]);
    const gone = this.exited();
    this.child?.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    const gone = this.exited();
    this.child?.kill('SIGTERM');
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private exited(): Promise<unknown> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => child.once('exit', resolve));
  }
}

/** Where the database of a server with this folder is. */
export function databaseFolder(folder: string): string {
  const elsewhere = join(folder, 'postgres-data-is-in');
  return existsSync(elsewhere) ? readFileSync(elsewhere, 'utf8') : join(folder, 'postgres');
}

async function ready(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
