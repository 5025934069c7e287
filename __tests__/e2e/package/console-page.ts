import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openConsole, printedAddress } from '../../../scripts/bench/console/opened-console';
import { inherited } from './execute';
import type { Project } from './project';

/** What a project's console serves. */
export interface ConsolePage {
  readonly html: string;
  readonly program: string;
  readonly stack: unknown;
}

/** Runs a project's `batch-jobs console`, which must bundle and compile nothing, and reads its page and its stack. */
export async function consolePage({ folder }: Project, variables: NodeJS.ProcessEnv): Promise<ConsolePage> {
  const NODE_OPTIONS = `--require ${join(__dirname, 'no-esbuild.cjs')}`;
  const child = spawn(join(folder, 'node_modules/.bin/batch-jobs'), ['console'], {
    cwd: folder,
    env: { ...inherited(), NODE_OPTIONS, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((closed) => child.once('close', closed));
  try {
    const { get } = await openConsole(await printedAddress(child.stdout));
    const [html, program] = [await (await get('/')).text(), await (await get('/assets/page.js')).text()];
    for (const changes = (await get('/api/events')).body?.getReader(); ; await changes?.read()) {
      const stack = JSON.parse(await (await get('/api/stack')).text());
      if (!stack.isStale) return { html, program, stack };
    }
  } finally {
    child.kill();
    await ended;
  }
}
