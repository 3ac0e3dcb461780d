import { parseReply, type Reply } from './failure';

/** A command with the server's reply to it. */
export interface Said {
  readonly command: string;
  readonly reply: Reply | null;
}

/** What was said in a session so far, as far as it decides something. Secrets are never in it: nodemailer hides them. */
export interface Transcript {
  /** For nodemailer (`logger`, with `transactionLog`). */
  readonly logger: { debug(entry: unknown, message?: unknown): void };
  /** What the server can do, by the last EHLO: RFC 3207 makes the one before STARTTLS void. In upper case. */
  extensions(): readonly string[];
  /** The recipients that were refused, with the reply. */
  refused(): readonly { readonly address: string; readonly reply: Reply }[];
}

/**
 * Keeps what nodemailer tells of a session: it says no other way what the server can do, and of refused recipients only when
 * the message has gone to the others. Replies come in the order of the commands (RFC 2920).
 */
export function createTranscript(onReply: () => void): Transcript {
  const said: Said[] = [];
  const unanswered: string[] = [];

  function listen(who: 'client' | 'server', line: string): void {
    if (who === 'client') {
      unanswered.push(line);
      return;
    }
    onReply();
    const command = unanswered.shift();
    // The greeting answers no command.
    if (command !== undefined) said.push({ command, reply: parseReply(line) });
  }

  return {
    logger: {
      debug(entry, message) {
        const who = (entry as { readonly tnx?: unknown }).tnx;
        if ((who === 'client' || who === 'server') && typeof message === 'string') listen(who, message);
      },
    },
    extensions() {
      const hello = said.findLast(({ command }) => command.startsWith('EHLO'))?.reply;
      return hello?.code === 250 ? hello.lines.slice(1).map((line) => line.toUpperCase()) : [];
    },
    refused: () =>
      said.flatMap(({ command, reply }) => {
        const address = /^RCPT TO:<([^>]*)>/.exec(command)?.[1];
        return address !== undefined && reply !== null && reply.code >= 400 ? [{ address, reply }] : [];
      }),
  };
}
