import { nextTimes } from '../../../triggers/schedule/schedule-times';
import type { BandPicture, PictureItem, StackPicture, StackState } from '../../model/stack';

/** Enough for a page that is open for some time. */
const TIMES = 10;

/** The state with the next times of its schedules, which are no part of the picture: it is the same at any time. */
export function withNextTimes(state: StackState, now: number): StackState {
  const { picture } = state;
  return picture === undefined ? state : { ...state, picture: timed(picture, now) };
}

function timed(picture: StackPicture, now: number): StackPicture {
  return {
    ...picture,
    jobs: picture.jobs.map((job) => timedBand(job, now)),
    ...(picture.functions && { functions: picture.functions.map((each) => timedBand(each, now)) }),
  };
}

function timedBand<Band extends BandPicture>(band: Band, now: number): Band {
  return { ...band, startedBy: band.startedBy.map((item) => withNext(item, now)) };
}

function withNext(item: PictureItem, now: number): PictureItem {
  const times = item.schedule === undefined ? undefined : nextTimes(item.schedule, new Date(now), TIMES, item.limits);
  return times === undefined ? item : { ...item, next: times.map((time) => time.getTime()) };
}
