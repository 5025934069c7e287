import type { ComponentChildren } from 'preact';
import type { Fact } from '../../../model/run';

/** Labels and values: a line of them (`facts`), or the list of a details card (`kv`). */
export function Facts(props: { readonly facts: readonly Fact[]; readonly as?: 'facts' | 'kv' }) {
  return (
    <dl class={props.as ?? 'kv'}>
      {props.facts.map((fact) => (
        <Pair key={fact.label} label={fact.label}>
          <FactValue fact={fact} />
        </Pair>
      ))}
    </dl>
  );
}

/** A label and its value, in a `dl` of the class `facts` or `kv`. */
export function Pair(props: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** The value of a fact, as code or as a link where it is one. */
export function FactValue({ fact }: { readonly fact: Fact }) {
  const value = fact.isCode ? <span class="mono">{fact.value}</span> : fact.value;
  if (fact.href === undefined) return <>{value}</>;
  const isElsewhere = /^https?:/.test(fact.href);
  return (
    <a href={fact.href} {...(isElsewhere && { target: '_blank', rel: 'noreferrer' })}>
      {value}
    </a>
  );
}
