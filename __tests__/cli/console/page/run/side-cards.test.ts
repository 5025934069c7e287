/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { CauseCard, NextCard, NotesCard, TimeCard } from '../../../../../cli/console/page/run/side-cards';
import { nextStep } from '../../../../../cli/model/words/next-step';
import { at, live, NOW, run, SPOT_STORY } from '../../../model/told-runs';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();

describe('what happens next', () => {
  it('is said of a run that goes on, with commands as code', () => {
    const of = live({ outcome: 'running' });
    const paragraphs = nextStep(of, NOW);
    browser.show(h(NextCard, { run: of, now: NOW }));
    expect(paragraphs.length).toBeGreaterThan(0);
    expect(browser.texts('p')).toEqual(paragraphs.map((paragraph) => paragraph.map(({ text }) => text).join('')));
    const code = paragraphs.flat().filter(({ isCode }) => isCode);
    expect(browser.texts('code')).toEqual(code.map(({ text }) => text));
  });

  it('is nothing for a run that has ended', () => {
    expect(browser.show(h(NextCard, { run: run(), now: NOW })).innerHTML).toBe('');
  });
});

describe('where the time went', () => {
  it('is a bar and a list of the same shares', () => {
    browser.show(h(TimeCard, { run: SPOT_STORY, now: at(2_000) }));
    expect([browser.texts('dt')[0], browser.texts('dd')[0]]).toEqual(['Running', '21m 49s']);
    const bar = browser.all('.split i').map(({ classList, style }) => [classList[1], style.flexGrow]);
    expect(bar[0]).toEqual(['running', '1309000']);
    expect(browser.all('dt i').map(({ classList }) => classList[1])).toEqual(bar.map(([kind]) => kind));
  });

  it('is nothing for a run without attempts', () => {
    expect(browser.show(h(TimeCard, { run: run({ endedAt: at(0) }), now: at(0) })).innerHTML).toBe('');
  });
});

describe('error and cause', () => {
  const facts = (differences: Parameters<typeof run>[0]) => {
    browser.show(h(CauseCard, { run: run(differences) }));
    return browser.texts('dd');
  };

  it.each([
    ['the cause', { error: 'States.TaskFailed', cause: 'No rows.' }, ['States.TaskFailed', 'No rows.']],
    ['the cause rather than the reason', { cause: 'No rows.', reason: 'Exit 1' }, ['No rows.']],
    ['the reason', { reason: 'Exit 1' }, ['Exit 1']],
    ['nothing, where nothing is known', {}, []],
    ['nothing of a run that succeeded', { outcome: 'succeeded', reason: 'Exit 1' }, []],
    ['nothing of a run that goes on', { outcome: 'running', reason: 'Exit 1' }, []],
  ] as const)('is %s', (_what, differences, expected) => {
    expect(facts(differences)).toEqual(expected);
    expect(browser.texts('h2')).toEqual(expected.length === 0 ? [] : ['Error and cause']);
    expect(browser.texts('details')).toEqual([]);
  });

  it('has the whole cause of a job where somebody asks', () => {
    facts({ cause: '{"StatusReason":"Host EC2 terminated","Container":{"ExitCode":1}}' });
    expect(browser.texts('summary')).toEqual(['Show the cause as JSON']);
    expect(JSON.parse(browser.get('pre').textContent)).toMatchObject({ StatusReason: 'Host EC2 terminated' });
  });
});

describe('notes', () => {
  const notes = (differences: Parameters<typeof run>[0]) => {
    browser.show(h(NotesCard, { run: run(differences) }));
    return browser.texts('li');
  };

  it('are those of a run on this machine', () => {
    expect(notes({ place: 'local', notes: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(browser.texts('h2')).toEqual(['Notes']);
  });

  it.each([
    ['in AWS', { notes: ['a'] }],
    ['of which nothing is noted', { place: 'local' }],
    ['without a note', { place: 'local', notes: [] }],
  ] as const)('are none of a run %s', (_what, differences) => {
    notes(differences);
    expect(browser.document.body.innerHTML).toBe('');
  });
});
