import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessEmergency, isAboutEssential, type EmergencyFacts } from '../../../src-shared/domain/emergency';
import { AFFECTED, IMPACT, WORKAROUND } from '../../../src-shared/domain/intake';
import { anIntake } from './builders';

const reasons = (over: Partial<EmergencyFacts>) => assessEmergency(anIntake(over))?.reasons ?? [];
const facts = fc.record({
  problem: fc.lorem(),
  lostFunction: fc.lorem(),
  affected: fc.constantFrom(null, ...AFFECTED),
  impact: fc.constantFrom(null, ...IMPACT),
  workaround: fc.constantFrom(null, ...WORKAROUND),
});

describe('assessEmergency', () => {
  it('sees one where work has stopped for most', () => {
    expect(reasons({ impact: 'stopped', affected: 'everyone', workaround: 'none' })).toEqual([
      'productionStopped',
      'mostPeopleAffected',
      'noWayAround',
    ]);
    expect(reasons({ impact: 'stopped', affected: 'most' })).toEqual([
      'productionStopped',
      'mostPeopleAffected',
    ]);
  });
  it('sees one where most are held up, even if work goes on', () => {
    expect(reasons({ impact: 'slower', affected: 'most' })).toEqual(['mostPeopleAffected']);
    expect(reasons({ affected: 'everyone' })).toEqual(['mostPeopleAffected']);
  });
  it('sees one where several people have no way around', () => {
    expect(reasons({ impact: 'stopped', affected: 'few', workaround: 'none' })).toEqual(['noWayAround']);
    expect(reasons({ impact: 'stopped', affected: 'few', workaround: 'some' })).toEqual([]);
  });
  it.each([
    'All files end in .locked, there is a ransom note',
    'I think my account was hacked',
    'My laptop was stolen on the train',
    'I clicked a link in a phishing mail',
    'There is a virus on my computer',
    'All our files are encrypted since this morning',
    'I clicked on a suspicious link',
    'Ein Verschlüsselungstrojaner hat den Server befallen',
    'Alle Dateien auf dem Laufwerk sind plötzlich verschlüsselt',
    'Mein Notebook wurde gestern im Zug gestohlen.',
    'Ich glaube, mein Konto wurde gehackt',
    'Ich habe auf einen verdächtigen Link in einer Mail geklickt',
    'Viren auf dem Rechner!',
    'On m’a volé mon ordinateur portable dans le train',
    'Mon compte a été piraté cette nuit',
    'Un rançongiciel a bloqué le poste',
    'J’ai cliqué sur un lien frauduleux',
    'Mi cuenta ha sido hackeada',
    'Me han robado el portátil en la estación',
    'He abierto un enlace sospechoso y ahora hay un virus',
    'Los archivos están todos cifrados y piden un rescate',
  ])('sees a security risk in %j', (problem) =>
    expect(reasons({ problem, affected: 'me' })).toEqual(['securityRisk']),
  );
  it.each([
    'The antivirus wants an update',
    'The anti-virus icon is gone',
    'Virus scan is slow',
    'Our workshop hackathon page is down',
    'My phone is broken',
    'My laptop is slow. The bicycle that was stolen has nothing to do with it.',
    'Der Virenscanner hängt',
    'Das Passwort wird nicht verschlüsselt angezeigt',
    'Mein Laptop ist langsam. Gestohlen hat ihn niemand.',
    'L’antivirus demande une mise à jour',
    'L’ordinateur est lent, le dossier des chiffres ne s’ouvre pas',
    'El antivirus pide una actualización',
    'El enlace de la reunión no abre',
  ])('sees none in %j', (problem) => expect(reasons({ problem })).toEqual([]));
  it('sees one where several people need an essential system and have no way around', () => {
    const slow = { problem: 'The order system takes minutes for each page', affected: 'few' } as const;
    expect(reasons({ ...slow, impact: 'slower', workaround: 'none' })).toEqual(['noWayAround']);
    expect(reasons({ ...slow, workaround: 'none' })).toEqual(['noWayAround']);
    expect(reasons({ ...slow, impact: 'slower', workaround: 'unknown' })).toEqual([]);
    expect(reasons({ ...slow, impact: 'annoying', workaround: 'none' })).toEqual([]);
    expect(reasons({ affected: 'few', impact: 'slower', workaround: 'none' })).toEqual([]);
  });
  it('reads what cannot be done, too', () =>
    expect(
      reasons({ affected: 'few', impact: 'slower', workaround: 'none', lostFunction: 'Cash registers' }),
    ).toEqual(['noWayAround']));
  it.each([
    'Der Mailserver antwortet nicht',
    'Die Telefonanlage ist tot',
    'Le réseau est coupé',
    'La ligne de production est arrêtée',
    'La red no funciona',
    'El servidor no responde',
    'Both tills are dead',
  ])('knows %j for essential', (problem) => expect(isAboutEssential(anIntake({ problem }))).toBe(true));
  it.each([
    'The printer worked till yesterday',
    'A red light blinks on the screen',
    'The observer pattern slide is gone',
    'Der Bildschirm flackert',
    'Mi pantalla está en negro',
  ])('does not take %j for essential', (problem) =>
    expect(isAboutEssential(anIntake({ problem }))).toBe(false),
  );
  it('is quick with a text as long as can be typed', () => {
    const problem = 'The printer is broken, mein Laptop ist im Zug. '.repeat(4_000);
    const started = performance.now();
    assessEmergency(anIntake({ problem, affected: 'few', workaround: 'none' }));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
  it('sees none in one person\u2019s trouble or a nuisance for all', () => {
    fc.assert(
      fc.property(facts, (given) => {
        if (
          given.affected === 'me' ||
          given.affected === 'colleague' ||
          given.affected === null ||
          given.impact === 'annoying'
        ) {
          expect(assessEmergency(given)).toBeNull();
        }
      }),
    );
  });
  it('never sees less when more people are affected, work suffers more, or the way around is gone', () => {
    const worse = (given: EmergencyFacts): EmergencyFacts[] => [
      { ...given, workaround: 'none' },
      { ...given, impact: 'stopped' },
      { ...given, affected: 'everyone' },
    ];
    fc.assert(
      fc.property(facts, (given) => {
        const before = assessEmergency(given)?.reasons ?? [];
        for (const harder of worse(given))
          expect(assessEmergency(harder)?.reasons ?? []).toEqual(expect.arrayContaining([...before]));
      }),
    );
  });
});
