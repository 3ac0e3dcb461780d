/** The usual port of each protection (RFC 8314). What is not protected is for servers on this computer, and is not offered. */
export const MAIL_PORTS = { starttls: '587', tls: '465' } as const;
/** How a mail server is spoken to, as far as it is offered. */
export type OfferedSecurity = keyof typeof MAIL_PORTS;
export const OFFERED_SECURITIES: readonly OfferedSecurity[] = ['starttls', 'tls'];

/** A mail server and a desk's mailbox as they are typed. */
export interface MailRouteValues {
  readonly deskAddress: string;
  readonly host: string;
  readonly port: string;
}

/** What is wrong with a field: a key of `connect:byMail`. */
export type MailRouteProblem = 'notAddress' | 'notHost' | 'notPort';

/** Whether a text looks like an e-mail address; main looks closer. */
export const looksLikeAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());

/** What has to be mended before it can be tried, by field. */
export function mailRouteProblems(values: MailRouteValues): {
  readonly [Field in keyof MailRouteValues]: MailRouteProblem | null;
} {
  const port = values.port.trim();
  const isPort = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  return {
    deskAddress: looksLikeAddress(values.deskAddress) ? null : 'notAddress',
    host: /^[^\s@/]+$/.test(values.host.trim()) ? null : 'notHost',
    port: isPort ? null : 'notPort',
  };
}

/** The port after another protection was chosen: its usual one, unless the user has written one of their own. */
export function portFor(next: OfferedSecurity, port: string): string {
  const isUsual = Object.values<string>(MAIL_PORTS).includes(port);
  return isUsual ? MAIL_PORTS[next] : port;
}

/** The name most companies give their mail server; empty where an address tells no domain. */
export function guessMailHost(address: string): string {
  const domain = /@([^\s@/]+\.[^\s@/]+)$/.exec(address.trim())?.[1];
  return domain === undefined ? '' : `smtp.${domain}`;
}
