/** A text as TicketSQL takes it. */
export const quoted = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;

/** A condition on a custom field. RT takes no braces in the name of one. */
export const fieldIs = (name: string, value: string): string =>
  `CF.{${name.replace(/[{}]/g, '')}} = ${quoted(value)}`;

/** The tickets of whoever asks. */
export const OWN = "Requestor.id = '__CurrentUser__'";
