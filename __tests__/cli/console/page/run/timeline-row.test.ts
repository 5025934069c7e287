/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { Row } from '../../../../../cli/console/page/run/timeline-row';
import type { TimelineRow } from '../../../../../cli/model/timeline/row';
import { at, run, T0 } from '../../../model/told-runs';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
let done: unknown[];

beforeEach(() => {
  done = [];
});

/** An attempt from second 0 to 60. */
function row(differences: Partial<TimelineRow> = {}): TimelineRow {
  return {
    id: 'a2',
    kind: 'attempt',
    level: 1,
    label: 'Attempt 2',
    detail: '',
    onDemand: false,
    from: T0,
    to: at(60),
    isLive: false,
    intervals: [],
    marks: [],
    name: 'Attempt 2, failed',
    ...differences,
  };
}

/** The row within the first 100 seconds of the run. */
function draw(differences: Partial<TimelineRow> = {}, more: object = {}): HTMLElement {
  const props = {
    run: run(),
    rows: [],
    span: { from: T0, to: at(100) },
    now: at(100),
    times: 'elapsed' as const,
    selected: undefined,
    onSelect: (id: string) => done.push(['select', id]),
    onToggle: (id: string) => done.push(['toggle', id]),
    row: row(differences),
    isSelected: false,
    isFocusable: false,
    ...more,
  };
  return browser.show(h(Row, props)).children[0] as HTMLElement;
}

it('says what it is, also to a screen reader', () => {
  const attributes = ['class', 'data-row', 'aria-level', 'aria-label', 'aria-selected', 'aria-expanded', 'tabindex'];
  const of = (element: HTMLElement) => attributes.map((name) => element.getAttribute(name));
  expect(of(draw())).toEqual(['tl-row attempt ', 'a2', '1', 'Attempt 2, failed', 'false', null, '-1']);
  const open = draw({ level: 2, kind: 'start', isOpen: true }, { isSelected: true, isFocusable: true });
  expect(of(open)).toEqual(['tl-row start open', 'a2', '2', 'Attempt 2, failed', 'true', 'true', '0']);
  expect(of(draw({ isOpen: false }))).toEqual([
    'tl-row attempt ',
    'a2',
    '1',
    'Attempt 2, failed',
    'false',
    'false',
    '-1',
  ]);
});

it('is a row of a grid, whose pictures are not read', () => {
  const element = draw({
    isOpen: true,
    connector: { kind: 'restart', at: at(20) },
    intervals: [{ kind: 'failed', from: T0, to: at(1) } as never],
  });
  const roles = [element, ...element.children].map((each) => each.getAttribute('role'));
  expect(roles).toEqual(['row', 'gridcell', 'gridcell', 'gridcell']);
  expect(['.connector', '.tip', '.fold svg'].map((part) => browser.get(part).getAttribute('aria-hidden'))).toEqual([
    'true',
    'true',
    'true',
  ]);
  // The keys of the timeline fold rows: the button is no stop of its own.
  expect([browser.get('.fold').getAttribute('tabindex'), browser.get('.fold svg').getAttribute('width')]).toEqual([
    '-1',
    '12',
  ]);
  expect(browser.get('.fold svg').innerHTML).not.toBe('');
});

it.each<[string, Partial<TimelineRow>]>([
  ['b', {}],
  ['span', { level: 2 }],
  ['span', { kind: 'wait' }],
])('has its label as <%s> with %j', (name, differences) => {
  const [label] = draw(differences).querySelector('.l1')?.children ?? [];
  expect([label?.localName, label?.textContent]).toEqual([name, 'Attempt 2']);
});

it('says how it ended', () => {
  const texts = (differences: Partial<TimelineRow>) => {
    draw(differences);
    return browser.texts('.l1 .chip');
  };
  expect(texts({})).toEqual([]);
  expect(texts({ outcome: 'failed' })).toEqual(['Failed']);
  expect(texts({ outcome: 'failed', outcomeWord: 'Submitted' })).toEqual(['Submitted']);
});

it('says where it ran, and details', () => {
  const detail = (differences: Partial<TimelineRow>) => {
    const second = draw(differences).querySelector('.l2');
    return second === null ? undefined : [second.textContent, second.getAttribute('title')];
  };
  expect(detail({})).toBeUndefined();
  expect(detail({ detail: 'exit code 1' })).toEqual(['exit code 1', 'exit code 1']);
  expect(detail({ onDemand: true })?.[0]).toBe('On-demand ');
  expect([browser.get('.chip').getAttribute('class'), browser.get('.chip svg').innerHTML]).toEqual([
    'chip tone-od',
    expect.stringContaining('<'),
  ]);
  expect(detail({ onDemand: true, detail: 'exit code 1' })).toEqual(['On-demand exit code 1', 'exit code 1']);
});

it('is selected by a click, and folded by its button only', () => {
  const fold = (differences: Partial<TimelineRow>) =>
    draw(differences).querySelector('button')?.getAttribute('aria-label');
  expect(fold({})).toBeUndefined();
  expect(fold({ isOpen: true })).toBe('Hide the starts of attempt 2');
  expect(fold({ isOpen: false })).toBe('Show the starts of attempt 2');
  expect(fold({ isOpen: false, kind: 'fold', label: '30 attempts, all failed' })).toBe('Show 30 attempts, all failed');
  browser.fire('.tl-row', 'click');
  browser.fire('button', 'click');
  expect(done).toEqual([
    ['select', 'a2'],
    ['toggle', 'a2'],
  ]);
});

describe('the duration', () => {
  const duration = (differences: Partial<TimelineRow>) => {
    draw(differences);
    return browser.get('.dur').textContent;
  };

  it.each<[string, Partial<TimelineRow>]>([
    ['1m 00s', {}],
    ['unknown', { to: undefined }],
    ['', { to: undefined, kind: 'trigger' }],
    ['0.4s', { to: T0 + 400 }],
    ['0s', { to: T0 + 400, isLive: true }],
    ['3s', { to: T0 + 3_900, isLive: true }],
    ['16m 40s', { to: T0 + 1_000_500, isLive: true }],
    ['0s', { to: T0 - 900, isLive: true }],
  ])('is %j with %j', (text, differences) => {
    expect(duration(differences)).toBe(text);
  });
});

describe('the chart', () => {
  const drawn = (selector: string, differences: Partial<TimelineRow>) => {
    draw(differences);
    return browser.all(selector);
  };

  it('has what is within the time that is shown', () => {
    const bar = (from: number, to: number) => ({ kind: 'failed', from: at(from), to: at(to) }) as const;
    const bars = drawn('.interval', {
      intervals: [bar(-20, -1), bar(-20, 0), bar(10, 30), bar(90, 200), bar(100, 120), bar(101, 120)],
    });
    expect(bars.map(({ style }) => [style.left, style.width])).toEqual([
      ['0%', '0%'],
      ['10%', '20%'],
      ['90%', '10%'],
      ['100%', '0%'],
    ]);
    const marks = drawn('.mark', { marks: [-1, 0, 50, 100, 101].map((second) => ({ kind: 'limit', at: at(second) })) });
    expect(marks.map(({ style }) => style.left)).toEqual(['0%', '50%', '100%']);
  });

  it.each([
    ['notice', 'Spot interruption'],
    ['refusal', 'Submission refused'],
    ['limit', 'Timeout'],
    ['end', 'Ended without a container'],
  ] as const)('names the mark %s', (kind, word) => {
    const [mark] = drawn('.mark', { marks: [{ kind, at: at(5) }] });
    expect([mark?.getAttribute('class'), mark?.getAttribute('title')]).toEqual([`mark ${kind}`, word]);
  });

  it('says in a bar what happened, and how long what goes on has taken', () => {
    const text = (interval: object) => {
      const [bar] = drawn('.interval', {
        intervals: [{ kind: 'failed', from: T0, to: at(3.9), ...interval } as never],
      });
      const [inner] = bar?.children ?? [];
      return [bar?.getAttribute('class'), inner?.textContent, inner?.classList.contains('long')];
    };
    expect(text({})).toEqual(['interval failed ', undefined, undefined]);
    expect(text({ text: '123456789' })).toEqual(['interval failed ', '123456789', false]);
    expect(text({ text: '1234567890' })).toEqual(['interval failed ', '1234567890', true]);
    expect(text({ kind: 'running', isLive: true, text: 'x' })).toEqual(['interval running live', '3s', false]);
    expect(text({ kind: 'queue', isLive: true, text: 'x' })).toEqual(['interval queue live', 'x', false]);
    expect(text({ kind: 'running', text: 'x' })).toEqual(['interval running ', 'x', false]);
  });

  it('has what leads to the row, and a ring for the trigger function', () => {
    const place = (element: HTMLElement | undefined) => [element?.getAttribute('class'), element?.style.left];
    const connector = (second: number) => drawn('.connector', { connector: { kind: 'restart', at: at(second) } });
    expect(place(connector(20)[0])).toEqual(['connector restart', '20%']);
    expect([connector(-1), connector(101)]).toEqual([[], []]);
    expect(place(drawn('.ring', { kind: 'trigger', from: at(30) })[0])).toEqual(['ring', '30%']);
    expect([drawn('.ring', { kind: 'trigger', from: at(101) }), drawn('.ring', {})]).toEqual([[], []]);
  });

  it('tells the first six parts to a pointer, without brackets', () => {
    const tips = (count: number) => {
      const intervals = Array.from({ length: count }, (_, index) => ({
        kind: 'failed',
        from: at(index),
        to: at(index + 1),
      }));
      draw({ intervals: [{ kind: 'bracket', from: T0, to: at(9) }, ...intervals] as never });
      return browser.texts('.tip span');
    };
    expect(tips(0)).toEqual([]);
    expect(browser.all('.tip')).toEqual([]);
    expect([tips(6).length, tips(7).length, new Set(tips(7)).size]).toEqual([6, 6, 6]);
  });
});
