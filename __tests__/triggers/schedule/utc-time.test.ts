import { Token } from 'cdktf';
import { utcTime } from '../../../triggers/schedule/utc-time';
import { problemsWith } from '../../stack-config/samples';

const fixes = (value: unknown) => problemsWith(utcTime, value).map(({ fix }) => fix);

it.each(['2027-03-01T00:00:00Z', '2028-02-29T23:59:59Z', Token.asString({ Ref: 'x' })])('accepts %j', (value) => {
  expect(fixes(value)).toEqual([]);
});

it.each([
  ['2027-03-01', 'write 2027-03-01T00:00:00Z, which is in UTC'],
  ['2027-03-01 09:30', 'write 2027-03-01T09:30:00Z, which is in UTC'],
  ['2027-03-01T09:30:15.250Z', 'write 2027-03-01T09:30:15Z, which is in UTC'],
  ['2027-03-01T09:30:00z', 'write 2027-03-01T09:30:00Z, which is in UTC'],
  ['2027-03-01T09:30:00+02:00', 'write 2027-03-01T07:30:00Z, which is in UTC'],
  ['2027-01-01T00:30:00+02:00', 'write 2026-12-31T22:30:00Z, which is in UTC'],
  ['2027-03-01T09:30:00-05:30', 'write 2027-03-01T15:00:00Z, which is in UTC'],
  [' 2027-03-01 ', 'write 2027-03-01T00:00:00Z, which is in UTC'],
  ['tomorrow', 'write a time in UTC, such as 2027-03-01T00:00:00Z'],
])('of %j it says: %s', (value, fix) => {
  expect(fixes(value)).toEqual([fix]);
});

it('says why a day that does not exist becomes another', () => {
  expect(fixes('2027-02-30T00:00:00Z')).toEqual(['write 2027-02-28T00:00:00Z: that month has days 1 to 28']);
});
