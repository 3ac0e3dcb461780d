/**
 * What a text says about restarting, in the four languages in which people write. Phrases are separated by commas; case
 * and accents do not matter; `abc*` stands for words that begin so, `*abc` for words that end so. Narrow on purpose: a
 * missed suggestion costs little, a foolish one is remembered.
 */

/** Restarting can do harm: security incidents, data that is not saved or lost, disks and batteries, updates, smoke. */
const HARM = `
  ransom*, *virus*, malware, spyware, trojan*, hack*, phish*, breach, stolen, compromised, encrypted, suspicious, scam*, clicked a link, clicked on a link, opened an attachment,
  unsaved, not saved, didn t save, haven t saved, have not saved, can t save, cannot save, can not save, could not save, couldn t save, won t save, lost my work, lose my work, lost my data, lost data, recover*, deleted, overwritten, disappeared, vanished, corrupt*,
  bitlocker, recovery key, smart error, disk failure, drive is failing, clicking noise, grinding, smoke, smell*, burn*, swollen, bulging, spilled, spilt, coffee, water, wet, sparks,
  installing updates, updating, update is running, do not turn off, don t turn off, bios, firmware update,
  erpress*, losegeld, trojaner, schadsoftware, gehackt, phishing, verdachtig*, verschlussel*, gestohlen, auf einen link geklickt, link angeklickt, anhang geoffnet,
  nicht gespeichert, ungespeichert*, nicht speichern, speichern geht nicht, lasst sich nicht speichern, daten verloren, datenverlust, geloscht, uberschrieben, verschwunden, wiederherstell*, beschadigt,
  wiederherstellungsschlussel, festplattenfehler, klackert, rauch*, riecht, verbrannt, aufgeblaht, kaffee, wasser, nass, funken, updates werden installiert, nicht ausschalten,
  rancon*, rancongiciel, logiciel malveillant, pirat*, hameconnage, suspecte, message suspect, mail suspect, courriel suspect, chiffre*, crypte*, vole, volee, clique sur un lien, ouvert une piece jointe,
  non enregistre*, pas enregistre*, pas sauvegarde*, ne peux pas enregistrer, impossible d enregistrer, donnees perdues, perdu mes donnees, perdu mon travail, supprime*, ecrase*, disparu*, recuperer, corrompu*,
  cle de recuperation, fumee, brule*, odeur, gonfle*, cafe, eau, mouille*, etincelles, mise a jour en cours, ne pas eteindre,
  rescate, programa malicioso, hacke*, pirate*, sospechos*, cifrad*, encriptad*, robad*, clic en un enlace, abri un adjunto,
  sin guardar, no guardado*, no he guardado, no puedo guardar, no se puede guardar, no deja guardar, perdi mis datos, perdido datos, borrad*, borre, sobrescrit*, desaparec*, recuperar, danad*,
  clave de recuperacion, humo, quemad*, huele, hinchad*, agua, mojad*, chispas, actualizacion en curso, no apagar`;

/** Restarting changes nothing: bills, people, passwords, orders, rights, websites and other people's machines. */
const NO_USE = `
  invoice is wrong, invoice was wrong, wrong invoice, billing, your invoice, your bill, the bill, charged twice, charged us, refund, quote for, new starter, new colleague, new employee, new hire, joins us, starts on monday, leaver, leaving us, has left, retire*,
  forgot my password, forgotten my password, forgotten password, lost my password, lost the password, password letter, password reset, reset my password, password has expired, password expired, locked out, account is locked, lost my phone, new phone,
  would like a new, need a new, order a, licence, license, training, permission*, access rights, need access, website is down, our website, power cut, server is down, server room, how do i, how can i,
  rechnung stimmt, falsche rechnung, ihre rechnung, eure rechnung, abrechnung, berechnet, gutschrift, angebot, neue kollegin, neuen kollegen, neuer kollege, neuer mitarbeiter, neuen mitarbeiter, neue mitarbeiterin, fangt an, ausgeschieden, verlasst uns, ruhestand,
  passwort vergessen, kennwort vergessen, passwort verloren, passwortbrief, passwort zurucksetzen, kennwort zurucksetzen, passwort abgelaufen, kennwort abgelaufen, ausgesperrt, konto gesperrt, konto ist gesperrt, brauche einen neuen, brauche eine neue, brauche ein neues, bestellen, lizenz*, schulung*, berechtigung*, homepage, stromausfall, serverraum, wie kann ich,
  votre facture, la facture est, facturation, facture erronee, rembours*, devis, nouveau collegue, nouvelle collegue, nouvel employe, nouvelle employee, arrive lundi, quitte l entreprise, retraite,
  mot de passe oublie, oublie mon mot de passe, perdu mon mot de passe, lettre de mot de passe, reinitialiser mon mot de passe, mot de passe expire, mot de passe a expire, compte bloque, compte verrouille, besoin d un nouveau, besoin d une nouvelle, commander, licence*, formation, autorisation*, besoin d un acces, notre site, panne de courant, comment puis je, comment faire,
  su factura, la factura esta, facturacion, factura incorrecta, reembols*, presupuesto, nuevo companero, nueva companera, nuevo empleado, nueva empleada, empieza el lunes, se va de la empresa, jubila*,
  olvide mi contrasena, olvidado la contrasena, olvidado mi contrasena, perdi mi contrasena, carta de contrasena, restablecer mi contrasena, contrasena caducada, contrasena ha caducado, cuenta bloqueada, necesito un nuevo, necesito una nueva, pedir un, licencia*, formacion, permiso*, necesito acceso, nuestra web, apagon, como puedo`;

/** Something fails. */
const FAULT = `
  not working, doesn t, don t work, does not, isn t working, stopped, stops, won t, will not, can t, cannot, can not, no longer, unable, fails, failed, failing, broken, error*, crash*, freez*, froze, frozen, hang, hangs, hanging, hung, stuck, slow*, drops, dropped, dropping, disconnect*, lost connection, loses, flicker*, black, blank, no sound, no internet, no connection, no signal, no network, nothing happens, not responding, not found, not recogni*, not detect*, keeps, intermittent*, lag*, takes forever, takes ages, unavailable, offline, problem with, trouble with, issue with,
  geht nicht, gehen nicht, funktioniert nicht, funktionieren nicht, nicht mehr, kann nicht, kann ich nicht, lasst sich nicht, startet nicht, reagiert nicht, druckt nicht, verbindet nicht, offnet nicht, findet nicht, nicht erkannt, nicht gefunden, kein ton, kein internet, keine verbindung, kein netz, kein bild, fehler*, absturz*, sturzt, abgesturzt, hangt, hangen, eingefroren, friert, langsam, ewig, bricht, abbruche, getrennt, flackert, schwarz, ruckelt, problem mit, probleme mit, streikt, stockt, verliert,
  ne marche pas, ne marche plus, ne fonctionne pas, ne fonctionne plus, marche plus, fonctionne plus, ne repond pas, ne repond plus, ne demarre pas, ne s ouvre pas, n imprime pas, n imprime plus, ne se connecte pas, impossible, erreur*, plante, plantent, plantage, bloque, bloquee, fige*, gele*, lent, lente, lents, ralenti*, coupe, coupures, deconnect*, pas de son, pas de connexion, pas d internet, pas de reseau, ecran noir, clignote, n arrive pas, probleme avec, perd,
  no funciona, no funcionan, no va, no van, no responde, no arranca, no abre, no se abre, no imprime, no conecta, no se conecta, no puedo, no reconoce, no detecta, dejo de, error*, falla*, bloquea*, congela*, cuelga*, colgad*, lento, lenta, lentitud, se corta, cortes, desconect*, sin sonido, sin conexion, sin internet, sin red, pantalla negra, parpadea, problema con, pierde`;

/** What a restart of the computer often mends: connections, drivers and devices, a machine that is slow or stuck. */
const COMPUTER = `
  vpn, wi fi, wifi, wlan, internet, network*, remote desktop, printer*, print, printing, prints, scanner*, scanning, headset*, microphone*, speaker*, sound, audio, camera*, webcam*, docking*, dock, second screen, second monitor, external screen, external monitor, monitor*, screen flickers, bluetooth, mouse, keyboard*, touchpad, usb, drive*, network drive, shared drive, my computer, my laptop, my pc, computer*, laptop*, whole machine, windows, taskbar, start menu, citrix,
  netzwerk*, *netzlaufwerk*, *laufwerk*, *drucker, *druckers, drucken, ausdruck*, *bildschirm, *bildschirme, lautsprecher, mikrofon, kein ton, keinen ton, der ton, den ton, kamera, *maus, *tastatur, *rechner, *computer, *notebook, taskleiste, startmenu, fernzugriff, verbindung,
  reseau*, imprimante*, imprimer, imprime*, scanneur*, numeriser, ecran*, moniteur*, pas de son, le son, du son, micro, casque, haut parleur*, souris, clavier, ordinateur, ordi, portable, lecteur*, connexion, barre des taches, bureau a distance,
  la red, de red, sin red, red wifi, impresora*, imprimir, imprime, escaner, escanear, pantalla*, monitor*, sonido, microfono, auriculares, altavoces, camara, raton, teclado, ordenador, computadora, portatil, unidad*, conexion, barra de tareas, escritorio remoto`;

/** Programs on the computer that a restart of their own often mends. */
const APP = `
  outlook, word, excel, powerpoint, onenote, teams, zoom, webex, skype, slack, chrome, firefox, edge, safari, browser*, acrobat, reader, pdf*, adobe, autocad, photoshop, sap, sage, quickbooks, thunderbird, onedrive, dropbox, calendar*, spreadsheet*, e mail, email*, mail, mails, mailbox, program, programme, application, app, software,
  *programm, anwendung, *postfach, *mail, *mails, *kalender, tabelle*,
  logiciel, programme, application, messagerie, courriel*, mail, mails, agenda, calendrier, navigateur, tableur,
  programa, aplicacion, correo*, calendario, navegador, hoja de calculo`;

/** What a text says about restarting. */
export interface Said {
  readonly harm: boolean;
  readonly noUse: boolean;
  readonly fault: boolean;
  readonly computer: boolean;
  readonly app: boolean;
}

let patterns: Readonly<Record<keyof Said, RegExp>> | null = null;

/** Looks for the words of all languages at once: a text often mixes two. Takes well under a millisecond. */
export function says(problem: string): Said {
  patterns ??= {
    harm: patternOf(HARM),
    noUse: patternOf(NO_USE),
    fault: patternOf(FAULT),
    computer: patternOf(COMPUTER),
    app: patternOf(APP),
  };
  if (problem.length > LOOKED_AT) return NOTHING;
  const text = plain(problem);
  const has = (name: keyof Said): boolean => patterns?.[name].test(text) ?? false;
  return {
    harm: has('harm'),
    noUse: has('noUse'),
    fault: has('fault'),
    computer: has('computer'),
    app: has('app'),
  };
}

/**
 * Nobody tells more about one problem. A pasted log file is not read: it would take time, and what speaks against a
 * restart may stand anywhere in it. In UTF-16 units.
 */
const LOOKED_AT = 10_000;
const NOTHING: Said = { harm: false, noUse: false, fault: false, computer: false, app: false };

/** Lower case without accents; everything but letters and digits is one space. */
const plain = (text: string): string =>
  ` ${text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')} `;

function patternOf(phrases: string): RegExp {
  const parts = phrases
    .split(',')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .map((phrase) => phrase.replace(/\s+/g, ' ').replaceAll('*', '[^ ]*'));
  return new RegExp(` (?:${parts.join('|')})(?= )`);
}
