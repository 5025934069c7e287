import { stoppedBy, whoStopped } from '../../../../cli/model/words/stopped-by';

it('a reason says who stopped a run', () => {
  expect(stoppedBy('the console')).toBe('Stopped by the console');
  expect(whoStopped(stoppedBy('the console'))).toBe('the console');
  expect(whoStopped('Stopped by Ann.')).toBe('Ann');
});

it.each(['too expensive', 'It was Stopped by Ann', 'Stopped by ', 'Stopped by Ann\nat noon'])(
  '"%s" says something else',
  (reason) => {
    expect(whoStopped(reason)).toBeUndefined();
  },
);
