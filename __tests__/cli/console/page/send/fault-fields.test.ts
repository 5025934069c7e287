/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { FaultFields } from '../../../../../cli/console/page/send/fault-fields';
import { FAULT_OPTIONS, type Faults } from '../../../../../cli/model/faults';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
let changes: Faults[];

beforeEach(() => {
  changes = [];
});

/** The fields, which take what is changed. */
function show(faults: Faults = {}, problems?: Parameters<typeof FaultFields>[0]['problems']): void {
  const onChange = (next: Faults) => {
    changes.push(next);
    show(next, problems);
  };
  browser.show(h(FaultFields, { faults, onChange, ...(problems !== undefined && { problems }) }));
}

/** The row of an option. */
function row(label: string): HTMLElement {
  const found = browser.all('.fault-row').find(({ textContent }) => textContent.startsWith(label));
  if (found === undefined) throw new Error(`No row is ${label}`);
  return found;
}

function toggle(label: string, checked: boolean): void {
  const box = row(label).querySelector('[type="checkbox"]') as HTMLElement & { checked: boolean };
  box.checked = checked;
  browser.fire(box, 'change');
}

function write(label: string, value: string): void {
  const field = row(label).querySelector('.mono') as HTMLElement & { value: string };
  field.value = value;
  browser.fire(field, 'input');
}

const value = (label: string) => (row(label).querySelector('.mono') as unknown as HTMLInputElement | null)?.value;
const isOn = (label: string) => row(label).classList.contains('on');

it('has a row for each option, and a field where the option has a value', () => {
  show();
  expect(browser.texts('.fault-row')).toEqual(FAULT_OPTIONS.map(({ label }) => label));
  const fields = browser.all('.mono');
  expect(fields.map((field) => field.getAttribute('aria-label'))).toEqual(
    FAULT_OPTIONS.flatMap(({ label, option, example }) =>
      example === undefined ? [] : `${label}, value of ${option}`,
    ),
  );
  expect(row('Fail attempts').querySelector('label')?.getAttribute('title')).toBe(
    '--fail-attempts: These attempts fail, even if their container succeeds',
  );
});

it('a switch gives its option the example as its value, and takes it away', () => {
  show({ fast: true });
  expect([isOn('Fail attempts'), value('Fail attempts')]).toEqual([false, '1']);
  toggle('Fail attempts', true);
  expect([isOn('Fail attempts'), changes.at(-1)]).toEqual([true, { fast: true, failAttempts: '1' }]);
  toggle('Fail attempts', false);
  expect([isOn('Fail attempts'), changes.at(-1)]).toEqual([false, { fast: true }]);
});

it('a switch of an option without a value is on or off', () => {
  const { label } = FAULT_OPTIONS.find(({ field }) => field === 'fast') as (typeof FAULT_OPTIONS)[number];
  show();
  expect(value(label)).toBeUndefined();
  toggle(label, true);
  expect(changes.at(-1)).toEqual({ fast: true });
  toggle(label, false);
  expect(changes.at(-1)).toEqual({});
  show({ fast: false });
  expect(isOn(label)).toBe(false);
});

it('a value that is written turns its option on, and is there again after the switch was off', () => {
  show();
  write('Fail attempts', '2,3');
  expect([changes.at(-1), isOn('Fail attempts')]).toEqual([{ failAttempts: '2,3' }, true]);
  toggle('Fail attempts', false);
  expect([changes.at(-1), value('Fail attempts')]).toEqual([{}, '2,3']);
  toggle('Fail attempts', true);
  expect(changes.at(-1)).toEqual({ failAttempts: '2,3' });
  write('Fail attempts', '');
  expect([changes.at(-1), isOn('Fail attempts'), value('Fail attempts')]).toEqual([{ failAttempts: '' }, true, '']);
});

it('says below a field what is wrong with it', () => {
  show({ failAttempts: 'x' }, { failAttempts: 'Write numbers.' });
  const field = row('Fail attempts').querySelector('.mono');
  const [id] = [row('Fail attempts').querySelector('p')?.getAttribute('id')];
  expect([id, field?.getAttribute('aria-describedby'), field?.getAttribute('aria-invalid')]).toEqual([
    'fault-failAttempts',
    'fault-failAttempts',
    'true',
  ]);
  expect(browser.texts('.fault')).toEqual(['Write numbers.']);
  const other = row('Time to exit').querySelector('.mono');
  expect([other?.getAttribute('aria-describedby'), other?.getAttribute('aria-invalid')]).toEqual([null, 'false']);
});
