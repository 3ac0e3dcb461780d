import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessEmergency, type EmergencyFacts } from '../../../src-shared/domain/emergency';
import { AFFECTED, IMPACT, WORKAROUND } from '../../../src-shared/domain/intake';
import { anIntake } from './builders';

const reasons = (over: Partial<EmergencyFacts>) => assessEmergency(anIntake(over))?.reasons ?? [];
const facts = fc.record({
  problem: fc.lorem(),
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
  ])('sees a security risk in %j', (problem) =>
    expect(reasons({ problem, affected: 'me' })).toEqual(['securityRisk']),
  );
  it.each([
    'The antivirus wants an update',
    'The anti-virus icon is gone',
    'Virus scan is slow',
    'Our workshop hackathon page is down',
    'My phone is broken',
  ])('sees none in %j', (problem) => expect(reasons({ problem })).toEqual([]));
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
