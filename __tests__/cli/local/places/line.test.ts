import { Line } from '../../../../cli/local/places/line';

const item = (run: string, arrived: string) => ({ Run: { S: run }, Arrived: { S: arrived } });

it('has runs in order of arrival, whatever the order in which they enter, and those of the same time as they enter', () => {
  const line = new Line();
  const [late, early, same] = [item('late', '3'), item('early', '1'), item('same', '3')];
  for (const one of [late, item('between', '2'), early, same]) line.enter(one);
  expect(line.runs).toEqual(['early', 'between', 'late', 'same']);
  line.leave(late);
  line.leave(early);
  expect(line.runs).toEqual(['between', 'same']);
  expect(line.first).toEqual(item('between', '2'));
});

it('has nobody first if it is empty, and nobody leaves it twice', () => {
  const line = new Line();
  const only = item('only', '1');
  line.enter(only);
  line.leave(only);
  line.leave(only);
  expect([line.first, line.runs]).toEqual([undefined, []]);
});

it('looks at a few runs only when the last one enters and the first one leaves, however long it is', () => {
  const line = new Line();
  let looks = 0;
  const watched = Array.from({ length: 1_000 }, (_, index) => ({
    Run: { S: `run-${index}` },
    get Arrived() {
      looks++;
      return { S: String(1_000 + index) };
    },
  }));
  for (const one of watched) line.enter(one);
  for (const one of watched) {
    expect(line.first).toBe(one);
    line.leave(one);
  }
  expect(looks).toBeLessThanOrEqual(3 * watched.length);
});
