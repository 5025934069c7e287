import { sharedParts } from '../../../cli/diagram/svg-shared';
import type { PictureItem } from '../../../cli/model/stack';

function item(title: string, detail = '', id = `shared/${title}`): PictureItem {
  return {
    ...{ id, kind: 'x', title, detail: detail === '' ? [] : [{ text: detail }] },
    ...{ settings: [], permissions: [], costs: [], addresses: [] },
  };
}

const other = (title: string, detail = '') => item(title, detail, `shared/resources/${title}`);

/** Each text with its place. */
function texts(drawn: readonly string[]) {
  return drawn.flatMap((line) => {
    const [, kind, x, y, content] =
      /^<text class="(\w+)" x="([\d.]+)" y="([\d.]+)".*>([^<]*)<\/text>$/.exec(line) ?? [];
    return content === undefined ? [] : [{ kind, x: Number(x), y: Number(y), content }];
  });
}

const cards = (drawn: readonly string[]) => drawn.filter((line) => line.startsWith('<rect'));

it('draws nothing, and takes no room, without items', () => {
  expect(sharedParts([], 100)).toEqual({ drawn: [], bottom: 100 });
});

it('has a card with a title for what jobs share, and one for what else is in the stack', () => {
  const { drawn, bottom } = sharedParts([other('Topic'), item('Network')], 100);
  expect(cards(drawn)).toEqual([
    '<rect class="card" x="16" y="100" width="888" height="40" rx="8"/>',
    '<rect class="card" x="16" y="152" width="888" height="40" rx="8"/>',
  ]);
  expect(texts(drawn)).toEqual([
    { kind: 'strong', x: 30, y: 124, content: 'Shared by all jobs' },
    { kind: 'plain', x: 160, y: 124, content: 'Network' },
    { kind: 'strong', x: 30, y: 176, content: 'Also in the stack' },
    { kind: 'plain', x: 160, y: 176, content: 'Topic' },
  ]);
  expect(bottom).toBe(192);
});

it('has no card for a group without items', () => {
  const { drawn, bottom } = sharedParts([other('Topic')], 0);
  expect(texts(drawn).map(({ content }) => content)).toEqual(['Also in the stack', 'Topic']);
  expect(bottom).toBe(40);
});

it('has the detail beside its title, and the next item after it', () => {
  // `a` is 0.55 wide, at 11.5 pixels.
  const { drawn } = sharedParts([item('aaaa', 'aa'), item('aa'), item('a')], 0);
  expect(texts(drawn).slice(1)).toEqual([
    { kind: 'plain', x: 160, y: 24, content: 'aaaa' },
    { kind: 'muted', x: 190.3, y: 24, content: 'aa' },
    { kind: 'plain', x: 222.95, y: 24, content: 'aa' },
    { kind: 'plain', x: 255.6, y: 24, content: 'a' },
  ]);
});

it('begins a row where the next item does not fit, and the card grows', () => {
  const long = 'a'.repeat(60);
  const { drawn, bottom } = sharedParts([item(long), item(`${long}b`), item('c')], 0);
  const [, first, second, third] = texts(drawn);
  expect(first).toMatchObject({ x: 160, y: 24, content: long });
  expect(second).toMatchObject({ x: 160, y: 44, content: `${long}b` });
  expect(third).toMatchObject({ y: 44, content: 'c' });
  expect(bottom).toBe(60);
  expect(cards(drawn)[0]).toContain('height="60"');
});

it('an item that just fits stays in its row', () => {
  // The room is 730 pixels, 20 of them between items: 56 and 56 letters fit, one more does not.
  const rows = (first: number, second: number) =>
    new Set(texts(sharedParts([item('a'.repeat(first)), item('a'.repeat(second))], 0).drawn).map(({ y }) => y)).size;
  expect(rows(56, 56)).toBe(1);
  expect(rows(56, 57)).toBe(2);
});

it('cuts a title at three fifths of the row, and the detail at what is left of it', () => {
  const { drawn, bottom } = sharedParts([item('a'.repeat(100), 'b'.repeat(100)), item('c')], 0);
  const [, title, detail, next] = texts(drawn);
  // 438 pixels of 730, less the ellipsis: 67 letters.
  expect(title?.content).toBe(`${'a'.repeat(67)}…`);
  expect(detail).toMatchObject({ x: 603, content: `${'b'.repeat(44)}…` });
  expect(next).toMatchObject({ x: 160, y: 44, content: 'c' });
  expect(bottom).toBe(60);
  const alone = texts(sharedParts([item('a'.repeat(100))], 0).drawn);
  expect(alone).toHaveLength(2);
});

it('does not cut what fits', () => {
  const { drawn } = sharedParts([item('Compute environment', 'up to 256 vCPUs, 0.3 s')], 0);
  expect(texts(drawn).map(({ content }) => content)).toEqual([
    'Shared by all jobs',
    'Compute environment',
    'up to 256 vCPUs, 0.3 s',
  ]);
});
