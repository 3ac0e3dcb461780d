/** Bodies are markup (https://specifications.freedesktop.org/notification-spec/latest/markup.html). */
export const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
