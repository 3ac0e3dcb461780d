import { problemAt } from '@shared/domain/policy-reading';
import { failed, found, type SourceReading } from './source';

/** The one value that holds a whole policy as JSON, for tools that cannot write groups. */
export const WHOLE_VALUE = 'Policy';

/** Takes the whole policy out of one value where there is one: it then counts alone, and what stands beside it is named. */
export function wholePolicy(content: unknown): SourceReading {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return found(content);
  const members = Object.entries(content as Record<string, unknown>);
  const whole = members.find(([name]) => name.toLowerCase() === WHOLE_VALUE.toLowerCase())?.[1];
  if (typeof whole !== 'string') return found(content);
  const beside = members.filter(([name]) => name.toLowerCase() !== WHOLE_VALUE.toLowerCase());
  try {
    return {
      kind: 'found',
      content: JSON.parse(whole) as unknown,
      problems: beside.map(([name]) => problemAt([name], 'beside', WHOLE_VALUE)),
    };
  } catch {
    return failed('notReadable');
  }
}
