import type { Staff } from '@shared/domain/ticket';
import type { Topic } from '../data/tables';

/** Who reads every ticket first. */
export const DISPATCHER: Staff = { name: 'Marta Lindqvist', role: 'dispatcher' };

interface Engineer {
  readonly staff: Staff;
  readonly topics: readonly Topic[];
}

/** The engineers of the practice desk and what each knows best. All names are invented. */
const ENGINEERS: readonly [Engineer, ...Engineer[]] = [
  { staff: { name: 'Jonas Feldkamp', role: 'engineer' }, topics: ['mail', 'login', 'other'] },
  { staff: { name: 'Priya Nandakumar', role: 'engineer' }, topics: ['network', 'phone'] },
  { staff: { name: 'Tomás Echeverri', role: 'engineer' }, topics: ['hardware', 'printer'] },
  { staff: { name: 'Aiko Morland', role: 'engineer' }, topics: ['slow', 'application'] },
];

/** The engineer who knows a topic best. */
export function engineerFor(topic: Topic): Staff {
  return (ENGINEERS.find((engineer) => engineer.topics.includes(topic)) ?? ENGINEERS[0]).staff;
}
