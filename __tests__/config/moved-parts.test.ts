import { movedTexts, writtenPath } from '../../modules/config/moved-parts';

const MOVED = [
  { written: ['stackConfig', 'tags'], inConfig: ['tags'] },
  { written: ['stackConfig', 'outputs'], inConfig: ['outputs'] },
];

it.each([
  [
    ['outputs', 0, 'value'],
    ['stackConfig', 'outputs', 0, 'value'],
  ],
  [['tags'], ['stackConfig', 'tags']],
  [
    ['resources', 'tags'],
    ['resources', 'tags'],
  ],
])('%j of the config is %j in the file', (inConfig, written) => {
  expect(writtenPath(inConfig, MOVED)).toEqual(written);
});

it('the notation of a value stays with it', () => {
  const texts = [
    { path: ['stackConfig', 'tags', 1, 'value'], text: '1.10' },
    { path: ['stackConfig', 'outputs', 0, 'value'], text: '0x1' },
    { path: ['region'], text: '~' },
  ];
  expect(movedTexts(texts, MOVED)).toEqual([
    { path: ['tags', 1, 'value'], text: '1.10' },
    { path: ['outputs', 0, 'value'], text: '0x1' },
    { path: ['region'], text: '~' },
  ]);
  expect(movedTexts(texts, [])).toEqual(texts);
});
