import { standardDeadLetterQueue } from '../delivery-rules';
import { eventBus } from './schema';

export const EVENT_BUS_RULES = [standardDeadLetterQueue(eventBus)];
