import type { RtTicket, RtTransaction } from '../../../../src-main/desk/rt/shapes';

export const ALICE = { id: 'alice', Name: 'alice', RealName: 'Alice Ahmadi' };
export const ERIN = { id: 'erin', Name: 'erin', RealName: 'Erin Engineer' };
export const RT_ITSELF = { id: 'RT_System', Name: 'RT_System', RealName: 'The RT System itself' };
export const NOBODY = { id: 'Nobody', Name: 'Nobody', RealName: 'Nobody in particular' };

/** A minute of the day on which everything happens. */
export const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString();

/** A ticket of alice with some of the usual fields, by the values given. */
export const rtTicket = (
  over: Partial<RtTicket> = {},
  fields: Readonly<Record<string, string>> = {},
): RtTicket => {
  const names = ['Visit', 'RequesterConfirmed', 'ClientRequestId', 'SurveyComment'];
  const survey = [1, 2, 3, 4, 5].map((number) => `SurveyQ${number}`);
  return {
    id: '15',
    Subject: 'Printer',
    Status: 'new',
    Created: at(0),
    LastUpdated: at(0),
    Resolved: null,
    Owner: NOBODY,
    Requestor: [ALICE],
    CustomFields: [...names, ...survey].map((name, index) => ({
      id: String(index + 1),
      name,
      values: fields[name] === undefined ? [] : [fields[name]],
    })),
    ...over,
  };
};

/** Something that happened at a minute; its id follows from the minute. */
export const happened = (minute: number, over: Partial<RtTransaction>): RtTransaction => ({
  id: String(100 + minute),
  ObjectId: '15',
  Type: 'Set',
  Field: '',
  OldValue: '',
  NewValue: '',
  Creator: ERIN,
  Created: at(minute),
  CustomFields: [],
  ...over,
});
export const created = happened(0, { Type: 'Create', Creator: ALICE });
export const status = (minute: number, NewValue: string, Creator = ERIN): RtTransaction =>
  happened(minute, { Type: 'Status', Field: 'Status', NewValue, Creator });
export const setField = (minute: number, Field: string, NewValue: string, Creator = ERIN): RtTransaction =>
  happened(minute, { Type: 'CustomField', Field, NewValue, Creator });
export const replied = (minute: number, Creator = ERIN): RtTransaction =>
  happened(minute, { Type: 'Correspond', Creator });
