import { capitalized, listed } from '../../../modules/problems/phrases';
import type { Permission } from '../../model/stack';
import { actionWords } from './actions';
import type { ArnText } from './arn-text';
import { conditionText } from './conditions';
import { type Readable, THIS_ACCOUNT } from './readable';

/** A statement as a policy document has it. AWS accepts one value instead of a list. */
export interface PolicyStatement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

/** Sentences about the statements of policies. */
export class StatementText {
  constructor(
    private readonly arns: ArnText,
    private readonly readable: Readable,
  ) {}

  /** A sentence for each group of actions that need the same preposition. Together they are about all of the statement's actions. */
  sentences(statement: PolicyStatement): Permission[] {
    const except = texts(statement.NotAction);
    const actions = except.length > 0 ? except : texts(statement.Action);
    const groups =
      except.length > 0
        ? [[`do everything except call ${listed(except, 'and')} on`, except] as const]
        : clauses(actions);
    const denied = statement.Effect === 'Deny';
    const condition = conditionText(statement.Condition, (value) => this.arns.of(value));
    return groups.map(([clause, told]) => ({
      text: sentence(this.subject(statement, denied), clause, this.objects(statement), condition),
      actions: told,
    }));
  }

  private subject({ Principal, NotPrincipal }: PolicyStatement, denied: boolean): string {
    const others = this.principals(NotPrincipal);
    if (others.length > 0) return `Everyone except ${listed(others, 'and')} may${denied ? ' not' : ''}`;
    const who = this.principals(Principal);
    if (who.length === 0) return denied ? 'May not' : 'May';
    if (who.includes('everyone')) return denied ? 'Nobody may' : 'Everyone may';
    const text = listed(who, 'and');
    return `${capitalized(text)} may${denied ? ' not' : ''}`;
  }

  private principals(given: unknown): string[] {
    if (given === '*') return ['everyone'];
    if (typeof given !== 'object' || given === null) return [];
    return Object.entries(given).flatMap(([kind, values]) =>
      texts(values).map((value) => {
        if (value === '*') return 'everyone';
        const text = this.readable.text(value);
        if (kind === 'Service') return `the AWS service ${text}`;
        return text.endsWith(`:iam::${THIS_ACCOUNT}:root`) ? 'this account' : text;
      }),
    );
  }

  private objects({ Resource, NotResource }: PolicyStatement): string {
    const except = texts(NotResource);
    if (except.length > 0) return `any resource except ${this.named(except)}`;
    return this.named(texts(Resource));
  }

  private named(patterns: readonly string[]): string {
    const names = [...new Set(patterns.map((pattern) => this.arns.of(pattern)))];
    return listed(names, 'and');
  }
}

/** What is done, and the actions that it is about, in groups that end with the same preposition. */
function clauses(actions: readonly string[]): (readonly [clause: string, actions: string[]])[] {
  const groups = new Map<string, string[]>();
  for (const action of actions) {
    const deed = actionWords(action);
    const key = deed === undefined ? 'call' : deed[2];
    groups.set(key, [...(groups.get(key) ?? []), action]);
  }
  return [...groups].map(([preposition, group]) => {
    if (preposition === 'call') return [`${calls(group)} on`, group] as const;
    return [`${deeds(group)} ${preposition}`.trimEnd(), group] as const;
  });
}

function calls(actions: readonly string[]): string {
  const any = actions.find((action) => action === '*');
  if (any !== undefined) return 'do everything';
  return `call ${listed(actions, 'and')}`;
}

/** `read and write objects, and list objects and object versions` */
function deeds(actions: readonly string[]): string {
  const verbs = grouped(
    actions,
    (action) => actionWords(action)?.[1] ?? '',
    (action) => actionWords(action)?.[0] ?? '',
  );
  const objects = grouped(
    [...verbs],
    ([, of]) => listed(of, 'and'),
    ([object]) => object,
  );
  const parts = [...objects].map(([of, what]) => `${of} ${listed(what, 'and')}`.trimEnd());
  return parts.length < 3 ? parts.join(', and ') : `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`;
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string, value: (item: Item) => string) {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const of = groups.get(key(item)) ?? [];
    if (!of.includes(value(item))) groups.set(key(item), [...of, value(item)]);
  }
  return groups;
}

function sentence(subject: string, clause: string, objects: string, condition: string): string {
  const what = objects === '' ? clause.replace(/ (on|to|of|in|from|with)$/, '') : `${clause} ${objects}`;
  return `${[subject, what, condition].filter((part) => part !== '').join(' ')}.`;
}

function texts(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
