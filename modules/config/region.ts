import { text } from './checked';
import { REGION_FORM } from './identity';

/** An AWS region. */
export const region = text({ ...REGION_FORM, fix: 'use a code such as eu-west-1' });
