import type { Intake } from '@shared/domain/intake';
import { TOPICS, type Topic } from '../data/tables';

/** Words that point to a topic. A later topic wins only with more hits, so the specific ones come first. */
const SIGNS: Readonly<Record<Exclude<Topic, 'other'>, RegExp>> = {
  printer: /\b(print(s|er|ers|ing|ed|out)?|toner|scanner|scan|paper jam|label printer|copier)\b/gi,
  mail: /\b(e-?mails?|mail(s|box|boxes)?|outlook|inbox|outbox|thunderbird|calendar|spam)\b/gi,
  login:
    /\b(passwords?|log ?in|logon|sign(ing)?[ -]?in|locked( out)?|account|authenticator|mfa|2fa|code)\b/gi,
  network:
    /\b(vpn|network|internet|wi-?fi|wlan|wireless|connection|offline|router|remote desktop|shared drive)\b/gi,
  phone: /\b(phones?|telephone|headset|voicemail|extension|call(s|ing|ers?)?|ring(s|ing)?|dial(l?ing)?)\b/gi,
  hardware:
    /\b(monitor|screen (is |stays )?(black|dark|cracked|broken)|keyboard|mouse|docking|dock|battery|charger|cable|laptop lid|usb|power button|won'?t (turn|switch|power) on|fan|smoke|spilled|dropped it|broken hinge|webcam)\b/gi,
  slow: /\b(slow(er|ly)?|freez(es|ing|e)|frozen|hangs?|lag(s|gy|ging)?|takes (ages|forever|minutes)|performance)\b/gi,
  application:
    /\b(program|application|app|software|excel|word|teams|browser|chrome|edge|firefox|sap|erp|invoice|crash(es|ed|ing)?|error message|closes|update)\b/gi,
};

/** Everything the user wrote about the problem. */
const textOf = (summary: string, intake: Intake): string =>
  [summary, intake.problem, intake.lostFunction, intake.recentChange, intake.triedText].join('\n');

/** What a problem is about, from the words it is told in (English); `other` where nothing points anywhere. */
export function topicOf(summary: string, intake: Intake): Topic {
  const text = textOf(summary, intake);
  let best: { topic: Topic; hits: number } = { topic: 'other', hits: 0 };
  for (const topic of TOPICS) {
    if (topic === 'other') continue;
    const hits = text.match(SIGNS[topic])?.length ?? 0;
    if (hits > best.hits || (hits === best.hits && hits > 0 && rank(topic) < rank(best.topic)))
      best = { topic, hits };
  }
  return best.topic;
}

const ORDER = Object.keys(SIGNS);
const rank = (topic: Topic): number => ORDER.indexOf(topic);

/** Whether the words speak of a device that somebody has to touch (guide, chapter 5, step 3: hardware tends to need a visit). */
export function isHardware(summary: string, intake: Intake): boolean {
  return topicOf(summary, intake) === 'hardware';
}

const SECURITY =
  /\b(ransom\w*|virus|malware|trojan|hacked|hacker|phish\w*|stolen|data leak|scam|encrypted (all|my|our))\b/i;

/**
 * Whether the dispatcher calls it an emergency (DOMAIN: emergencies; guide, chapter 6): work stopped or slowed for the
 * majority, no way around a stop that hits several people, or a security risk.
 */
export function isEmergency(summary: string, intake: Intake): boolean {
  if (SECURITY.test(textOf(summary, intake))) return true;
  const majority = intake.affected === 'most' || intake.affected === 'everyone';
  if (majority) return intake.impact === 'stopped' || intake.impact === 'slower';
  return intake.affected === 'few' && intake.impact === 'stopped' && intake.workaround === 'none';
}
