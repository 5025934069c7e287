import { counted } from '../../../../cli/model/words/counted';

it.each([
  [0, '0 jobs'],
  [1, '1 job'],
  [2, '2 jobs'],
  [1_200, '1,200 jobs'],
])('%d: %s', (count, text) => expect(counted(count, 'job')).toBe(text));
