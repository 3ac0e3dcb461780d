import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AFFECTED, emptyIntake, IMPACT, RESTARTED, WORKAROUND } from '@shared/domain/intake';
import {
  hasRestarted,
  LONG_ON_S,
  PATIENCE_MS,
  restartedAnswer,
  restartedAt,
  stageOf,
  suggestRestart,
  WORTH_AFTER_S,
  type Boot,
  type RestartFacts,
  type RestartPlan,
} from '@shared/domain/restart';

const DAY = 24 * 60 * 60;
const told = (problem: string, more: Partial<RestartFacts> = {}): RestartFacts => ({
  ...emptyIntake(),
  problem,
  ...more,
});

const MENDED_BY_THE_COMPUTER = [
  'The VPN drops every ten minutes since Monday, I have to sign in again each time. Also I need Acrobat Pro to edit the contract forms.',
  'My headset has no sound in calls.',
  'The printer on floor 2 does not print anything I send.',
  'Mein Rechner ist furchtbar langsam geworden',
  'Der Drucker druckt nicht mehr, das Papier ist voll.',
  'Das Netzlaufwerk ist nicht mehr verbunden, ich bekomme einen Fehler.',
  'L’imprimante ne marche plus depuis ce matin.',
  'Mon ordinateur est très lent.',
  'La impresora no imprime nada.',
  'Mi portátil va muy lento y se bloquea.',
];
const MENDED_BY_THE_PROGRAM = [
  'Outlook freezes whenever I open the calendar.',
  'Excel stürzt beim Öffnen der Liste ab, die Tabelle hängt.',
  'Teams plante dès que je rejoins la réunion.',
  'Word se cuelga al abrir la plantilla.',
];
const NOT_MENDED = [
  'Your invoice from February is wrong, the printer was charged twice.',
  'Please set up a laptop for a new colleague who starts on Monday; her computer does not work yet.',
  'I lost the password letter and cannot sign in to Outlook.',
  'I forgot my password and my computer won’t let me in.',
  'Unsere neue Kollegin fängt am Montag an, ihr Rechner geht nicht.',
  'Ich habe mein Passwort vergessen und kann mich am Computer nicht anmelden, Fehler.',
  'J’ai oublié mon mot de passe, Outlook ne marche pas.',
  'Olvidé mi contraseña y no puedo entrar en el ordenador.',
  'La facture est fausse, erreur sur l’imprimante.',
  'Could you tell me the opening hours?',
  'I would like to have a second screen.',
  '',
];
const MADE_WORSE = [
  'All my files are encrypted and the computer shows a ransom note, nothing works.',
  'I clicked on a link in a phishing mail and now Outlook hangs.',
  'Excel hangs and my work is not saved.',
  'I lost my data, the drive cannot be found.',
  'Windows is installing updates and the computer hangs.',
  'There is a clicking noise and the laptop is slow.',
  'The battery is swollen and the laptop won’t start.',
  'Auf dem Rechner ist ein Virus, Outlook geht nicht.',
  'Word hängt und der Text ist nicht gespeichert.',
  'Ein Trojaner hat die Dateien verschlüsselt, Windows startet nicht.',
  'L’ordinateur est bloqué par un rançongiciel.',
  'Excel plante et le fichier n’est pas enregistré.',
  'El ordenador tiene un virus y no funciona.',
  'Word no responde y el documento está sin guardar.',
];

describe('a restart is suggested', () => {
  it.each(MENDED_BY_THE_COMPUTER)('of the computer: %s', (problem) => {
    expect(suggestRestart(told(problem), 23 * DAY)).toBe('computer');
  });

  it.each(MENDED_BY_THE_PROGRAM)('of the program, and of a computer that is on for long: %s', (problem) => {
    expect(suggestRestart(told(problem), 5 * 60 * 60)).toBe('app');
    expect(suggestRestart(told(problem), LONG_ON_S)).toBe('computer');
    expect(suggestRestart(told(problem, { restarted: 'app' }), 5 * 60 * 60)).toBe('computer');
  });

  it.each(NOT_MENDED)('not where it changes nothing: %s', (problem) => {
    expect(suggestRestart(told(problem), 23 * DAY)).toBeNull();
  });

  it.each(MADE_WORSE)('never where it may do harm: %s', (problem) => {
    expect(suggestRestart(told(problem), 23 * DAY)).toBeNull();
  });

  it('not of a computer that was started a short while ago, or whose uptime is not known', () => {
    expect(suggestRestart(told('The VPN drops every ten minutes'), WORTH_AFTER_S - 1)).toBeNull();
    expect(suggestRestart(told('The VPN drops every ten minutes'), null)).toBeNull();
  });
});

const problem = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(...MENDED_BY_THE_COMPUTER, ...MENDED_BY_THE_PROGRAM, ...NOT_MENDED, ...MADE_WORSE),
);
const facts = fc.record({
  problem,
  affected: fc.constantFrom(null, ...AFFECTED),
  impact: fc.constantFrom(null, ...IMPACT),
  workaround: fc.constantFrom(null, ...WORKAROUND),
  restarted: fc.constantFrom(null, ...RESTARTED),
});
const uptimes = fc.option(fc.nat({ max: 400 * DAY }));

describe('whatever is told', () => {
  it('a danger anywhere in the text keeps the suggestion away', () => {
    fc.assert(
      fc.property(
        facts,
        fc.constantFrom(...MADE_WORSE),
        fc.boolean(),
        uptimes,
        (told, danger, first, uptime) => {
          const text = first ? `${danger} ${told.problem}` : `${told.problem} ${danger}`;
          expect(suggestRestart({ ...told, problem: text }, uptime)).toBeNull();
        },
      ),
    );
  });

  it('what was restarted already is not suggested again', () => {
    fc.assert(
      fc.property(facts, uptimes, (told, uptime) => {
        const said = suggestRestart(told, uptime);
        if (['computer', 'both', 'notApplicable'].includes(told.restarted ?? '')) expect(said).toBeNull();
        if (told.restarted === 'app') expect(said).not.toBe('app');
      }),
    );
  });

  it('a failure of others is not mended on this computer', () => {
    fc.assert(
      fc.property(facts, uptimes, (told, uptime) => {
        if (told.affected !== null && told.affected !== 'me') expect(suggestRestart(told, uptime)).toBeNull();
      }),
    );
  });

  it('the longer the computer is on, the sooner it is suggested, never the other way', () => {
    fc.assert(
      fc.property(facts, fc.nat({ max: 100 * DAY }), fc.nat({ max: 100 * DAY }), (told, uptime, more) => {
        if (suggestRestart(told, uptime) === 'computer')
          expect(suggestRestart(told, uptime + more)).toBe('computer');
      }),
    );
  });

  it('case and accents do not matter', () => {
    expect(suggestRestart(told('MEIN RECHNER IST LANGSAM'), 23 * DAY)).toBe('computer');
    expect(suggestRestart(told('Mon ordinateur est tre\u0300s lent'), 23 * DAY)).toBe('computer');
  });

  it('a pasted log takes no time', () => {
    const log = 'error at line 5 of the printer '.repeat(30_000);
    const from = performance.now();
    suggestRestart(told(log), 23 * DAY);
    expect(performance.now() - from).toBeLessThan(500);
  });
});

const AT = Date.UTC(2026, 2, 2, 9);
const boot = (id: string | null, uptime: number, now = AT): Boot => ({
  id,
  uptime,
  bootedAt: new Date(now - uptime * 1000).toISOString(),
});
const plan = (what: 'app' | 'computer', id: string | null = 'one'): RestartPlan => ({
  draftId: '0195a000-0000-7000-8000-000000000001',
  what,
  askedAt: new Date(AT).toISOString(),
  boot: boot(id, 23 * DAY),
});

describe('whether the computer was started anew', () => {
  it('is decided by the id of the start, whatever happened to the clock', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: -10 * DAY, max: 10 * DAY }), (before, now, moved) => {
        const later = boot('one', now, AT + moved * 1000);
        expect(hasRestarted(boot('one', before), later)).toBe(false);
        expect(hasRestarted(boot('one', before), { ...later, id: 'two' })).toBe(true);
      }),
    );
  });

  it('without an id: running on, asleep or with a corrected clock is no start', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 100 * DAY }),
        fc.nat({ max: 100 * DAY }),
        fc.integer({ min: -300, max: 300 }),
        (before, passed, fix) => {
          const later = boot(null, before + passed, AT + (passed + fix) * 1000);
          expect(hasRestarted(boot(null, before), later)).toBe(false);
        },
      ),
    );
  });

  it('without an id: a shorter uptime, and a start after the plan, are one', () => {
    expect(hasRestarted(boot(null, 23 * DAY), boot(null, 60, AT + 600_000))).toBe(true);
    expect(hasRestarted(boot(null, 5 * 3600), boot(null, 40 * 3600, AT + 48 * 3600_000))).toBe(true);
  });
});

describe('when the user comes back', () => {
  const now = (ms: number) => new Date(AT + ms).toISOString();

  it('a computer that was restarted brings the question, visit or not', () => {
    for (const isVisit of [true, false])
      expect(
        stageOf(plan('computer'), { boot: boot('two', 60, AT + 300_000), now: now(300_000), isVisit }),
      ).toBe('ask');
  });

  it('one that was not is mentioned only after a while', () => {
    const same = (ms: number) => ({
      boot: boot('one', 23 * DAY + ms / 1000, AT + ms),
      now: now(ms),
      isVisit: true,
    });
    expect(stageOf(plan('computer'), same(PATIENCE_MS - 1))).toBe('waiting');
    expect(stageOf(plan('computer'), same(PATIENCE_MS))).toBe('notYet');
    expect(stageOf(plan('computer'), { ...same(DAY * 1000), isVisit: false })).toBe('waiting');
  });

  it('a program is asked about at the next visit', () => {
    const same = { boot: boot('one', 23 * DAY), now: now(1000) };
    expect(stageOf(plan('app'), { ...same, isVisit: false })).toBe('waiting');
    expect(stageOf(plan('app'), { ...same, isVisit: true })).toBe('ask');
  });

  it('the ticket tells the start of the computer, or the time of the answer', () => {
    const started = boot('two', 600, AT + 3600_000);
    expect(restartedAt(plan('computer'), started, now(3600_000))).toBe(started.bootedAt);
    expect(restartedAt(plan('app'), started, now(3600_000))).toBe(now(3600_000));
  });

  it('restarting the one after the other makes both', () => {
    expect(restartedAnswer(null, 'computer')).toBe('computer');
    expect(restartedAnswer('no', 'app')).toBe('app');
    expect(restartedAnswer('app', 'computer')).toBe('both');
    expect(restartedAnswer('both', 'app')).toBe('both');
  });
});
