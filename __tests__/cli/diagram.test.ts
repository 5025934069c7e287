import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { mermaid } from '../../cli/diagram/mermaid';
import { svg } from '../../cli/diagram/svg';
import { cut, textWidth } from '../../cli/diagram/text-width';
import type { BandPicture, JobPicture, PictureItem, StackPicture } from '../../cli/model/stack';
import { anyCharacter } from '../any-character';

function item(title: string, detail = '', more: Partial<PictureItem> = {}): PictureItem {
  const empty = { settings: [], permissions: [], costs: [], addresses: [] };
  return { id: title, kind: 'bucket', title, detail: detail === '' ? [] : [{ text: detail }], ...empty, ...more };
}

function job(name: string, more: Partial<JobPicture> = {}): JobPicture {
  const policy = { attempts: 1, waits: [], freeRestarts: 0, thenOnDemand: false, isSpot: false };
  const lines = ['2 vCPU, 1800 MiB', '1 attempt, no timeout'];
  const spot = item('Spot', 'c6i.large or larger', { kind: 'spot', queue: 'reports-spot' });
  return { item: item(name), name, lines, policy, startedBy: [], runsOn: [spot], uses: [], ...more };
}

function picture(
  jobs: readonly JobPicture[],
  shared: readonly PictureItem[] = [],
  functions?: readonly BandPicture[],
): StackPicture {
  const file = { configFile: 'batch-jobs.config.ts', resourceCount: 42 };
  return { stackName: 'reports', ...file, jobs, shared, ...(functions && { functions }) };
}

/** A function of the stack. */
function lambda(name: string, more: Partial<BandPicture> = {}): BandPicture {
  const runsOn = [item('Lambda', 'nodejs24.x, arm64', { kind: 'lambda' })];
  const lines = ['512 MiB, 30 s timeout'];
  return { item: item(name, '', { kind: 'function' }), name, lines, startedBy: [], runsOn, uses: [], ...more };
}

const archive = item('archive', 'bucket, read and write');
const schedule = item('Schedule', 'rate(1 hour)', { kind: 'schedule' });
const twenty = Array.from({ length: 20 }, (_, index) => item('Schedule', `rate(${index + 2} hours)`));

/** The texts of an SVG, which must be XML. */
function textsOf(document: string): string[] {
  const faults: string[] = [];
  const parser = new DOMParser({ onError: (level, message) => faults.push(`${level}: ${message}`) });
  const parsed = parser.parseFromString(document, 'image/svg+xml');
  expect(faults).toEqual([]);
  return Array.from(parsed.getElementsByTagName('text'), (element) => element.textContent ?? '');
}

/** Everything that a flowchart may have: nodes with quoted labels, and arrows. */
const MERMAID =
  /^flowchart LR\n( {2}n\d+(\(\[|\[\[|\[\(|\[\/|\[)"[\p{L}\p{N} .,…×()/#;<>-]*"(\]\)|\]\]|\)\]|\/\]|\])\n| {2}n\d+ (-->|-\.->) n\d+\n)*$/u;

describe('an SVG of a stack', () => {
  it('has the texts of the bands, and what jobs share', () => {
    const shown = textsOf(
      svg(picture([job('report', { startedBy: [schedule], uses: [archive] })], [item('VPC', '3 zones')])),
    );
    expect(shown).toEqual([
      'reports',
      '1 job, 42 resources',
      'Started by',
      'Job',
      'Runs on',
      'Uses',
      'Schedule',
      'rate(1 hour)',
      'Spot',
      'c6i.large or larger',
      'archive',
      'bucket, read and write',
      'report',
      '2 vCPU, 1800 MiB',
      '1 attempt, no timeout',
      'Shared by all jobs',
      'VPC',
      '3 zones',
    ]);
  });

  it('makes a box as high as its lines, and the band around it', () => {
    const boxOf = (lines: readonly string[]) => {
      const document = svg(picture([job('report', { lines })]));
      const rectangle = (kind: string) =>
        new RegExp(`class="${kind}" x="\\d+" y="(\\d+)" width="\\d+" height="(\\d+)"`);
      const [, top, height] = (rectangle('job').exec(document) ?? []).map(Number);
      const [, bandTop, band] = (rectangle('card').exec(document) ?? []).map(Number);
      const texts = [...document.matchAll(/y="([\d.]+)"[^>]*>line/g)].map(([, y]) => Number(y));
      return { top, height, bandTop, band, last: Math.max(...texts) };
    };
    const two = boxOf(['line 1', 'line 2']);
    const three = boxOf(['line 1', 'line 2', 'line 3']);
    expect([two.height, three.height]).toEqual([58, 72]);
    for (const { top = 0, height = 0, bandTop = 0, band = 0, last } of [two, three]) {
      expect(top + height - last).toBeGreaterThan(5);
      expect(bandTop + band).toBeGreaterThan(top + height);
    }
  });

  it('says how a job without events is started, and folds twenty of them', () => {
    expect(textsOf(svg(picture([job('report')])))).toContain('batch-jobs local report');
    const shown = textsOf(svg(picture([job('report', { startedBy: twenty })])));
    expect(shown.filter((text) => text === 'Schedule')).toHaveLength(4);
    expect(shown).toContain('16 more');
  });

  it('draws nine jobs or more as lines', () => {
    const jobs = Array.from({ length: 30 }, (_, index) => job(`job${index}`, { startedBy: twenty, uses: [archive] }));
    const document = svg(picture(jobs));
    expect(textsOf(document)).toEqual(expect.arrayContaining(['job29', '20 × Schedule', 'archive']));
    expect(Number(/height="(\d+)"/.exec(document)?.[1])).toBeLessThan(1200);
    expect(textsOf(svg(picture(jobs.slice(0, 8))))).toContain('16 more');
  });

  it('draws functions like jobs, after them, with their words', () => {
    const tally = lambda('tally', { startedBy: [schedule], uses: [archive] });
    const document = svg(picture([job('report')], [], [tally, lambda('guard')]));
    const shown = textsOf(document);
    expect(shown[1]).toBe('1 job, 2 functions, 42 resources');
    expect(shown.slice(shown.indexOf('Invoked by'))).toEqual([
      ...['Invoked by', 'Function', 'Runs on', 'Uses'],
      ...['Schedule', 'rate(1 hour)', 'Lambda', 'nodejs24.x, arm64', 'archive', 'bucket, read and write'],
      ...['tally', '512 MiB, 30 s timeout'],
      ...['No events', 'no event invokes it', 'Lambda', 'nodejs24.x, arm64', 'guard', '512 MiB, 30 s timeout'],
    ]);
    expect(document).toContain('tally is invoked by Schedule, runs on Lambda and uses archive.');
    expect(document).toContain('guard is invoked by no event, runs on Lambda.');
    expect(textsOf(svg(picture([], [], [tally])))).not.toContain('Started by');
    const many = Array.from({ length: 8 }, (_, index) => lambda(`each${index}`));
    expect(textsOf(svg(picture([job('report')], [], many)))).toEqual(
      expect.arrayContaining(['by hand', 'no events', 'each7']),
    );
  });

  it('is about all jobs for those who hear it, needs no other file, and has colors for dark pages', () => {
    const document = svg(picture([job('report', { startedBy: [schedule], uses: [archive] })]));
    expect(document).toContain('report is started by Schedule, runs on Spot and uses archive.');
    expect(document).toContain('prefers-color-scheme:dark');
    expect(document.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|<image|<script|@import/);
    expect(svg(picture([]))).toContain('0 jobs');
  });

  it('is XML with any texts, which do not leave their boxes', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const made = job(a, { lines: [b, a], startedBy: [item(a, b)], runsOn: [item(b, a)], uses: [item(b, a)] });
        const document = svg({ ...picture([made], [item(a, b)]), stackName: b });
        textsOf(document);
        expect(document.match(/<(\w+)/g)?.every((tag) => /^<(svg|title|desc|style|rect|path|text)$/.test(tag))).toBe(
          true,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('cuts a text to its width, and no character in two', () => {
    expect(cut('nightlyReport', 200, 12)).toBe('nightlyReport');
    const shown = cut('👩‍👩‍👧'.repeat(20), 60, 12);
    expect(shown).toMatch(/^(👩‍👩‍👧)*…$/u);
    expect(textWidth(cut('m'.repeat(99), 100, 10)) * 10).toBeLessThanOrEqual(100);
  });
});

describe('a flowchart of a stack', () => {
  it('has a node for each box, and one for a resource or capacity that jobs share', () => {
    const uses = [archive];
    expect(mermaid(picture([job('first', { startedBy: [schedule], uses }), job('second', { uses })]))).toBe(
      [
        'flowchart LR',
        '  n1[["first<br>2 vCPU, 1800 MiB<br>1 attempt, no timeout"]]',
        '  n2["Spot<br>c6i.large or larger"]',
        '  n3(["Schedule<br>rate(1 hour)"])',
        '  n4[("archive<br>bucket, read and write")]',
        '  n5[["second<br>2 vCPU, 1800 MiB<br>1 attempt, no timeout"]]',
        '  n6(["By hand"])',
        '  n3 --> n1',
        '  n1 --> n2',
        '  n1 -.-> n4',
        '  n6 --> n5',
        '  n5 --> n2',
        '  n5 -.-> n4',
        '',
      ].join('\n'),
    );
    const after = item('Job first', 'failed "x"', { kind: 'batch-job', job: 'first' });
    const chain = mermaid(picture([job('last', { startedBy: [after, schedule] }), job('first')]));
    expect(chain).toContain('  n2[["first<br>');
    expect(chain).toContain('\n  n2 -->|"failed #34;x#34;"| n1\n');
    expect(chain).not.toContain('Job first');
    expect(mermaid(picture([]))).toBe('flowchart LR\n  n1[["No jobs"]]\n');
    expect(mermaid(picture([job('report', { startedBy: twenty })]))).toContain('16 more');
  });

  it('has functions, which are the same nodes where jobs use them', () => {
    const guard = item('guard', 'function', { kind: 'function' });
    const drawn = mermaid(
      picture([job('report', { uses: [guard] })], [], [lambda('guard', { startedBy: [schedule], uses: [archive] })]),
    );
    expect(drawn).toMatch(MERMAID);
    expect(drawn).toContain('  n4[/"guard<br>512 MiB, 30 s timeout"/]\n');
    expect(drawn).toContain('\n  n1 -.-> n4\n  n5 --> n4\n  n4 -.-> n6\n');
    expect(drawn).not.toContain('Lambda');
    expect(mermaid(picture([], [], [lambda('guard')]))).toContain('(["No events"])');
  });

  it.each([
    ['end', 'end'],
    ['"a"', '#34;a#34;'],
    ['[a](b){c}', '#91;a#93;(b)#123;c#125;'],
    ['%%{init}%%', '#37;#37;#123;init#125;#37;#37;'],
    ['style a:#b;', 'style a#58;#35;b#59;'],
    ['$$x$$', '#36;#8203;#36;x#36;#8203;#36;'],
    ['a\\nb', 'a#92;#8203;nb'],
    ['a\nb', 'a b'],
    ['a\u0000b', 'a b'],
  ])('writes %j so that it is no syntax', (name, written) => {
    expect(mermaid(picture([job(name)]))).toContain(`n1[["${written}<br>`);
  });

  it('has only nodes and arrows with any texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const made = job(a, { lines: [b], startedBy: [item(a, b)], runsOn: [item(b, a)], uses: [item(b, a)] });
        expect(mermaid(picture([made]))).toMatch(MERMAID);
      }),
      { numRuns: 200 },
    );
  });
});
