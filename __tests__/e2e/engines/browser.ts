import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Availability } from './availability';
import { PATIENCE_MS } from './until';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Root's Chromium has no sandbox; the rest keeps it from asking other machines. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether a Chromium is on the PATH. */
export function browserAvailable(): Availability<{ readonly executable: string }> {
  for (const name of NAMES) {
    const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' });
    if (status === 0) return { available: true, executable: stdout.trim() };
  }
  return { available: false, reason: 'no chromium: apt-get install chromium' };
}

/** How a page is looked at. */
export interface View {
  /** @default 1280 */
  readonly width?: number;
  /** @default 900 */
  readonly height?: number;
  /** @default light */
  readonly theme?: 'light' | 'dark';
  readonly reducedMotion?: boolean;
  readonly forcedColors?: boolean;
  /** Whether it has fingers and no mouse. @default false */
  readonly isTouched?: boolean;
}

/** A headless Chromium with one profile, which is deleted when it closes. */
export class Browser {
  /** What went wrong in its pages: errors of scripts, messages of the console, requests to other servers. */
  readonly faults: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    private readonly profile: string,
  ) {}

  /** @throws Error if no Chromium is on this machine */
  static async open({
    width = 1280,
    height = 900,
    theme = 'light',
    reducedMotion = false,
    forcedColors = false,
    isTouched = false,
  }: View = {}): Promise<Browser> {
    const found = browserAvailable();
    if (!found.available) throw new Error(found.reason);
    const profile = mkdtempSync(join(tmpdir(), 'browser-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: found.executable,
      args: ARGUMENTS,
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
      forcedColors: forcedColors ? 'active' : 'none',
      hasTouch: isTouched,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    });
    // For copying.
    await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined);
    return new Browser(context, profile);
  }

  /**
   * Opens a page.
   *
   * @param url requests to any other host are faults
   */
  async page(url: string): Promise<Page> {
    const { host } = new URL(url);
    const page = await this.context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('console', (message) => {
      // A refused request is told by the page; Chromium tells it as well.
      const isRefusal = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isRefusal) this.faults.push(message.text());
    });
    page.on('request', (request) => {
      const target = new URL(request.url());
      const isOwn = target.host === host || ['data:', 'blob:', 'about:'].includes(target.protocol);
      if (!isOwn) this.faults.push(`request to ${request.url()}`);
    });
    await page.goto(url);
    return page;
  }

  /** Shows what pages show from now on to a person with another screen or preference. */
  async look(page: Page, view: View): Promise<void> {
    const { width = 1280, height = 900, theme = 'light', reducedMotion = false, forcedColors = false } = view;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({
      colorScheme: theme,
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
      forcedColors: forcedColors ? 'active' : 'none',
    });
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Checks again until nothing is thrown: a page changes when its server tells it. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(50)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

/** Findings of axe-core that keep people from using the page, each with the first elements that it is about. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's policy does not concern.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  const { violations } = await page.evaluate<{ readonly violations: readonly AxeFinding[] }>(
    'axe.run({ resultTypes: ["violations"] })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`)}`,
    );
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeFinding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Waits until a page is as wide as its window: some parts are drawn anew after that has changed. */
export async function fits(page: Page): Promise<void> {
  await eventually(async () => {
    const sticking = await stickingOut(page);
    if (sticking.length > 0) throw new Error(`The page scrolls sideways: ${sticking.join('\n')}`);
  });
}

/** Elements that stick out of the page to the right, so that all of it scrolls sideways. */
async function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > clientWidth + 1);
    return [clientWidth + ' < ' + scrollWidth, ...out.slice(0, 5).map((each) => each.outerHTML.slice(0, 120))];
  })()`);
}
