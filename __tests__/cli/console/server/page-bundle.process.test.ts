import { readReleasedPage } from '../../../../cli/console/server/page-bundle';
import { measurePage } from '../../../../scripts/bench/console/page-size';
import { measureRunList } from '../../../../scripts/bench/console/run-list';

it('the page is small, and asks nothing of other machines', () => {
  const files = [...readReleasedPage()];
  const results = measurePage();
  expect(results.filter(({ value, budget }) => value > budget)).toEqual([]);
  // Addresses that name, not load: of SVG elements, and of the consoles that a click leads to.
  const addresses = files.flatMap(([, text]) => text.match(/\b(?:https?|wss?):\/\/[^"'`\s)]+/g) ?? []);
  const loaded = addresses.filter((address) => !/^http:\/\/www\.w3\.org\//.test(address));
  expect(loaded).toEqual([]);
});

it('2,000 runs are filtered within a frame', () => {
  const results = measureRunList();
  expect(results).toHaveLength(2);
  expect(results.filter(({ value, budget }) => value > budget)).toEqual([]);
});
