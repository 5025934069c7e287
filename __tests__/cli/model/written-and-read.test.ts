import { idWithJob, parseRunId } from '../../../cli/model/run-id';
import { sampledType, sampleSource } from '../../../cli/model/sample-source';
import { attemptRowId, parseRowId, startRowId } from '../../../cli/model/timeline/row-id';
import { stoppedBy, whoStopped } from '../../../cli/model/words/stopped-by';

it('what is written is read as it was', () => {
  expect(parseRunId(idWithJob('nightly', 'by:hand'))).toEqual({ job: 'nightly', name: 'by:hand' });
  expect(sampledType(sampleSource('sqs'))).toBe('sqs');
  expect(parseRowId(attemptRowId(12))).toEqual({ attempt: 12 });
  expect(parseRowId(startRowId(12, 3))).toEqual({ attempt: 12, start: 3 });
  expect(whoStopped(stoppedBy('the console'))).toBe('the console');
});

it('what others have written is not taken for it', () => {
  expect(parseRunId('nightly-1f')).toEqual({ name: 'nightly-1f' });
  expect(sampledType('by hand')).toBeUndefined();
  expect(['trigger', 'w2', 'f4', 'a2.3.4', 'a'].map(parseRowId)).toEqual(Array(5).fill(undefined));
  expect(whoStopped('Stopped by Ann.')).toBe('Ann');
  expect(whoStopped('too expensive')).toBeUndefined();
});
