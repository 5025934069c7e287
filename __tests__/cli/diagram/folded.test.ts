import { box, folded } from '../../../cli/diagram/folded';
import type { PictureItem } from '../../../cli/model/stack';

function item(title: string, more: Partial<PictureItem> = {}): PictureItem {
  return {
    ...{ id: title, kind: 'x', title, detail: [] },
    ...{ settings: [], permissions: [], costs: [], addresses: [] },
    ...more,
  };
}

it.each([
  [4, ['1', '2', '3', '4']],
  [5, ['1', '2', '3', '4', '5']],
  [6, ['1', '2', '3', '4', '2 more']],
  [12, ['1', '2', '3', '4', '8 more']],
])('of %s boxes, all or four and the number of the others', (count, shown) => {
  const items = Array.from({ length: count }, (_, index) => item(String(index + 1)));
  expect(folded(items).map(({ title }) => title)).toEqual(shown);
});

it.each<[Partial<PictureItem>, object]>([
  [{}, { detail: '' }],
  [{ detail: [{ text: 'cron(0 14 * * ? *)', isCode: true }] }, { detail: 'cron(0 14 * * ? *)', isCode: true }],
  [{ detail: [{ text: 'orders', isCode: true }, { text: ', first in' }] }, { detail: 'orders, first in' }],
  [{ isFallback: true }, { detail: '', isFallback: true }],
])('a box of %j', (more, expected) => {
  expect(box(item('A', more))).toEqual({ title: 'A', ...expected });
});
