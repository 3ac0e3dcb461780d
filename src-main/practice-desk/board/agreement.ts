import type { Agreement, BusinessHours } from '@shared/domain/agreement';
import { agreedWeek } from '@shared/domain/practice-hours';
import type { Words } from '../staff/words';

/** Numbers kept free for fiction (555-0100 to 555-0199). */
const PHONE = {
  serviceDesk: '+1 202 555 0140',
  emergency: '+1 202 555 0199',
  billing: '+1 202 555 0121',
  lead: '+1 202 555 0163',
};
const MAIL_DOMAIN = 'northside-it.example';

/** The practice provider's agreement: Monday to Friday 8 to 17 in `timeZone`, holidays of this year and the next. */
export function practiceAgreement(words: Words, now: Date, timeZone: string): Agreement {
  const { t } = words;
  const year = now.getUTCFullYear();
  return {
    provider: t('practice:board.provider'),
    customer: t('practice:board.customer'),
    hours: hours(words, year, timeZone),
    afterHours: 'included',
    kind: 'traditional',
    emergencyConfirmMinutes: 30,
    callSheet: [
      line('serviceDesk', t('practice:agreement.serviceDesk'), PHONE.serviceDesk, 'help'),
      line('emergency', t('practice:agreement.emergency'), PHONE.emergency, 'urgent'),
      line('billing', t('practice:agreement.billing'), PHONE.billing, 'billing'),
      line('accountLead', t('practice:agreement.accountLead'), PHONE.lead, 'nadja.brandt'),
    ],
    covered: words.list(t('practice:agreement.covered')),
    notCovered: words.list(t('practice:agreement.notCovered')),
    standing: 'good',
    term: { from: `${year}-01-01`, to: `${year + 1}-12-31` },
  };
}

function hours(words: Words, year: number, timeZone: string): BusinessHours {
  const { t } = words;
  const ofYear = (y: number): BusinessHours['holidays'] => [
    { day: `${y}-01-01`, name: t('practice:agreement.holidayNewYear') },
    { day: `${y}-12-25`, name: t('practice:agreement.holidayChristmas') },
    { day: `${y}-12-26`, name: t('practice:agreement.holidaySecond') },
  ];
  return {
    timeZone,
    week: agreedWeek(),
    holidays: [...ofYear(year), ...ofYear(year + 1)],
  };
}

const line = (
  purpose: Agreement['callSheet'][number]['purpose'],
  name: string,
  phone: string,
  mailbox: string,
): Agreement['callSheet'][number] => ({ purpose, name, phone, email: `${mailbox}@${MAIL_DOMAIN}` });
