import { useState } from 'preact/hooks';
import type { KeyBinding } from '../keys/key-map';
import { areSingleKeysOn, keyMap, setSingleKeys } from '../keys/keyboard';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Check } from '../parts/field';

/** The keys of this screen, and whether single keys are on. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const [bindings] = useState(() => keyMap.listed());
  const [areOn, setOn] = useState(areSingleKeysOn);
  const groups = new Set(bindings.map(groupOf));
  return (
    <Dialog title="Keys" onClose={onClose} footer={<Button onClick={onClose}>Close</Button>}>
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

const NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  '': 'Space',
};
