/** What people write in spreadsheets, in the languages the import reads; every word as `plain` makes it. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(',').map((word) => word.trim()))

/** The columns an import has use for. */
export const COLUMNS = ['name', 'handle', 'role', 'circle', 'kind', 'from', 'to', 'period', 'source'] as const
export type Column = (typeof COLUMNS)[number]

/** What columns are called: English, German, French, Spanish, Dutch, Italian, Portuguese, Swedish. */
export const HEADINGS: Readonly<Record<Column, ReadonlySet<string>>> = {
  name: words(
    'name, names, full name, person, people, member, member name, who, holder, held by, role holder, officer, wer, mitglied, amtsinhaber, inhaber, vor und nachname, nom, noms, nom complet, membre, personne, qui, titulaire, nombre, nombre completo, miembro, persona, quien, titular, naam, volledige naam, lid, wie, persoon, nome, nome completo, membro, chi, socio, pessoa, quem, namn, medlem, vem',
  ),
  handle: words(
    'handle, id, member id, user, username, user name, login, nick, nickname, number, member number, no, nr, mitgliedsnummer, kurzel, benutzername, identifiant, pseudo, numero, numero de socio, usuario, gebruikersnaam, lidnummer, utente, utilizador, anvandarnamn, medlemsnummer',
  ),
  role: words(
    'role, roles, office, position, job, function, title, responsibility, what, rolle, amt, funktion, aufgabe, posten, zustandigkeit, role tenu, fonction, poste, charge, mandat, rol, cargo, funcion, puesto, responsabilidad, functie, taak, ruolo, carica, funzione, incarico, funcao, papel, roll, uppdrag, post',
  ),
  circle: words(
    'circle, group, team, working group, committee, crew, area, department, board, where, sig, kreis, gruppe, arbeitsgruppe, ag, ausschuss, gremium, bereich, cercle, groupe, groupe de travail, comite, commission, equipe, circulo, grupo, equipo, comision, cirkel, kring, groep, werkgroep, commissie, cerchio, gruppo, squadra, comitato, commissione, circolo, circulo de trabalho, comissao, krets, grupp, arbetsgrupp, utskott',
  ),
  kind: words('kind, type, art, typ, sorte, genre, tipo, soort, slag'),
  from: words(
    'from, start, start date, started, begin, began, beginning, since, as of, valid from, elected, joined, von, ab, seit, beginn, anfang, startdatum, gewahlt am, de, du, depuis, debut, date de debut, desde, inicio, fecha de inicio, fecha inicio, van, vanaf, sinds, begin datum, begindatum, da, dal, dalla, inizio, data inizio, data de inicio, fran, fran och med, borjan',
  ),
  to: words(
    'to, until, till, end, end date, ended, through, thru, up to, valid to, valid until, left, bis, ende, enddatum, austritt, a, au, jusqu a, jusqu au, fin, date de fin, hasta, fecha de fin, fecha fin, tot, tot en met, t m, einde, einddatum, al, fino a, fino al, fine, data fine, ate, fim, data de fim, till och med, slut, slutdatum',
  ),
  period: words(
    'period, term, years, dates, when, tenure, time, zeitraum, amtszeit, dauer, jahre, wann, periode, mandature, annees, quand, periodo, anos, cuando, ambtsperiode, jaren, wanneer, anni, quando, mandato, tid, ar, nar',
  ),
  source: words(
    'source, sources, evidence, reference, minutes, where from, quelle, beleg, protokoll, preuve, proces verbal, fuente, acta, bron, notulen, fonte, verbale, ata, kalla, protokoll nr',
  ),
}

/** An end that has not come, said in words. */
export const STILL = words(
  'still, present, current, currently, now, today, ongoing, active, to date, to present, till date, until now, in office, heute, noch, aktuell, laufend, jetzt, gegenwartig, bis heute, bis jetzt, derzeit, im amt, aujourd hui, present, actuel, actuellement, en cours, toujours, a ce jour, hoy, actual, actualmente, actualidad, presente, sigue, todavia, en curso, heden, nu, nog, lopend, huidig, tot heden, oggi, attuale, attualmente, in corso, ancora, in carica, hoje, atual, atualmente, ainda, em curso, pagaende, fortfarande, idag',
)

/** That something is not known. */
export const UNKNOWN = words(
  'unknown, not known, unclear, tbc, tbd, dont know, don t know, unbekannt, unklar, inconnu, inconnue, desconocido, desconocida, onbekend, sconosciuto, sconosciuta, ignoto, desconhecido, okand, okant',
)

/** That nobody holds a role: a row that says so claims nothing of anybody. */
export const VACANT = words(
  'vacant, vacancy, nobody, no one, none, empty, open, unfilled, n a, na, tba, tbd, unbesetzt, vakant, niemand, offen, keine, keiner, vacante, personne, vide, aucun, nadie, ninguno, leeg, geen, nessuno, vago, ninguem, ingen, vakans, vacanca',
)

export const SEASONS: Readonly<Record<'winter' | 'other', ReadonlySet<string>>> = {
  winter: words('winter, hiver, invierno, inverno, vinter'),
  other: words(
    'spring, summer, autumn, fall, fruhling, fruhjahr, sommer, herbst, printemps, ete, automne, primavera, verano, otono, lente, voorjaar, zomer, herfst, najaar, estate, autunno, verao, outono, var, sommar, host',
  ),
}

/** Parts of a year or month that no date of the record can say. */
export const PARTS = words(
  'early, mid, middle, late, end, start, beginning, begin, first half, second half, anfang, mitte, ende, debut, mi, fin, principios, mediados, finales, inicio, begin, midden, half, eind, einde, inizio, meta, fine, inicios, meados, borjan, mitten, slutet',
)

/** That a date is a guess. */
export const ABOUT = words(
  'about, around, circa, ca, c, approx, approximately, roughly, maybe, probably, perhaps, um, etwa, ungefahr, vermutlich, wohl, vers, environ, peut etre, sobre, alrededor, aproximadamente, hacia, ongeveer, rond, misschien, verso, forse, cerca, por volta, ungefar, kring, cirka',
)

/** Words that stand before a date, or in it, and say nothing more. */
export const SMALL = words(
  'since, from, on, the, of, in, until, till, to, am, im, ab, seit, vom, von, bis, zum, den, der, de, du, le, la, des, depuis, jusqu, a, au, en, desde, hasta, el, del, los, al, dal, dalla, dall, di, da, fino, nel, il, sinds, vanaf, van, tot, op, do, ate, sedan, fran, d, l',
)

/** What a person is to a role, in the words of the record. */
export const KINDS: Readonly<Record<string, ReadonlySet<string>>> = {
  holder: words('holder, main, lead, full, regular, inhaber, inhaberin, titulaire, titular, houder, titolare'),
  'co-holder': words('co holder, co, joint, shared, co lead, gemeinsam, conjoint, compartido, gedeeld, condiviso'),
  acting: words(
    'acting, interim, ad interim, a i, temporary, temp, provisional, kommissarisch, vertretung, par interim, interino, interina, en funciones, waarnemend, tijdelijk, ad int, facente funzione, tillforordnad',
  ),
  understudy: words('understudy, trainee, learning, apprentice, shadow, in einarbeitung, en formation, in opleiding'),
  observer: words('observer, guest, beobachter, gast, observateur, observador, waarnemer, osservatore'),
  emeritus: words('emeritus, emerita, honorary, ehrenhalber, ehren, honoraire, honorario, ere, onorario'),
}
