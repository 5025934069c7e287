import { bandHeight, drawBand } from '../../../cli/diagram/svg-band';
import type { JobPicture, PictureItem } from '../../../cli/model/stack';

function item(title: string, more: Partial<PictureItem> = {}): PictureItem {
  return {
    ...{ id: title, kind: 'x', title, detail: [{ text: `of ${title}` }] },
    ...{ settings: [], permissions: [], costs: [], addresses: [] },
    ...more,
  };
}

function picture(more: Partial<JobPicture> = {}): JobPicture {
  return {
    item: item('report'),
    name: 'report',
    lines: ['2 vCPU, 1800 MiB'],
    policy: { attempts: 1, freeRestarts: 0, isSpot: true, waits: [], thenOnDemand: false },
    startedBy: [item('Schedule')],
    runsOn: [item('Spot')],
    uses: [],
    ...more,
  };
}

const drawn = (more: Partial<JobPicture> = {}) => drawBand(picture(more), 100);
const count = (lines: readonly string[], start: string) => lines.filter((line) => line.startsWith(start)).length;

it('has a box for each source, for each kind of capacity and for what the job uses, and one for the job', () => {
  const lines = drawn({ startedBy: [item('A'), item('B')], runsOn: [item('C')], uses: [item('D'), item('E')] });
  expect(count(lines, '<rect class="box"')).toBe(5);
  expect(count(lines, '<rect class="job"')).toBe(1);
  for (const title of ['A', 'B', 'C', 'D', 'E', 'report']) expect(lines.join('')).toContain(`>${title}<`);
});

it('has a box for a job that only people start, with the command', () => {
  const text = drawn({ startedBy: [] }).join('');
  expect(text).toContain('>By hand<');
  expect(text).toContain('>batch-jobs local report<');
});

it('marks only the capacity that runs use after Spot interruptions, and makes room for the mark', () => {
  const fallback = drawn({ runsOn: [item('Spot'), item('On demand', { isFallback: true })] });
  expect(count(fallback, '<path class="od"')).toBe(1);
  expect(count(drawn({ runsOn: [item('Spot'), item('On demand')] }), '<path class="od"')).toBe(0);
  const left = (lines: readonly string[], title: string) =>
    Number(/ x="([\d.]+)"/.exec(lines.find((line) => line.includes(`>${title}<`)) ?? '')?.[1]);
  expect(left(fallback, 'On demand') - left(fallback, 'Spot')).toBe(14);
});

it('has wires on both sides of the capacity if the job uses something, else only to the job', () => {
  expect(count(drawn(), '<path class="wire"')).toBe(2);
  expect(count(drawn({ uses: [item('archive')] }), '<path class="wire"')).toBe(4);
});

it('is as high as its longest column, or as the job with its lines, and 12 pixels more on each side', () => {
  expect(bandHeight(picture())).toBe(30 + 14 + 24);
  expect(bandHeight(picture({ lines: ['a', 'b', 'c'] }))).toBe(30 + 42 + 24);
  expect(bandHeight(picture({ startedBy: [item('A'), item('B'), item('C')] }))).toBe(3 * 42 + 2 * 8 + 24);
});

it('stands at its place in the picture', () => {
  const [card = ''] = drawn();
  expect(card).toContain(' y="100" ');
  expect(card).toContain(` height="${bandHeight(picture())}" `);
});
