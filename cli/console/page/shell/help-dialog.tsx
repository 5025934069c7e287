import { useState } from 'preact/hooks';
import type { KeyBinding } from '../keys/key-map';
import { areSingleKeysOn, keyMap, setSingleKeys } from '../keys/keyboard';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Check, Toggle } from '../parts/field';
import { chooseTheme, chosenTheme, type Theme } from './theme';

/** The keys of this screen, and whether single keys are on. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const [bindings] = useState(() => keyMap.listed());
  const [areOn, setOn] = useState(areSingleKeysOn);
  const [theme, setTheme] = useState(chosenTheme);
  const choose = (chosen: Theme) => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  const groups = new Set(bindings.map(groupOf));
  return (
    <Dialog title="Keys and colors" onClose={onClose} footer={<Button onClick={onClose}>Close</Button>}>
      {[...groups].map((group) => (
        <KeyList key={group} group={group} bindings={bindings.filter((each) => groupOf(each) === group)} />
      ))}
      <Check
        checked={areOn}
        onChange={(checked) => {
          setSingleKeys(checked);
          setOn(checked);
        }}
      >
        Single keys. They are off while a field has the focus.
      </Check>
      <section class="keys">
        <h3>Colors</h3>
        <Toggle label="Colors" value={theme} options={THEMES} onChange={choose} />
      </section>
    </Dialog>
  );
}

function groupOf({ group = 'Everywhere' }: KeyBinding): string {
  return group;
}

function KeyList(props: { readonly group: string; readonly bindings: readonly KeyBinding[] }) {
  return (
    <section class="keys">
      <h3>{props.group}</h3>
      <dl>
        {props.bindings.map(({ keys, label }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key, index) => (
                <kbd key={index}>{NAMES[key] ?? key}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  '': 'Space',
};
