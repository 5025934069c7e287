import type { Page } from 'playwright-core';
import { describeWith } from '../engines/availability';
import { Browser, browserAvailable, eventually, fits, seriousFindings, type View } from '../engines/browser';
import { ConsoleProject, type StartedConsole } from './console-project';
import { LIVE_STORY, recordRun, SPOT_STORY } from './recorded-runs';

/*
 * Every screen as people meet it: without a mouse, on a phone, at 200 %, in the dark, with forced colors, by the rules of axe-core; and
 * with more runs and lines than fit into a page.
 */

const RUNS = 2000;
const LINES = 100_000;

/** A line that is searched for. */
const FOUND = 54_321;
const NOW = Date.UTC(2026, 10, 26, 12);

describeWith([browserAvailable()], 'the console in a browser: every screen', () => {
  let project: ConsoleProject;
  let started: StartedConsole;
  let browser: Browser;
  let page: Page;
  let [spot, live, long] = ['', '', ''];

  beforeAll(async () => {
    project = ConsoleProject.example();
    // As many as a list keeps at most, of one job.
    for (let index = 3; index < 200; index++) {
      recordRun(project.folder, { ...SPOT_STORY, startedAt: NOW - index * 60_000, log: [], progressEvents: [] });
    }
    // Some before the one that is searched for are longer than the window is wide.
    const text = (index: number) => `row ${index}${index > 54_280 && index < FOUND ? ', longer'.repeat(100) : ''}`;
    const lines = Array.from({ length: LINES }, (_, index) => [index / 1000, '1.1', 'o', text(index)] as const);
    long = recordRun(project.folder, { ...SPOT_STORY, startedAt: NOW - 120_000, log: lines });
    spot = recordRun(project.folder, { ...SPOT_STORY, startedAt: NOW - 60_000 });
    live = recordRun(project.folder, { ...LIVE_STORY, startedAt: Date.now() - 20_000 });
    started = await project.console();
    browser = await Browser.open();
    page = await browser.page(started.address);
  });
  afterAll(async () => {
    await browser?.close();
    await project?.close();
  });
  afterEach(() => expect(browser.faults.splice(0)).toEqual([]));

  const titled = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();

  /** Each screen in each state that looks different, as soon as all of it is there. */
  const screens: readonly (readonly [name: string, open: () => Promise<unknown>])[] = [
    ['stack', () => open('/', () => page.getByRole('table', { name: 'Recent runs' }))],
    [
      'stack with the details of a box',
      () => open('/#nightlyReport', () => page.getByRole('button', { name: 'Costs' })),
    ],
    ['runs', () => open('/runs', () => page.locator('.run').first())],
    ['runs of which none matches', () => open('/runs?q=nothing', () => page.getByText('No run matches.'))],
    [
      'run that has ended',
      () =>
        open(`/runs/${spot}#a1.1`, () =>
          page.getByText('Error: no route to host').or(page.getByText('interrupted').first()).first(),
        ),
    ],
    ['run that is live', () => open(`/runs/${live}`, () => page.getByRole('button', { name: 'Stop run' }))],
    ['run that does not exist', () => open('/runs/20260101-000000000-000000', () => page.getByRole('alert'))],
    ['event editor', () => open('/send?type=schedule', () => page.getByText('Valid JSON'))],
    ['undelivered events', () => open('/undelivered', () => page.getByText(/^No undelivered events/))],
    ['AWS without --aws', () => open('/aws', () => page.getByText(/console --aws/).first())],
    ['address of no screen', () => open('/nowhere', () => page.getByText('There is no such page'))],
    [
      'keys and colors',
      async () => {
        await open('/runs', () => page.locator('.run').first());
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
      },
    ],
  ];

  async function open(path: string, what: () => { waitFor(): Promise<void> }): Promise<void> {
    await page.goto(new URL(path, started.address).href);
    await what().waitFor();
  }

  /** The rules of axe-core take long. They do not differ in what is left out: the colors are those of the wide screen, the layout that of the phone. */
  const views: readonly (readonly [name: string, view: View, isAudited: boolean])[] = [
    ['1280 in the light', { width: 1280 }, true],
    ['1280 in the dark', { width: 1280, theme: 'dark' }, true],
    ['390', { width: 390, height: 844 }, true],
    ['320', { width: 320, height: 700 }, false],
    ['200 %', { width: 640, height: 450 }, false],
  ];

  it.each(screens)('%s: accessible, and as wide as the window', async (_, show) => {
    await browser.look(page, {});
    await show();
    const found: string[] = [];
    for (const [name, view, isAudited] of views) {
      await browser.look(page, view);
      await fits(page);
      const findings = isAudited ? await seriousFindings(page) : [];
      found.push(...findings.map((finding) => `${name}: ${finding}`));
    }
    await browser.look(page, {});
    expect(found).toEqual([]);
  });

  it('is used without a mouse, and the focus can be seen wherever it is', async () => {
    const press = (...keys: readonly string[]) =>
      keys.reduce((all, key) => all.then(() => page.keyboard.press(key)), Promise.resolve());
    const path = () => new URL(page.url()).pathname;
    const selects = (hash: string) => eventually(async () => expect(new URL(page.url()).hash).toBe(hash));
    await open('/', () => page.getByRole('table', { name: 'Recent runs' }));
    await press('Tab');
    expect(await focused()).toMatchObject({ text: 'Skip to content', isVisible: true });
    await press('g', 'r');
    await titled('Runs');
    expect(path()).toBe('/runs');
    await page.locator('.run').first().waitFor();
    await press('j', 'j', 'k', 'j');
    await eventually(async () =>
      expect(await focused()).toMatchObject({ text: expect.stringContaining(spot), isVisible: true }),
    );
    await press('/');
    await page.keyboard.type('succeeded');
    await eventually(async () => expect(new URL(page.url()).search).toBe('?q=succeeded'));
    await press('Escape', 'Escape', 'j', 'j', 'Enter');
    await titled(/^Succeeded/);

    await open(`/runs/${spot}`, () => page.getByText('Error: no route to host'));
    await press('j', 'j');
    await selects('#a1');
    await press('j');
    await selects('#a1.1');
    await press('k');
    await page.getByText('Error: no route to host').waitFor();
    await press('l');
    const focusedLabel = () => page.evaluate('document.activeElement.getAttribute("aria-label")');
    await eventually(async () => expect(await focusedLabel()).toBe('Log lines'));
    await press('Escape');
    await selects('');
    await press('n');
    await page.locator('.log-line.current').waitFor();
    await press('/');
    await page.keyboard.type('report.csv');
    await page.getByText('1 of 1', { exact: true }).waitFor();
    await press('Escape', 't');
    await page.getByRole('button', { name: 'UTC', pressed: true }).waitFor();
    await press('t', 't', '?');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Next match or error').waitFor();
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    // To the older run of the job, and back.
    await press('[');
    await eventually(async () => expect(path()).toBe(`/runs/${long}`));
    await page.getByText('row 0', { exact: true }).waitFor();
    await press(']');
    await eventually(async () => expect(path()).toBe(`/runs/${spot}`));
    await press('g', 'u');
    await titled(/Undelivered/);
    await press('g', 's');
    await titled('batch-jobs-example');
  });

  it('the editor keeps nobody in it', async () => {
    await open('/', () => page.getByRole('table', { name: 'Recent runs' }));
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.getByText('Valid JSON').waitFor();
    const editor = page.getByRole('textbox', { name: 'Event as JSON' });
    const before = await editor.inputValue();
    await editor.focus();
    await page.keyboard.press('Tab');
    expect(await editor.inputValue()).not.toBe(before);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.tagName')).not.toBe('TEXTAREA');
    expect(await focused()).toMatchObject({ isVisible: true });
  });

  it.each(['/', '/#nightlyReport', '/runs', '/send?type=schedule', '/undelivered'])(
    'Tab leads through all of %s, with the focus visible on each stop',
    async (path) => {
      await open(path, () => page.getByRole('main').getByRole('heading').first());
      const stops = new Set<string>();
      for (let step = 0; step < 60; step++) {
        await page.keyboard.press('Tab');
        const stop = await focused();
        if (stop === undefined) break;
        // Tab is a character there.
        if (stop.tag === 'TEXTAREA') await page.keyboard.press('Escape');
        expect(stop).toMatchObject({ isVisible: true });
        stops.add(`${stop.tag} ${stop.text}`);
      }
      expect(stops.size).toBeGreaterThan(8);
    },
  );

  /** What has the focus, and whether a person sees that: it is in view, and it or what it stands for has an outline. */
  async function focused() {
    return page.evaluate<
      { readonly tag: string; readonly text: string; readonly isVisible: boolean } | undefined
    >(`(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return undefined;
      const isRing = ({ outlineStyle, outlineWidth, outlineColor }) =>
        outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !/, 0\\)$/.test(outlineColor);
      const looks = [getComputedStyle(element, '::after'), getComputedStyle(element, '::before')];
      for (let each = element, level = 0; each !== null && level < 4; each = each.parentElement, level++) looks.push(getComputedStyle(each));
      const { width, height, top, bottom } = element.getBoundingClientRect();
      const isInView = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
      const text = (element.textContent || element.ariaLabel || '').trim().slice(0, 80);
      return { tag: element.tagName, text, isVisible: isInView && looks.some(isRing) };
    })()`);
  }

  it('keeps outlines with forced colors, and nothing moves with reduced motion', async () => {
    await browser.look(page, { forcedColors: true, reducedMotion: true });
    await open(`/runs/${live}`, () => page.getByRole('button', { name: 'Stop run' }));
    await page.locator('.interval.running.live').first().waitFor();
    const moving = await page.evaluate<string[]>(
      `document.getAnimations().filter((each) => each.playState === 'running').map((each) => each.effect.target.outerHTML.slice(0, 80))`,
    );
    expect(moving).toEqual([]);
    const bars = await page.evaluate<string[]>(`[...document.querySelectorAll('.tl .interval')].map((each) => {
      const { borderTopWidth, outlineWidth, borderTopStyle, outlineStyle, forcedColorAdjust, backgroundColor } = getComputedStyle(each);
      const isSeen = borderTopStyle !== 'none' && parseFloat(borderTopWidth) > 0 || outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 || forcedColorAdjust === 'none';
      return isSeen ? '' : each.className;
    }).filter(Boolean)`);
    expect(bars).toEqual([]);
    await browser.look(page, {});
  });

  it(`has at most 400 of ${LINES.toLocaleString('en-US')} lines in the page`, async () => {
    await open(`/runs/${long}`, () => page.getByText('row 0', { exact: true }));
    await page
      .getByText(/100,000 lines/)
      .first()
      .waitFor();
    const count = () => page.locator('.log-block > *').count();
    expect(await count()).toBeLessThanOrEqual(400);
    await page.getByRole('log').focus();
    await page.keyboard.press('End');
    await page.getByText(`row ${LINES - 1}`, { exact: true }).waitFor();
    expect(await count()).toBeLessThanOrEqual(400);
    await page.getByRole('textbox', { name: 'Search the log' }).fill(`row ${FOUND}`);
    await page.getByText('1 of 1', { exact: true }).waitFor();
    await page.locator('.log-line.current', { hasText: `row ${FOUND}` }).waitFor();
    expect(await count()).toBeLessThanOrEqual(400);
  });

  it('shows what is found in a log whose lines are wrapped, and both of its ends', async () => {
    const isInView = (text: string) =>
      eventually(async () => {
        const box = await page.getByRole('log').boundingBox();
        const line = await page.getByText(text, { exact: true }).boundingBox({ timeout: 1_000 });
        expect(line?.y).toBeGreaterThanOrEqual(box?.y ?? Number.NaN);
        expect((line?.y ?? 0) + (line?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + (box?.height ?? 0));
      });
    await open(`/runs/${long}`, () => page.getByText('row 0', { exact: true }));
    await page.getByRole('button', { name: 'Wrap' }).click();
    await page.getByRole('textbox', { name: 'Search the log' }).fill(`row ${FOUND}`);
    await isInView(`row ${FOUND}`);
    await page.getByRole('log').focus();
    await page.keyboard.press('Home');
    await isInView('row 0');
    await page.keyboard.press('End');
    await isInView(`row ${LINES - 1}`);
  });

  it(`has at most 60 of ${RUNS.toLocaleString('en-US')} runs in the page`, async () => {
    const rows = Array.from({ length: RUNS }, (_, index) => ({
      id: `20261126-${String(index).padStart(9, '0')}-000000`,
      job: `job${index % 30}`,
      outcome: index % 7 === 0 ? 'failed' : 'succeeded',
      startedAt: NOW - index * 60_000,
      endedAt: NOW - index * 60_000 + 50_000,
      source: 'schedule',
      attempt: 1,
      maximum: 3,
      bars: SPOT_STORY.bars,
    }));
    // More than this machine keeps, so many only AWS has.
    await page.route('**/api/runs?*', (route) => route.fulfill({ json: { runs: rows, isComplete: true } }));
    await open('/runs', () => page.getByText('2,000 runs', { exact: true }));
    const count = () => page.locator('tbody tr.run').count();
    expect(await count()).toBeLessThanOrEqual(60);
    for (const part of [0.5, 1]) {
      await page.evaluate(`scrollTo(0, document.documentElement.scrollHeight * ${part})`);
      await eventually(async () => {
        const ids = await page
          .locator('[data-run]')
          .evaluateAll((links) => links.map((each) => each.getAttribute('data-run')));
        expect(ids).toContain(rows[Math.floor((RUNS - 1) * part)]?.id);
      });
      expect(await count()).toBeLessThanOrEqual(60);
    }
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Failed');
    await page.getByText('286 of 2,000 runs').waitFor();
    expect(await count()).toBeLessThanOrEqual(60);
    await page.unroute('**/api/runs?*');
  });
});
