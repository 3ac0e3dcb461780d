import { LANGUAGES, type Language } from './problems/lexicon/lexicon';

/**
 * Words of a security risk, in the four languages in which people write, in lower case without accents; `…` stands for
 * up to six words of the same sentence. Narrow on purpose: a notice that comes without need is soon read no more, and a
 * word missed here costs only the notice.
 */
const SECURITY: Readonly<Record<Language, string>> = {
  en: String.raw`ransom(?:ware)?|malware|spyware|trojan|hack(?:ed|er|ers|ing)|phish(?:ing|ed)|data (?:breach|leak)
    |(?:account|password|credential|laptop|computer|phone)s? (?:(?:was|were|has been|have been|got|is|are) )?(?:stolen|compromised)
    |(?:stolen|compromised) (?:account|password|credential|laptop|computer|phone)s?
    |files (?:(?:are|were|have been|got) )?(?:all )?encrypted
    |click(?:ed)? (?:on )?an? (?:suspicious|strange|fake|malicious) (?:link|attachment)`,
  de: String.raw`\w*trojaner|schad(?:software|programm)|losegeld\w*|erpresser\w*|spionagesoftware|gehackt\w*|hacker(?:n|s|angriff)?
    |(?:hack|cyber)angriff|phishing\w*|daten(?:leck|diebstahl|klau)|viren(?:befall|warnung)
    |(?:konto|account|passwort|kennwort|zugangsdaten|laptop|notebook|rechner|computer|handy|diensthandy|telefon)…(?:gestohlen|geklaut|entwendet|kompromittiert)
    |(?:gestohlen|geklaut|entwendet|kompromittiert)e[nrms]? (?:konto|passwort|kennwort|zugangsdaten|laptop|notebook|rechner|computer|handy|telefon)s?
    |dateien…verschlusselt
    |(?:verdachtig|komisch|gefalscht|dubios)en? (?:link|anhang)…(?:geklickt|angeklickt|geoffnet)`,
  fr: String.raw`ranconn\w*|rancongiciels?|logiciels? (?:malveillants?|espions?)|cheva(?:l|ux) de troie|pirate(?:e|s|es|r)?|piratage|hacke(?:e|s|es|r)?
    |hameconnage|(?:fuite|vol) de donnees
    |(?:vole|derobe|compromis) (?:mon|ma|mes|notre|nos|son|l|le|la) (?:compte|mot|mots|identifiants?|ordinateur|pc|portable|telephone)
    |(?:compte|mot de passe|mots de passe|identifiants|ordinateur|pc|portable|telephone)…(?:vol|derob)ee?s?
    |(?:compte|mot de passe|mots de passe|identifiants)…compromis
    |fichiers (?:sont|ont ete) (?:tous )?(?:chiffres|cryptes)
    |clique…(?:lien|piece jointe) (?:suspecte?|frauduleu(?:x|se)|bizarre|douteu(?:x|se))`,
  es: String.raw`(?:programa|software|codigo) malicioso|programa espia|troyanos?|hacke(?:o|ado|ada|ados|adas|aron|an)|pirate(?:o|ado|ada|aron)
    |suplantacion|secuestro de (?:datos|archivos)|(?:fuga|robo) de (?:datos|credenciales|identidad|contrasenas)
    |(?:robado|robaron|sustraido) (?:el|la|las|los|mi|mis|un|una|nuestras?) (?:cuenta|contrasenas?|credenciales|portatil|ordenador|movil|telefono)
    |(?:cuenta|contrasenas?|credenciales|portatil|ordenador|movil|telefono)…(?:robad|comprometid)[oa]s?
    |archivos (?:estan|han sido|aparecen) (?:todos )?(?:cifrados|encriptados)
    |enlace (?:sospechoso|falso|fraudulento|extrano)`,
};
/** The same word in all of them; what protects from one, or looks for one, is none. */
const VIRUS = String.raw`(?<!anti )vir(?:us|uses|en)(?! (?:scan|scanner|protection|schutz|definition|definitions|software))`;

/**
 * Systems that a company cannot do without. A word missed here makes the suggestion milder, nothing else. A bare
 * *till* or Spanish *red* would find every "till Monday" and every red light.
 */
const ESSENTIAL: Readonly<Record<Language, string>> = {
  en: String.raw`(?:mail|file|web|print|terminal|exchange|sql)?servers?|network|internet|wi ?fi|phone system|switchboard|telephony
    |e ?mails? for|all mail|domain controller|databases?|backups?|file ?shares?|shared drive|erp|crm|sap|point of sale|(?:the|our|a|each|every|both|all|all the) tills?|cash registers?|checkout
    |order system|warehouse system|production lines?`,
  de: String.raw`(?:mail|datei|web|druck|terminal|exchange|sql)?servern?|netzwerk|wlan|telefonanlage|warenwirtschaft\w*|kassen?(?:system)?
    |datenbank(?:en)?|datensicherung|netzlaufwerk|gruppenlaufwerk|produktionslinie|lagerverwaltung`,
  fr: String.raw`reseau|serveurs?|standard telephonique|bases? de donnees|sauvegardes?|(?:lecteur|disque|dossier)s? (?:reseau|partages?)|caisses?
    |(?:ligne|chaine) de production`,
  es: String.raw`(?:la|una|sin|nuestra|toda la) red|red (?:local|interna|wifi)|servidor(?:es)?|centralita|bases? de datos|copias? de seguridad
    |(?:unidad|carpeta)(?:es|s)? (?:de red|compartidas?)|cajas? registradoras?|tpv|linea de produccion`,
};

/** Nobody tells more about one problem; beyond it stands what was pasted. In UTF-16 units. */
const LOOKED_AT = 10_000;

/** Whether a text tells of a security risk. Takes well under a millisecond. */
export const tellsOfSecurityRisk = (text: string): boolean => matches('security', text);

/** Whether a text names a system that a company cannot do without. */
export const namesEssentialSystem = (text: string): boolean => matches('essential', text);

type Topic = 'security' | 'essential';
let patterns: Readonly<Record<Topic, RegExp>> | null = null;

/** The words of all languages are looked for at once: a text often mixes two. */
function matches(topic: Topic, text: string): boolean {
  patterns ??= {
    security: patternOf([VIRUS, ...LANGUAGES.map((language) => SECURITY[language])]),
    essential: patternOf(LANGUAGES.map((language) => ESSENTIAL[language])),
  };
  return patterns[topic].test(sentences(text.slice(0, LOOKED_AT)));
}

/** Lower case without accents, one space between words, and a full stop between sentences. */
const sentences = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .replace(/[.!?;:\n]+/g, ' . ')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ');

const patternOf = (lists: readonly string[]): RegExp =>
  new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:${lists
      .join('|')
      .replace(/\s*\n\s*/g, '')
      .replaceAll('…', String.raw`(?: [\p{L}\p{N}]+){0,6} `)})(?![\p{L}\p{N}])`,
    'u',
  );
