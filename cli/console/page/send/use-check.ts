import { useEffect, useState } from 'preact/hooks';
import { compactJson } from '../../../model/json-layout';
import type { JsonNode } from '../../../model/json-text';
import type { SendCheck, SendRequest } from '../../../model/send';
import { tell } from '../api/client';
import { useSettled } from './settled';

/** Milliseconds after the last key. */
const PAUSE = 200;

/** Of a text that can be part of the command, in characters. */
const SHOWN = 4_000;

/**
 * What the server says of an event and of options. The last answer stays until the next one.
 *
 * @param request the same object as long as nothing changes
 */
export function useCheck(request: SendRequest): SendCheck | undefined {
  const [check, setCheck] = useState<SendCheck>();
  const settled = useSettled(request, PAUSE);
  useEffect(() => {
    const leaving = new AbortController();
    tell<SendCheck>('/api/send/check', settled, leaving.signal).then(setCheck, () => {
      // A server that does not answer is said by the banner, and what it refuses when the event is sent.
    });
    return () => leaving.abort();
  }, [settled]);
  return check;
}

/** The texts of a request for an event as it is in the editor. */
export function eventTexts(text: string, root: JsonNode | undefined): Pick<SendRequest, 'eventText' | 'shownText'> {
  return {
    eventText: root === undefined ? text : compactJson(text),
    ...(text.length <= SHOWN && { shownText: text }),
  };
}
