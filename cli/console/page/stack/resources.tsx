import { useState } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { apiPath } from '../api/client';
import { CopyButton } from '../parts/copy-button';
import { Icon } from '../parts/icon';
import { Problem } from '../parts/states';

/** Addresses of resources. Each opens its JSON, as Terraform gets it. */
export function Resources({ addresses }: { readonly addresses: readonly string[] }) {
  return (
    <ul class="resources">
      {addresses.map((address) => (
        <li key={address}>
          <Resource address={address} />
        </li>
      ))}
    </ul>
  );
}

function Resource({ address }: { readonly address: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" />
        <span class="mono">{address}</span>
      </summary>
      {isOpen && <Json address={address} />}
    </details>
  );
}

function Json({ address }: { readonly address: string }) {
  const { data, problem, reload } = useAnswer<{ readonly json: unknown }>(apiPath('/api/resource', { address }), [
    'stack',
  ]);
  if (problem !== undefined) return <Problem message={problem} onRetry={reload} />;
  if (data === undefined) return <p class="small muted">Loading…</p>;
  const text = JSON.stringify(data.json, undefined, 2);
  return (
    <div class="json">
      <CopyButton small text={text} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
