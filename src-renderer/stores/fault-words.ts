import type { TFunction } from 'i18next';
import type { CallFault } from '@shared/contract';
import { MAX_FILE_BYTES, MAX_FILES, type FileProblem } from '@shared/domain/attachment';
import { assertNever } from '@shared/domain/result';

/** What happened, and what it means and what can be done. */
export interface FaultWords {
  readonly title: string;
  readonly text: string;
}

type CommonWords = TFunction<'common'>;

/** Why a file cannot go along, in words. */
export function fileProblemWords(problem: FileProblem, name: string, t: CommonWords): FaultWords {
  const params = { name, megabytes: MAX_FILE_BYTES / (1024 * 1024), count: MAX_FILES };
  return { title: t(`file.${problem}.title`, params), text: t(`file.${problem}.text`, params) };
}

/** Why a call had no effect, in words. */
export function callFaultWords(fault: CallFault, t: CommonWords): FaultWords {
  switch (fault.kind) {
    case 'refused':
    case 'notFound':
    case 'tooLate':
    case 'notConnected':
    case 'serviceHold':
      return { title: t(`callFault.${fault.kind}.title`), text: t(`callFault.${fault.kind}.text`) };
    case 'notStored':
      return {
        title: t(`callFault.notStored.${fault.cause}.title`),
        text: t(`callFault.notStored.${fault.cause}.text`),
      };
    case 'invalid': {
      const problem = fault.problems[0]?.problem ?? 'notValid';
      return { title: t(`callFault.invalid.${problem}.title`), text: t(`callFault.invalid.${problem}.text`) };
    }
    case 'file':
      return fileProblemWords(fault.problem, fault.name, t);
    case 'desk':
      return {
        title: t(`callFault.desk.${fault.fault}.title`),
        text: t(`callFault.desk.${fault.fault}.text`),
      };
    case 'internal':
      return { title: t('callFault.internal.title'), text: t('callFault.internal.text', { id: fault.id }) };
    default:
      return assertNever(fault);
  }
}

/** The same as one line, for a toast. */
export function callFaultLine(fault: CallFault, t: CommonWords): string {
  const { title, text } = callFaultWords(fault, t);
  return `${title}. ${text}`;
}
