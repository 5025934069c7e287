import { beside, type StacktapeType } from '../../config/stacktape';

/** What Stacktape's event buses have that those here have not. */
export const STACKTAPE: StacktapeType = { properties: { archivation: beside('aws_cloudwatch_event_archive') } };
