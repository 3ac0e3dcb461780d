import { RtFieldsSchema } from '@shared/domain/board';
import { err, ok } from '@shared/domain/result';
import type { BoardType } from '../board-type';
import { notTheBoard } from '../http-faults';
import { foundRt, recognise, rootOf, type RtTarget } from './entrance';
import { lackingFields } from './lacking';
import { createRtConnector, openRt } from './rt-connector';

/** Where an RT usually is on a host. */
const USUAL_PLACE = '/rt';

/** Request Tracker 5, with the end user's own account. */
export const rt: BoardType<RtTarget> = {
  kind: 'rt',

  async find(address, tools, signal) {
    const root = rootOf(address);
    const places = root.pathname === '/' ? [root, new URL(USUAL_PLACE, root)] : [root];
    for (const place of places) {
      const name = await recognise(place, tools, signal);
      if (!name.ok) return name;
      if (name.value !== null) return ok(foundRt(targetAt(place), name.value));
    }
    return ok(null);
  },

  async entrance(target, tools, signal) {
    const name = await recognise(new URL(target.url), tools, signal);
    if (!name.ok) return name;
    return name.value === null ? err(notTheBoard('read')) : ok(foundRt(target, name.value));
  },

  async lacking({ url: baseUrl, queue, fields }, session, tools) {
    const { calls, close } = openRt({ ...tools, baseUrl, credential: () => session.credential() });
    const found = await lackingFields(calls, queue, fields);
    close();
    return found;
  },

  connect: ({ url: baseUrl, queue, fields }, session, { name }, tools, lacking = []) =>
    createRtConnector({
      ...tools,
      baseUrl,
      queue,
      fields,
      lacking,
      name,
      credential: () => session.credential(),
    }),
};

/** The queue and fields of assets/request-tracker/deskbell.initialdata; a policy or the domain may name others. */
const targetAt = (url: URL): RtTarget => ({
  kind: 'rt',
  url: url.href.replace(/\/$/, ''),
  queue: 'Service Board',
  fields: RtFieldsSchema.parse({}),
});
