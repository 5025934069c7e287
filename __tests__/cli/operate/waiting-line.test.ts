import { activityOf } from '../../../cli/operate/activity';
import type { RunStory } from '../../../cli/operate/run-story';
import { inLine, isInLine, waitingLine } from '../../../cli/operate/waiting-line';

type Query = { readonly ExclusiveStartKey?: { readonly page: number } };

/** A stack whose line has pages. */
function deployment(pages: readonly (readonly string[])[]) {
  const queries: Query[] = [];
  const query = async (request: Query) => {
    queries.push(request);
    const page = request.ExclusiveStartKey?.page ?? 0;
    const more = page + 1 < pages.length && { LastEvaluatedKey: { page: page + 1 } };
    return { Items: (pages[page] ?? []).map((S) => ({ Run: { S } })), ...more };
  };
  return { queries, of: { nameStart: 'shop', clients: { tables: { query } } } as never };
}

const story = (more: object = {}) =>
  ({
    name: 'report-3',
    status: 'RUNNING',
    attempts: [],
    waits: [{ kind: 'place', from: new Date(0), before: 1 }],
    ...more,
  }) as unknown as RunStory;

it('has how many runs are ahead of each, on all pages, in the order of the table', async () => {
  const { of, queries } = deployment([['report-1', 'report-2'], ['report-3']]);
  expect([...(await waitingLine(of, { name: 'report' }))]).toEqual([
    ['report-1', 0],
    ['report-2', 1],
    ['report-3', 2],
  ]);
  expect(queries[0]).toMatchObject({
    TableName: 'shop-run-places',
    IndexName: 'Line',
    ExpressionAttributeValues: { ':job': { S: 'report' } },
  });
});

it('reads five pages at most, so that a line of 100,000 runs takes no minute', async () => {
  const { of, queries } = deployment(Array.from({ length: 9 }, (_, page) => [`report-${page}`]));
  expect((await waitingLine(of, { name: 'report' })).size).toBe(5);
  expect(queries).toHaveLength(5);
});

it('is told of a run that waits for a place', () => {
  const told = inLine(story(), new Map([['report-3', 1_234]]));
  expect(activityOf(told)).toEqual({ text: 'waiting for a place, number 1,235 in line', since: new Date(0) });
});

it.each([
  ['that is not in the line, because it has just left it', story(), new Map([['report-1', 0]])],
  ['if the line is unknown', story(), undefined],
])('is not told of a run %s', (_, told, line) => {
  expect(activityOf(inLine(told, line))?.text).toBe('waiting for a place');
});

it.each([
  ['waits', {}, true],
  ['has ended', { status: 'ABORTED' }, false],
  ['has its place', { waits: [{ kind: 'place', from: new Date(0), to: new Date(1), before: 1 }] }, false],
  ['waits for its next attempt', { waits: [{ kind: 'retry', from: new Date(0), before: 2 }] }, false],
  ['has no wait', { waits: [] }, false],
])('a run that %s', (_, more, expected) => {
  expect(isInLine(story(more))).toBe(expected);
});
