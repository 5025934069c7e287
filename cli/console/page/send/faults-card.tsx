import type { Faults } from '../../../model/faults';
import type { SendCheck } from '../../../model/send';
import { Card } from '../parts/card';
import { FaultFields } from './fault-fields';

/** What shall go wrong, as a card. */
export function FaultsCard(props: {
  readonly title?: string;
  readonly faults: Faults;
  readonly problems: SendCheck['problems'];
  readonly onChange: (faults: Faults) => void;
}) {
  return (
    <Card title={props.title ?? 'Run with'}>
      <FaultFields faults={props.faults} problems={props.problems} onChange={props.onChange} />
    </Card>
  );
}
