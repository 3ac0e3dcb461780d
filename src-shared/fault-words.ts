import type { CallFault } from './contract';
import { fileProblemWords, type FaultWords, type FileProblemWords } from './domain/fault-words';
import { assertNever } from './domain/result';

type CallFaultName =
  | 'refused'
  | 'notFound'
  | 'tooLate'
  | `notStored.${Extract<CallFault, { kind: 'notStored' }>['cause']}`
  | `invalid.${Extract<CallFault, { kind: 'invalid' }>['problems'][number]['problem']}`
  | `desk.${Extract<CallFault, { kind: 'desk' }>['fault']}`
  | 'notConnected'
  | 'serviceHold'
  | 'internal';

/** Why a call of the window had no effect, in words of `common.json`. */
export type CallFaultWords = FaultWords<`callFault.${CallFaultName}`> | FileProblemWords;

/** Words for every fault a call can answer with. Of several problems with the content, the first is told. */
export function callFaultWords(fault: CallFault): CallFaultWords {
  switch (fault.kind) {
    case 'refused':
    case 'notFound':
    case 'tooLate':
    case 'notConnected':
    case 'serviceHold':
      return callFault(fault.kind);
    case 'notStored':
      return callFault(`notStored.${fault.cause}`);
    case 'invalid':
      return callFault(`invalid.${fault.problems[0]?.problem ?? 'notValid'}`);
    case 'file':
      return fileProblemWords(fault.problem, fault.name);
    case 'desk':
      return callFault(`desk.${fault.fault}`);
    case 'internal':
      return callFault('internal', { id: fault.id });
    default:
      return assertNever(fault);
  }
}

const callFault = (name: CallFaultName, params: CallFaultWords['params'] = {}): CallFaultWords => ({
  title: `callFault.${name}.title`,
  text: `callFault.${name}.text`,
  params,
});
