/** What names itself a browser gets a page instead of an answer when RT does not let it in. */
export const rtUserAgent = (userAgent: string): string =>
  /mozilla/i.test(userAgent) ? 'Deskbell' : userAgent;
