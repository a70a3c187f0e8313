import { describe, expect, it } from 'vitest'
import { decode } from '../../../src/cli/import/csv/decode.ts'
import { gridOf } from '../../../src/cli/import/csv/grid.ts'
import { open, read, said } from './reading.ts'

const cells = (text: string) => gridOf('x.csv', text).map((row) => row.cells)

describe('the file', () => {
  const text = 'Name;Rôle\r\nJosé;Chef\r\n'
  const utf16 = Buffer.from(text, 'utf16le')

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 as spreadsheets write it', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16 without a mark', utf16],
    ['UTF-16, the other end first', Buffer.from(Buffer.from(`\uFEFF${text}`, 'utf16le')).swap16()],
    ['Windows-1252', Buffer.from(text, 'latin1')],
  ])('is read as %s', (_name, bytes) => {
    expect(cells(decode(bytes).text)).toEqual([
      ['Name', 'Rôle'],
      ['José', 'Chef'],
    ])
  })

  it('knows 1252 from Latin-1 by its dashes', () => {
    expect(decode(Buffer.from([0x32, 0x96, 0x33])).text).toBe('2–3')
  })

  it.each([';', ',', '\t', '|'])('is cut at "%s"', (delimiter) => {
    const rows = [
      ['name', 'role', 'from'],
      ['Ana', 'tea, and cake', '2021'],
      ['Ben', 'door', '2022'],
    ]
    const quoted = rows.map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(delimiter))
    expect(cells(quoted.join('\n'))).toEqual(rows)
  })

  it('takes the delimiter a spreadsheet names, and counts lines as the file does', () => {
    const grid = gridOf('x.csv', 'sep=;\nname;role\n\n"Ana\nRuiz";tea\nBen;door\n')
    expect(grid).toEqual([
      { line: 2, cells: ['name', 'role'] },
      { line: 4, cells: ['Ana Ruiz', 'tea'] },
      { line: 6, cells: ['Ben', 'door'] },
    ])
  })
})

describe('columns', () => {
  it.each([
    ['name,role,from,to', 'Ana,chair,2019,2021'],
    ['bis;von;Amt;Mitglied', '2021;2019;chair;Ana'],
    ['Titulaire;Fonction;Début;Fin', 'Ana;chair;2019;2021'],
    ['Cargo;Nombre;Desde;Hasta', 'chair;Ana;2019;2021'],
    ['Naam;Functie;Vanaf;Tot', 'Ana;chair;2019;2021'],
    ['Carica;Nome;Dal;Al', 'chair;Ana;2019;2021'],
    ['Who (please fill in!),What,Since,Until', 'Ana,chair,2019,2021'],
    ['The choir\n\nname;role;from;to', 'Ana;chair;2019;2021'],
  ])('are told by their headings: %s', (headings, row) => {
    expect(said(read(`${headings}\n${row}\n`))).toEqual(['Ana, chair, 2019 to 2021'])
  })

  it('that nothing is known of become a question, or come from the map', () => {
    const table = 'Mensch;Amt;von\nAna;chair;2019\n'
    expect(open(read(table))).toEqual(['column: name'])
    expect(read(table).claims).toEqual([])
    expect(said(read(table, { 'column: name': 'Mensch' }))).toEqual(['Ana, chair, 2019 to now'])
    expect(said(read(table, {}, {}, { name: 'Mensch' }))).toEqual(['Ana, chair, 2019 to now'])
  })

  it('with both dates in one cell are taken apart', () => {
    const table = 'name;role;years\nAna;chair;2019–2021\nBen;chair;03/2021 - heute\nCy;tea;since 2020\nDee;door;2018\n'
    expect(open(read(table))).toEqual(['period: 2018'])
    expect(said(read(table, { 'period: 2018': 'it began and ended then' }))).toEqual([
      'Ana, chair, 2019 to 2021',
      'Ben, chair, 2021-03 to now',
      'Cy, tea, 2020 to now',
      'Dee, door, 2018 to 2018',
    ])
  })
})

describe('what can be read in two ways', () => {
  const table = 'name;role;from;to\nAna;chair;03/04/2021;25/12/2021\n'

  it('is asked once, with what the file shows, and claims nothing until it is answered', () => {
    const reading = read(table)
    expect(reading.claims).toEqual([])
    expect(open(reading)).toEqual(['date order'])
    const [question] = reading.answers.questions
    expect(question?.question).toContain('Line 2 can only be read day first')
  })

  it('is read as answered', () => {
    const last = { 'last day': 'last day held' }
    expect(said(read(table, { 'date order': 'day first', ...last }))).toEqual(['Ana, chair, 2021-04-03 to 2021-12-26'])
    expect(said(read(table, { 'date order': 'month first', ...last }))).toEqual([
      'Ana, chair, 2021-03-04 to 2021-12-26',
    ])
    expect(said(read(table, { 'date order': 'day first', 'last day': 'first day no longer held' }))).toEqual([
      'Ana, chair, 2021-04-03 to 2021-12-25',
    ])
  })

  it('stays open where the answer is none', () => {
    expect(open(read(table, { 'date order': 'whatever' }))).toEqual(['date order'])
  })

  it('is an end that is not there, where somebody follows', () => {
    const silent = 'name;role;from;to\nAna;chair;2019;\nBen;chair;2021-05;\n'
    expect(open(read(silent))).toEqual(['end: Ana, chair'])
    expect(said(read(silent, { 'end: Ana, chair': '2021-05' }))[0]).toBe('Ana, chair, 2019 to 2021-05')
    expect(said(read(silent, { 'end: Ana, chair': 'still' }))[0]).toBe('Ana, chair, 2019 to now')
    const told = read('name;role;from;to\nAna;chair;2019;still\nBen;chair;2021-05;\n')
    expect(open(told)).toEqual([])
  })

  it('is a date of no form', () => {
    const guess = 'name;role;from\nAna;chair;ca. 2019\nBen;tea;?\n'
    expect(open(read(guess))).toEqual(['date: ca. 2019', 'begin: Ben, tea'])
    const answers = { 'date: ca. 2019': '2019', 'begin: Ben, tea': 'leave the row out' }
    expect(said(read(guess, answers))).toEqual(['Ana, chair, 2019 to now'])
  })

  it('is a blank below something', () => {
    const blanks = 'name;role;circle;from\nAna;chair;board;2019\n;tea;;2020\n'
    expect(open(read(blanks))).toEqual(['blank name', 'blank circle'])
    const above = { 'blank name': 'as in the row above', 'blank circle': 'as in the row above' }
    expect(said(read(blanks, above))).toEqual(['Ana, chair, 2019 to now', 'Ana, tea, 2020 to now'])
    expect(said(read(blanks, { ...above, 'blank name': 'nobody held it' }))).toEqual(['Ana, chair, 2019 to now'])
  })

  it('is a cell of several names', () => {
    const pair = 'name;role;from\nAna & Ben;keys;2019\n'
    expect(read(pair).claims).toEqual([])
    expect(said(read(pair, { 'name: Ana & Ben': 'several people' }))).toEqual([
      'Ana, keys, 2019 to now',
      'Ben, keys, 2019 to now',
    ])
    expect(said(read(pair, { 'name: Ana & Ben': 'one name' }))).toEqual(['Ana & Ben, keys, 2019 to now'])
  })

  it('is what somebody is to a role, in a word that is not known', () => {
    const kinds = 'name;role;from;kind\nAna;keys;2019;vice\nBen;keys;2019;acting\n'
    expect(open(read(kinds))).toEqual(['kind: vice'])
    const kindsOf = (answers = {}) => read(kinds, answers).claims.map(({ kind }) => kind)
    expect(kindsOf()).toEqual(['acting'])
    expect(kindsOf({ 'kind: vice': 'understudy' })).toEqual(['understudy', 'acting'])
  })
})

describe('who is who', () => {
  const people = (...names: readonly string[]) =>
    `name;role;from;to\n${names.map((name, i) => `"${name}";role ${'abcdefgh'[i]?.repeat(9)};2019;still`).join('\n')}\n`

  it.each([
    ['Samuel Kim', 'Sam K'],
    ['Samuel Kim', 'Sam'],
    ['Samuel Kim', 'S. Kim'],
    ['José Álvarez', 'Jose Alvarez'],
    ['Bela Novak', 'Bela Nowak'],
  ])('"%s" and "%s" may be one, and are not taken for one', (full, short) => {
    const reading = read(people(full, short))
    expect(open(reading)).toEqual([`person: ${short}`])
    const ids = (answer: string) =>
      new Set(read(people(full, short), { [`person: ${short}`]: answer }).claims.map((c) => c.memberId))
    expect([...ids(full)]).toEqual([full])
    expect([...ids('somebody else')]).toEqual([full, short])
  })

  it.each([
    ['Samuel Kim', 'Sandra Kim'],
    ['Ana Ruiz', 'Ana Novak'],
    ['Jo', 'Joanna Ek'],
  ])('"%s" and "%s" are two', (one, other) => expect(open(read(people(one, other)))).toEqual([]))

  it('turns names round, and takes upper and lower case for one', () => {
    const { claims } = read(people('Kim, Samuel', 'SAMUEL KIM', 'Samuel  Kim'))
    expect(new Set(claims.map(({ memberId }) => memberId))).toEqual(new Set(['Samuel Kim']))
  })

  it('goes by the id of the source where there is one', () => {
    const { claims } = read('name;id;role;from\nSam K;7;chair;2019\nSamuel Kim;7;tea;2020\n')
    expect(claims.map(({ memberId }) => memberId)).toEqual(['7', '7'])
  })

  it('asks about namesakes and likenesses the community knows', () => {
    const known = [
      { name: 'Samuel Kim', handle: 'skim' },
      { name: 'Ana Ruiz', handle: 'Ana Ruiz' },
    ]
    const reading = (answers = {}) => read(people('Samuel Kim', 'Ana Ruiz'), answers, { people: known })
    expect(open(reading())).toEqual(['person: Samuel Kim'])
    const ids = (answer: string) => reading({ 'person: Samuel Kim': answer }).claims.map(({ memberId }) => memberId)
    expect(ids('the one known here')).toEqual(['skim', 'Ana Ruiz'])
    expect(ids('somebody else')).toEqual(['Samuel Kim', 'Ana Ruiz'])
    expect(open(read(people('Sam K'), {}, { people: known }))).toEqual(['person: Sam K'])
  })
})

describe('what is understood without asking', () => {
  it('is said: vacancies, the same row twice, headings again, columns of no use, remarks', () => {
    const reading = read(
      [
        'name;role;from;to;mood',
        'Ana;chair;2019;2021;good',
        'vacant;tea;;;',
        'name;role;from;to;mood',
        'Ana;Chair;2019;2021;',
        'Ben (acting);chair;2021;still;',
        'Cy (on loan);door;spring 2021;2022;',
      ].join('\n'),
    )
    expect(open(reading)).toEqual([])
    expect(said(reading)).toEqual(['Ana, chair, 2019 to 2021', 'Ben, chair, 2021 to now', 'Cy, door, 2021 to 2022'])
    expect(reading.claims.map(({ kind }) => kind)).toEqual(['holder', 'acting', 'holder'])
    expect(reading.notes.all.map(({ text, lines }) => `${lines.join(' ')}: ${text}`)).toEqual([
      ': nothing is made of the column "mood"',
      '3: names nobody, and claims nothing',
      '7: "on loan" beside a name is left out',
      '5: "Chair" is taken for "chair"',
      '2 5 6 7: without a circle: put into "The choir", the whole community',
      '7: "spring 2021" is some time in 2021: no date of the record says a part of a year',
      '5: says what line 2 says',
    ])
  })

  it('spells roles and circles as the community does', () => {
    const around = { roles: ['Treasurer'], circles: [{ ref: 'board-key', name: 'The board' }] }
    const { claims } = read(
      'name;role;circle;from;to\nAna;treasurer;the Board;2019;2020\nBen;TREASURER;board-key;2020;\n',
      {},
      around,
    )
    expect(claims.map(({ role, circle }) => [role, circle])).toEqual([
      ['Treasurer', 'The board'],
      ['Treasurer', 'The board'],
    ])
  })

  it('names the line each claim stands at, beside the source the row gives', () => {
    const { claims } = read('name;role;from;source\nAna;chair;2019;minutes 3\nBen;tea;2019;\n')
    expect(claims.map(({ source }) => source)).toEqual(['minutes 3 (roles.csv, line 2)', 'roles.csv, line 3'])
  })
})
