import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { isRecordingId } from '../../../../cli/local/recording/recording-folders';
import { recordingId } from '../../../../cli/local/recording/recording-id';

it('ids sort by time, and two at the same time differ', () => {
  const times = fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 4e12 }));
  fc.assert(
    fc.property(times, ([one, other]) => {
      const [a, b] = [recordingId(one), recordingId(other)];
      expect(isRecordingId(a)).toBe(true);
      if (one !== other) expect(a < b).toBe(one < other);
    }),
  );
  expect(recordingId(5, randomBytes(3))).not.toBe(recordingId(5, randomBytes(3)));
});
