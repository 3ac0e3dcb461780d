import { describe, expect, it } from 'vitest';
import { TOPICS } from '../../../src-main/practice-desk/data/tables';
import { isEmergency, isHardware, topicOf } from '../../../src-main/practice-desk/staff/topics';
import { engineerFor } from '../../../src-main/practice-desk/staff/team';
import { createWords } from '../../../src-main/practice-desk/staff/words';
import { emptyIntake, type Intake } from '../../../src-shared/domain/intake';

const intake = (problem: string, more: Partial<Intake> = {}): Intake => ({
  ...emptyIntake(),
  problem,
  ...more,
});

describe('the topic of a problem', () => {
  it.each([
    ['My mail does not go out, Outlook hangs on sending', 'mail'],
    ['The printer prints blank pages', 'printer'],
    ['The VPN drops every few minutes', 'network'],
    ['I cannot log in, it says wrong password', 'login'],
    ['My computer is very slow since Monday', 'slow'],
    ['Nobody can hear me on the phone', 'phone'],
    ['Excel crashes when I save', 'application'],
    ['The second monitor stays black', 'hardware'],
    ['The plant in the hall is dead', 'other'],
    ['Der Drucker geht nicht', 'other'],
  ])('%s -> %s', (problem, topic) => {
    expect(topicOf('', intake(problem))).toBe(topic);
  });

  it('decides on a visit', () => {
    expect(isHardware('', intake('My laptop battery is dead and the charger sparks'))).toBe(true);
    expect(isHardware('', intake('The VPN drops'))).toBe(false);
  });
});

describe('an emergency', () => {
  it.each<[string, Partial<Intake>, boolean]>([
    ['Nobody can work', { affected: 'everyone', impact: 'stopped' }, true],
    ['All of us are slow', { affected: 'most', impact: 'slower' }, true],
    ['A few cannot work', { affected: 'few', impact: 'stopped', workaround: 'none' }, true],
    ['A few cannot work', { affected: 'few', impact: 'stopped', workaround: 'some' }, false],
    ['It annoys everyone', { affected: 'everyone', impact: 'annoying' }, false],
    ['I cannot work', { affected: 'me', impact: 'stopped', workaround: 'none' }, false],
    ['I clicked on a phishing link', {}, true],
    ['My files show a ransom note', { affected: 'me' }, true],
  ])('%s %o -> %s', (problem, more, expected) => {
    expect(isEmergency('', intake(problem, more))).toBe(expected);
  });
});

describe('every topic', () => {
  const words = createWords();
  it.each(TOPICS)('%s has an engineer, a question with quick answers, a solution and a note', (topic) => {
    expect(engineerFor(topic).role).toBe('engineer');
    const { text, quickAnswers } = words.question('topic', topic);
    expect(text).toMatch(/\?$/);
    expect(quickAnswers.length).toBeGreaterThanOrEqual(2);
    expect(quickAnswers.length).toBeLessThanOrEqual(6);
    expect(words.solution(topic, false)).not.toBe(words.solution(topic, true));
    expect(words.note(topic, '4101').bytes.length).toBeGreaterThan(800);
  });
});
