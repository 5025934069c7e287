import { movedTexts, writtenPath } from '../../modules/config/moved-parts';
import { foundName, foundValue } from '../../modules/problems/found';

const MOVED = [
  {
    written: ['stackConfig', 'tags', 1, 'value'],
    inConfig: ['tags', 'team'],
    name: ['stackConfig', 'tags', 1, 'name'],
  },
  { written: ['stackConfig', 'outputs'], inConfig: ['outputs'] },
];

it.each([
  [
    ['outputs', 0, 'value'],
    ['stackConfig', 'outputs', 0, 'value'],
  ],
  [
    ['tags', 'team'],
    ['stackConfig', 'tags', 1, 'value'],
  ],
  [['tags'], ['tags']],
  [
    ['resources', 'tags'],
    ['resources', 'tags'],
  ],
])('%j of the config is %j in the file', (inConfig, written) => {
  expect(writtenPath(inConfig, MOVED, foundValue('x'))).toEqual(written);
});

it.each([
  [
    ['tags', 'team'],
    ['stackConfig', 'tags', 1, 'name'],
  ],
  [
    ['tags', 'team', 'x'],
    ['stackConfig', 'tags', 1, 'value', 'x'],
  ],
  [['outputs'], ['stackConfig', 'outputs']],
  [
    ['resources', 'team'],
    ['resources', 'team'],
  ],
])('the name of %j of the config is %j in the file', (inConfig, written) => {
  expect(writtenPath(inConfig, MOVED, foundName('x'))).toEqual(written);
});

it('the notation of a value stays with it', () => {
  const texts = [
    { path: ['stackConfig', 'tags', 1, 'value'], text: '1.10' },
    { path: ['stackConfig', 'outputs', 0, 'value'], text: '0x1' },
    { path: ['region'], text: '~' },
  ];
  expect(movedTexts(texts, MOVED)).toEqual([
    { path: ['tags', 'team'], text: '1.10' },
    { path: ['outputs', 0, 'value'], text: '0x1' },
    { path: ['region'], text: '~' },
  ]);
  expect(movedTexts(texts, [])).toEqual(texts);
});
